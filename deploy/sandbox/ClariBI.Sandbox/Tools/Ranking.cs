namespace ClariBI.Sandbox.Tools;

/// <summary>How well words fit a name and a description, and how the lists of several queries become one.</summary>
internal static class Ranking
{
    /// <summary>The usual constant of reciprocal rank fusion (Cormack, Clarke, Büttcher 2009).</summary>
    private const int Damping = 60;
    private static readonly char[] Separators = [' ', '_', '-', ',', '.', '/', ':'];

    /// <summary>The whole name counts most, then words in the name, then words in the description; 0 is no fit.</summary>
    public static int Score(string query, string name, string? description)
    {
        var words = query.Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var whole = name.Equals(query.Trim(), StringComparison.OrdinalIgnoreCase) ? 100 : 0;
        return whole + words.Sum(word => (name.Contains(word, StringComparison.OrdinalIgnoreCase) ? 10 : 0) + (description?.Contains(word, StringComparison.OrdinalIgnoreCase) == true ? 2 : 0));
    }

    /// <summary>Reciprocal rank fusion: an item's score is the sum of 1 / (60 + rank) over the lists it is in.</summary>
    public static IEnumerable<T> Fuse<T>(IReadOnlyList<T[]> lists)
        where T : class => lists.SelectMany(list => list.Select((item, index) => (item, Score: 1.0 / (Damping + index + 1))))
            .GroupBy(pair => pair.item).Select(group => (group.Key, Score: group.Sum(pair => pair.Score))).OrderByDescending(pair => pair.Score).Select(pair => pair.Key);
}
