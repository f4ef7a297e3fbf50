using ClariBI.AnalysisPlanner.Engines.BuiltIn.Words;

namespace ClariBI.AnalysisPlanner.Engines.BuiltIn.Linking;

/// <summary>
/// Words that products and people use for the same thing. Each line is one idea; alternatives are separated by a bar and may have several words.
/// Nothing here names an event of any particular product.
/// </summary>
internal static class Synonyms
{
    private static readonly string[] Events =
    [
        "signup|register|registered|join|enroll|create account|create user|open account|account create|user create|signup complete|complete signup|create workspace",
        "login|logged",
        "purchase|buy|order|order place|place order|pay|payment|payment complete|order complete|complete order|purchase complete|complete purchase|transaction|checkout complete|sale|make purchase|make payment",
        "play|watch|stream|listen|playback|play start|view video|start playback",
        "finish|complete|end",
        "search|query|perform search|look up",
        "share|repost",
        "invite|refer|referral|send invite|bring friend",
        "view|visit|see|browse|look|open|impression",
        "add cart|add basket|add bag|cart",
        "start trial|trial|trial start|begin trial|try",
        "cancel|unsubscribe|cancel subscription|subscription cancel",
        "subscribe|start subscription|subscription start|upgrade|upgrade plan|plan upgrade",
        "upload|import",
        "download|export",
        "send message|message|message send|chat",
        "follow|subscribe channel",
        "favorite|favourite|like|save|bookmark|heart|wishlist",
        "onboard|complete onboard|finish onboard|onboard complete|tutorial complete|finish tutorial|complete tutorial",
        "launch app|open app|app open|launch|session start|start session|app launch",
        "teammate|colleague|coworker|member",
        "friend|contact",
        "create|build|make",
        "publish|post|release",
        "delete|remove",
        "review|rate|rating|review submit",
        "list|listing",
        "refund|order refund|purchase refund",
        "content|video|track|episode|song|movie",
    ];

    private static readonly string[] Properties =
    [
        "channel|acquisition channel|source|traffic source|acquisition source|utm source|medium|marketing channel|acquisition|referrer",
        "plan|tier|plan tier|subscription plan|subscription tier|package|pricing plan|subscription type|plan type|subscription",
        "platform|device|os|operate system|device type|device platform|client",
        "country|nation|geography|location|market|geo",
        "city|town",
        "region|area|territory",
        "industry|sector|vertical",
        "language|locale",
        "version|app version|release",
        "gender|sex",
        "company size|team size|organisation size|organization size|employee count",
        "category|genre|product category|content type|type",
        "role|job title|job role|position",
        "payment method|pay method|method payment",
        "seller tier|merchant tier",
        "browser|web browser",
    ];

    private static readonly string[] Values =
    [
        "ios|iphone|ipad|apple", "android|google play", "web|browser|website|online|desktop web", "premium|pro|plus", "family|household",
        "us|usa|united state|united state of america|america|american", "gb|uk|united kingdom|britain|great britain|british|england", "de|germany|german", "fr|france|french", "es|spain|spanish",
        "it|italy|italian", "nl|netherlands|holland|dutch", "br|brazil|brazilian", "in|india|indian", "jp|japan|japanese", "ca|canada|canadian", "mx|mexico|mexican",
        "au|australia|australian", "se|sweden|swedish", "pl|poland|polish", "pt|portugal|portuguese", "ie|ireland|irish", "ch|switzerland|swiss", "cn|china|chinese", "kr|korea|south korea",
        "organic|unpaid", "referral|referred|refer", "email|newsletter", "small business|smb|sme", "enterprise|large business", "free|basic|freemium", "trial|trialing",
        "male|men|man", "female|women|woman", "new york|nyc", "los angeles|la",
    ];

    public static readonly Concepts ForEvents = new(Events);

    public static readonly Concepts ForProperties = new(Properties);

    public static readonly Concepts ForValues = new(Values);

    public static readonly IReadOnlySet<string> Vocabulary =
        Events.Concat(Properties).Concat(Values).SelectMany(line => line.Split('|', ' ')).Select(Stemmer.Stem).ToHashSet();
}

/// <summary>A list of ideas, looked up by the set of stems that expresses one.</summary>
internal sealed class Concepts
{
    private readonly Dictionary<string, List<int>> _byPhrase = [];
    private readonly List<string[][]> _phrases = [];

    public Concepts(IReadOnlyList<string> lines)
    {
        for (var concept = 0; concept < lines.Count; concept++)
        {
            var phrases = lines[concept].Split('|').Select(phrase => Tokenizer.Name(phrase)).ToArray();
            _phrases.Add(phrases);
            foreach (var phrase in phrases)
            {
                var key = Key(phrase);
                (_byPhrase.TryGetValue(key, out var ids) ? ids : _byPhrase[key] = []).Add(concept);
            }
        }
    }

    /// <summary>The ideas that exactly these words express.</summary>
    public IReadOnlyList<int> Of(IEnumerable<string> stems) => _byPhrase.TryGetValue(Key(stems), out var ids) ? ids : [];

    /// <summary>The ideas that a name contains, each with the most of its words that one phrase accounts for.</summary>
    public IEnumerable<(int Concept, string[] Covered)> In(IReadOnlyCollection<string> stems)
    {
        for (var concept = 0; concept < _phrases.Count; concept++)
        {
            var best = _phrases[concept].Where(phrase => phrase.All(stems.Contains)).MaxBy(phrase => phrase.Length);
            if (best is not null)
            {
                yield return (concept, best);
            }
        }
    }

    private static string Key(IEnumerable<string> stems) => string.Join(' ', stems.Distinct().Order(StringComparer.Ordinal));
}
