namespace ClariBI.Connector.Tools.Naming;

/// <summary>
/// Reads a name as people write them: nouns and prefixes, then the verb, then its object. The first verb decides; after a
/// reading verb, words that are nouns too are nouns, unless they are joined to it (<c>find_or_update</c>).
/// </summary>
internal static class NameReader
{
    private static readonly string[] AskedForAnew = ["token", "address", "key", "session", "code", "password", "wallet"];
    private static readonly string[] Verified = ["email", "domain", "phone", "account", "identity", "otp", "code", "payment", "user", "customer", "number", "sender"];
    private static readonly string[] Shown = ["notification", "toast", "message", "dialog", "alert", "popup", "modal", "banner"];
    private static readonly string[] Resolved = ["id", "ids", "url", "uri", "address", "dns", "name", "hostname", "reference", "path", "entity", "domain", "library"];

    private static readonly string[] Converted = ["currency", "currencies", "unit", "units", "timezone", "time", "temperature", "timestamp"];

    public static NameJudgement Judge(string name, string? vendor = null)
    {
        if (!NameParts.IsPlain(name))
        {
            return new(NameForm.Malformed);
        }

        var whole = NameParts.Of(name);
        var parts = NameParts.WithoutVendor(whole, vendor);
        if (parts.Count == 0)
        {
            return new(NameForm.Malformed);
        }

        for (var index = 0; index < parts.Count; index++)
        {
            if (Verb(parts, index) is { } verb)
            {
                return verb.Form == NameForm.Reading ? AfterReading(parts, index, vendor, isNamed: parts.Count < whole.Count) : verb;
            }
        }

        return parts.Count == 1 ? Joined(parts[0].Text) : Nouns(parts);
    }

    /// <summary>Null when the word at this place is no verb.</summary>
    private static NameJudgement? Verb(List<NamePart> parts, int index)
    {
        var word = parts[index].Text;
        var next = index + 1 < parts.Count ? parts[index + 1].Kind : (WordKind?)null;
        if (index == 0 && IsNamespace(parts))
        {
            return null;
        }

        switch (parts[index].Kind)
        {
            case WordKind.Reading:
            case WordKind.ReadingOrNoun:
                return new(NameForm.Reading, word);
            case WordKind.Writing:
                return new(NameForm.Writing, word);
            case WordKind.WritingOrNoun when next == WordKind.Reading && index + 2 >= parts.Count:
                return null;
            case WordKind.WritingOrNoun:
                return index + 2 == parts.Count && next == WordKind.ReadingOrNoun ? new(NameForm.Doubtful, word)
                    : index > 0 && index + 2 == parts.Count && Lexicon.Is(parts[^1].Text, "statusNouns") ? null
                    : new(NameForm.Writing, word);
            case WordKind.NounOrWriting when (index == 0 || parts[index - 1].Text is "api" or "rest" or "http") && next is not (null or WordKind.Reading or WordKind.ReadingOrNoun):
                return Lexicon.Is(parts[^1].Text, "statusNouns") ? null : new(NameForm.Writing, word);
            case WordKind.Doubtful:
                return Doubtful(parts, index);
            case WordKind.DoubtfulOrNoun when index == 0 && next is WordKind.Plain && !Lexicon.Is(parts[1].Text, "statusNouns"):
                return new(NameForm.Doubtful, word);
            default:
                return null;
        }
    }

    /// <summary>
    /// The path of a resource and then its verb, as in <c>monitor_table_list</c> and <c>deploy_plan_get</c>: the first word is a
    /// noun. A query or a search is an object more often than a verb (<c>change_saved_search</c>): it is a verb only behind what
    /// is read, and never behind a first word that may write.
    /// </summary>
    private static bool IsNamespace(List<NamePart> parts) =>
        parts.Count > 2 && parts[0].Kind is WordKind.DoubtfulOrNoun or WordKind.NounOrWriting && !Lexicon.Is(parts[0].Text, "executing")
        && (parts[^1].Text is "list" || parts.FindIndex(2, part => part.Text == "get") > 0
            || (parts[0].Kind == WordKind.DoubtfulOrNoun && parts[^1].Text is "query" or "search" && Lexicon.Is(parts[^2].Text, "readingNouns")));

    private static NameJudgement? Doubtful(List<NamePart> parts, int index)
    {
        var word = parts[index].Text;
        var rest = parts[(index + 1)..];
        if (word == "resolve")
        {
            return new(rest.Exists(part => Resolved.Contains(part.Text)) ? NameForm.Reading : rest.Count == 0 ? NameForm.Doubtful : NameForm.Writing, word);
        }

        if (rest is [{ Kind: WordKind.Reading }] || word == "take" && rest is [.., { Text: "screenshot" or "screenshots" }])
        {
            return rest[0].Kind == WordKind.Reading ? null : new(NameForm.Reading, word);
        }

        if (word == "convert" && rest.Exists(part => Converted.Contains(part.Text)))
        {
            return new(NameForm.Reading, word);
        }

        if (!Lexicon.Is(word, "executing"))
        {
            return new(NameForm.Doubtful, word);
        }

        if (rest.Exists(part => Lexicon.Is(part.Text, "readingQueries")) || (rest is [.., var last] && Lexicon.Is(last.Text, "readingRuns")))
        {
            return new(NameForm.Reading, word);
        }

        var harmless = rest.Exists(part => Lexicon.Is(part.Text, "harmlessRuns"))
            && !rest.Exists(part => Lexicon.Is(part.Text, "anything") || part.Text is "sql" or "graphql" or "mutation" or "cypher");
        return new(harmless ? NameForm.Doubtful : NameForm.Executing, word);
    }

    private static NameJudgement AfterReading(List<NamePart> parts, int verb, string? vendor, bool isNamed)
    {
        var pure = parts[verb].Kind == WordKind.Reading;
        for (var index = verb + 1; index < parts.Count; index++)
        {
            var (part, last) = (parts[index], index == parts.Count - 1);
            var joined = Lexicon.Is(parts[index - 1].Text, "joining");
            var commands = part.Kind switch
            {
                WordKind.Writing => joined || !pure || !(index < parts.Count - 1 && Lexicon.Is(parts[^1].Text, "describing")),
                WordKind.WritingOrNoun => joined || part.StartsSegment || (last && !pure && (index == verb + 1 || parts[verb].Text is not ("search" or "show" or "count"))
                    && !(parts[verb].Text == "search" && part.Text == "archive")),
                WordKind.NounOrWriting or WordKind.Doubtful or WordKind.DoubtfulOrNoun => joined && index == verb + 2,
                _ => false,
            };
            if (commands)
            {
                return new(part.Kind is WordKind.Doubtful or WordKind.DoubtfulOrNoun ? NameForm.Doubtful : NameForm.Writing, part.Text);
            }

            if (joined && index == verb + 2 && part.Kind == WordKind.Plain && verb == 0)
            {
                return new(NameForm.Doubtful, part.Text);
            }
        }

        // One tool for both: get_set_value, read_write_file.
        if (verb + 1 < parts.Count && parts[verb + 1].Text is "set" or "update" or "edit" or "put" or "post")
        {
            return new(NameForm.Doubtful, parts[verb + 1].Text);
        }

        return Special(parts, verb, vendor, isNamed) ?? Before(parts, verb) ?? new(NameForm.Reading, parts[verb].Text);
    }

    /// <summary>What comes before the verb and is joined to it may be a verb that we do not know.</summary>
    private static NameJudgement? Before(List<NamePart> parts, int verb) =>
        verb > 0 && Lexicon.Is(parts[verb - 1].Text, "joining") ? new(NameForm.Doubtful, parts[0].Text) : null;

    /// <summary>Reading verbs that do something else with certain objects.</summary>
    private static NameJudgement? Special(List<NamePart> parts, int verb, string? vendor, bool isNamed)
    {
        bool Has(params string[] words) => parts.Skip(verb + 1).Any(part => words.Contains(Lexicon.Singular(part.Text)));
        var word = parts[verb].Text;
        var doubtful = word switch
        {
            "query" or "aggregate" => Queries(parts, verb, vendor),
            "verify" => Has(Verified) || verb == parts.Count - 1,
            // EXPLAIN ANALYZE carries the statement out.
            "explain" => Has("sql", "statement"),
            // Alone it may show something to a person; behind the vendor's name it shows what the vendor holds (git_show).
            "show" => Has(Shown) || (parts.Count == verb + 1 && verb == 0 && !isNamed),
            "extract" => Has("archive", "zip", "file", "tar"),
            "list" when parts[^1].Text is "product" or "item" or "nft" or "asset" or "vehicle" => verb == parts.Count - 2,
            "list" or "search" => Has("sale", "sell") || (Has("replace") && parts.Count > verb + 1),
            "get" or "obtain" or "fetch" => (Has("upload") && Has("url", "link", "uri")) || (Has("new", "fresh", "temporary") && Has(AskedForAnew)),
            "scan" or "wait" or "display" => parts.Count == verb + 1 && verb == 0,
            _ => false,
        };
        // A pipeline may end in a stage that writes.
        return doubtful ? new(word == "aggregate" ? NameForm.Executing : NameForm.Doubtful, word) : null;
    }

    /// <summary>A query in a language that can also write.</summary>
    private static bool Queries(List<NamePart> parts, int verb, string? vendor)
    {
        if (parts.Exists(part => Lexicon.Is(part.Text, "readingQueries") || part.Text == "readonly"))
        {
            return false;
        }

        return parts.Count == 1 || parts.Exists(part => Lexicon.Is(part.Text, "database"))
            || (verb == parts.Count - 2 && Lexicon.Is(parts[^1].Text, "stores"))
            || (verb == parts.Count - 1 && vendor is not null && NameParts.Of(vendor).Exists(part => Lexicon.Is(part.Text, "database")));
    }

    private static NameJudgement Nouns(List<NamePart> parts)
    {
        var (first, last) = (parts[0], parts[^1].Text);
        if (parts.Take(parts.Count - 1).Any(part => Lexicon.Is(part.Text, "readingAdjectives")))
        {
            return new(NameForm.Reading, last);
        }

        if (!Lexicon.Is(last, "readingNouns"))
        {
            return new(NameForm.Neutral);
        }

        var startsCommand = first.Kind is WordKind.NounOrWriting or WordKind.WritingOrNoun;
        return startsCommand && (first.Text is "log" or "record" or "post" or "rate" or "note" or "report" || !Lexicon.Is(last, "statusNouns"))
            ? new(NameForm.Doubtful, first.Text)
            : new(NameForm.Reading, last);
    }

    /// <summary>A name in one piece, which may still be a verb and its object (<c>listusers</c>, <c>createchart</c>).</summary>
    private static NameJudgement Joined(string word)
    {
        if (word is "help" or "version" or "whoami" or "status" or "ping" or "about" or "me" or "info" or "now" or "healthcheck" or "health" or "statistics" or "stats" or "calculator"
            or "sequentialthinking" || (Lexicon.KindOf(word) == WordKind.Plain && Lexicon.Is(word, "readingNouns")))
        {
            return new(NameForm.Reading, word);
        }

        if (Lexicon.Writing.FirstOrDefault(verb => verb.Length > 3 && word.StartsWith(verb, StringComparison.Ordinal)) is { } writing)
        {
            return new(NameForm.Writing, writing);
        }

        string[] verbs = ["get", "list", "search", "fetch", "find", "describe", "query"];
        string[] words = ["listen", "listener", "listeners", "listing", "listings", "getaway", "finder", "gettingstarted"];
        return verbs.FirstOrDefault(verb => word.StartsWith(verb, StringComparison.Ordinal) && word.Length > verb.Length + 2) is { } reading
            && !words.Contains(word) && !Lexicon.Writing.Any(verb => verb.Length > 3 && word.Contains(verb, StringComparison.Ordinal))
            && !word.Contains("and", StringComparison.Ordinal) && !word.Contains("new", StringComparison.Ordinal)
            ? new(NameForm.Reading, reading)
            : new(NameForm.Neutral);
    }
}
