using System.Runtime.CompilerServices;
using ClariBI.AnalysisPlanner.Engines.BuiltIn.Words;
using ClariBI.AnalysisPlanner.Taxonomies;

namespace ClariBI.AnalysisPlanner.Engines.BuiltIn.Linking;

/// <summary>One name of the taxonomy, taken apart. Values of one property are grouped when several match.</summary>
internal sealed class IndexedName(Entity entity, string[] stems, string joined, Concepts? concepts)
{
    public Entity Entity { get; } = entity;

    public string[] Stems { get; } = stems;

    /// <summary>All words without the gaps, for those who write a name as one word.</summary>
    public string Joined { get; } = joined;

    public Concepts? Concepts { get; } = concepts;

    public IReadOnlyList<(int Concept, string[] Covered)> Ideas { get; } = [.. concepts?.In(stems) ?? []];

    /// <summary>What was done, in a name such as "Seller Contacted": without it the name means something else.</summary>
    public required IReadOnlyList<string> Deeds { get; init; }
}

/// <summary>The taxonomy prepared for looking up words: built once for a taxonomy and kept as long as it lives.</summary>
internal sealed class TaxonomyIndex
{
    private static readonly ConditionalWeakTable<Taxonomy, TaxonomyIndex> Cache = [];

    // Small words never decide between two names, except where a name has no others.
    private static readonly HashSet<string> Small = ["a", "an", "the", "to", "of", "in", "on", "for", "and", "by", "at", "with", "is"];

    private readonly Dictionary<string, List<IndexedName>> _byStem = [];
    private readonly Dictionary<(Concepts, int), List<IndexedName>> _byIdea = [];
    private readonly Dictionary<string, double> _weights = [];

    private TaxonomyIndex(Taxonomy taxonomy)
    {
        Taxonomy = taxonomy;
        foreach (var info in taxonomy.Events)
        {
            AddEvent(info);
        }

        foreach (var info in taxonomy.Properties)
        {
            Add(new Entity.Property(info), info.Name, Synonyms.ForProperties);

            // "France" is a country, never the language French.
            var synonyms = Tokenizer.Name(info.Name).Any(stem => stem is "languag" or "local") ? null : Synonyms.ForValues;
            foreach (var value in info.Values)
            {
                Add(new Entity.Value(info, [value]), value, synonyms);
            }
        }

        foreach (var info in taxonomy.Cohorts)
        {
            Add(new Entity.Cohort(info), info.Name, null);
        }

        foreach (var info in taxonomy.SavedCharts)
        {
            Add(new Entity.Chart(info), info.Name, null);
        }

        foreach (var (stem, names) in _byStem)
        {
            _weights[stem] = 1 / Math.Log2(1.5 + names.Count(name => name.Entity is Entity.Event or Entity.Property));
        }
    }

    public Taxonomy Taxonomy { get; }

    public IEnumerable<string> Vocabulary => _byStem.Keys;

    public static TaxonomyIndex For(Taxonomy taxonomy) => Cache.GetValue(taxonomy, static key => new TaxonomyIndex(key));

    public static bool IsSmall(string stem) => Small.Contains(stem);

    public bool Knows(string stem) => _byStem.ContainsKey(stem);

    /// <summary>True where an event's name contains the word.</summary>
    public bool NamesEvent(string stem) => _byStem.TryGetValue(stem, out var names) && names.Any(name => name.Entity is Entity.Event);

    /// <summary>
    /// Names that may account for every word of the span: those that have its rarest word, or a synonym of that word. Looking there is enough,
    /// and keeps a taxonomy of thousands of alike names quick.
    /// </summary>
    public IEnumerable<IndexedName> Sharing(IReadOnlyList<string> stems, string joined)
    {
        var rarest = stems.Select(Candidates).MinBy(names => names.Count) ?? [];
        return stems.Count > 1 && _byStem.TryGetValue(joined, out var whole) ? rarest.Concat(whole).Distinct() : rarest;
    }

    /// <summary>Names that express the same idea as the span.</summary>
    public IEnumerable<(IndexedName Name, string[] Covered)> Meaning(IReadOnlyList<string> stems) =>
        from concepts in new[] { Synonyms.ForEvents, Synonyms.ForProperties, Synonyms.ForValues }
        from idea in concepts.Of(stems)
        where _byIdea.ContainsKey((concepts, idea))
        from name in _byIdea[(concepts, idea)]
        select (name, name.Ideas.First(own => own.Concept == idea).Covered);

    /// <summary>How much a word of a name tells it from others: rare words weigh more.</summary>
    public double Weight(string stem) => _weights.GetValueOrDefault(stem, 1);

    private List<IndexedName> Candidates(string stem)
    {
        var exact = _byStem.GetValueOrDefault(stem) ?? [];
        var alike = Meaning([stem]).Select(match => match.Name).ToList();
        return alike.Count == 0 ? exact : [.. exact.Union(alike)];
    }

    private void AddEvent(EventInfo info)
    {
        var entity = new Entity.Event(info);
        Add(entity, info.Name, Synonyms.ForEvents);
        if (info.DisplayName is { } display && !display.Equals(info.Name, StringComparison.OrdinalIgnoreCase))
        {
            Add(entity, display, Synonyms.ForEvents);
        }
    }

    private void Add(Entity entity, string text, Concepts? concepts)
    {
        var all = Tokenizer.Name(text);
        var stems = all.Where(stem => !Small.Contains(stem)).Distinct().ToArray();
        if (stems.Length == 0)
        {
            stems = all;
        }

        if (stems.Length == 0)
        {
            return;
        }

        var deeds = entity is Entity.Event
            ? Tokenizer.Question(text.Replace('"', ' ')).Where(token => token.Word.EndsWith("ed", StringComparison.Ordinal)).Select(token => token.Stem).ToArray()
            : [];
        var name = new IndexedName(entity, stems, string.Concat(all), concepts) { Deeds = deeds };
        foreach (var stem in stems.Append(name.Joined).Distinct())
        {
            (_byStem.TryGetValue(stem, out var names) ? names : _byStem[stem] = []).Add(name);
        }

        foreach (var (idea, _) in name.Ideas)
        {
            var key = (concepts!, idea);
            (_byIdea.TryGetValue(key, out var names) ? names : _byIdea[key] = []).Add(name);
        }
    }
}
