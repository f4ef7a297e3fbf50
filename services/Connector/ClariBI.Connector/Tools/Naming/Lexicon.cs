using System.Text.Json;

namespace ClariBI.Connector.Tools.Naming;

/// <summary>What a word of a tool's name can be.</summary>
internal enum WordKind
{
    /// <summary>A noun, or a word we do not know.</summary>
    Plain,
    Reading,

    /// <summary>Reads at the beginning, and is a noun as well (<c>list</c>, <c>query</c>).</summary>
    ReadingOrNoun,
    Writing,

    /// <summary>Changes something, and is a noun after a reading verb (<c>list_releases</c>).</summary>
    WritingOrNoun,

    /// <summary>A noun first of all; a command only at the beginning (<c>tag_user</c>).</summary>
    NounOrWriting,

    /// <summary>Reads with some vendors and changes something with others (<c>generate</c>, <c>export</c>).</summary>
    Doubtful,

    /// <summary>The same, and a noun as well (<c>group</c>, <c>review</c>).</summary>
    DoubtfulOrNoun,
}

/// <summary>The words of <c>words.json</c>.</summary>
internal static class Lexicon
{
    private static readonly string[] Prefixes = ["re", "un", "de", "dis", "bulk", "batch", "mass", "auto", "multi"];
    private static readonly Dictionary<string, HashSet<string>> Classes = Load();

    private static readonly Dictionary<string, WordKind> Kinds = Enum.GetValues<WordKind>().Where(kind => kind != WordKind.Plain)
        .SelectMany(kind => Class(char.ToLowerInvariant($"{kind}"[0]) + $"{kind}"[1..]).Select(word => (word, kind)))
        .ToDictionary(pair => pair.word, pair => pair.kind, StringComparer.Ordinal);

    /// <param name="word">In lower case.</param>
    public static WordKind KindOf(string word)
    {
        if (Kinds.TryGetValue(word, out var kind) || Kinds.TryGetValue(American(word), out kind))
        {
            return kind;
        }

        var rest = Prefixes.Where(prefix => word.StartsWith(prefix, StringComparison.Ordinal) && word.Length > prefix.Length + 2)
            .Select(prefix => American(word[prefix.Length..]));
        return rest.Any(stem => Kinds.TryGetValue(stem, out kind) && kind is WordKind.Writing or WordKind.WritingOrNoun) ? WordKind.Writing : WordKind.Plain;
    }

    /// <summary>Whether a word, in its singular, belongs to a class of <c>words.json</c>.</summary>
    public static bool Is(string word, string name) => Class(name).Contains(word) || Class(name).Contains(Singular(word));

    public static IEnumerable<string> Writing => Class("writing").Concat(["put", "set", "edit", "update", "share", "publish", "upload", "copy", "move", "merge"]);

    public static string Singular(string word) =>
        word.Length > 4 && word.EndsWith("ies", StringComparison.Ordinal) ? word[..^3] + "y"
        : word.Length > 4 && (word.EndsWith("sses", StringComparison.Ordinal) || word.EndsWith("xes", StringComparison.Ordinal)
            || word.EndsWith("ches", StringComparison.Ordinal) || word.EndsWith("uses", StringComparison.Ordinal)) ? word[..^2]
        : word.Length > 3 && word.EndsWith('s') && !word.EndsWith("ss", StringComparison.Ordinal) && !word.EndsWith("us", StringComparison.Ordinal) ? word[..^1]
        : word;

    private static HashSet<string> Class(string name) => Classes[name];

    private static string American(string word) =>
        word.EndsWith("ise", StringComparison.Ordinal) || word.EndsWith("yse", StringComparison.Ordinal) ? word[..^2] + "ze" : word;

    private static Dictionary<string, HashSet<string>> Load()
    {
        using var stream = typeof(Lexicon).Assembly.GetManifestResourceStream(typeof(Lexicon), "words.json")!;
        return JsonSerializer.Deserialize<Dictionary<string, string[]>>(stream)!
            .ToDictionary(pair => pair.Key, pair => pair.Value.SelectMany(line => line.Split(' ')).ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal);
    }
}
