namespace ClariBI.Evaluation.Grading;

/// <summary>Whether a name stands in what an answer says, as a name: "US" is not in "users".</summary>
internal static class LabelMatch
{
    /// <summary>From this length on a plural still names it.</summary>
    private const int Word = 4;

    public static bool IsNamed(string label, string text)
    {
        var (name, words) = (Spaces(label), Spaces(text));
        for (var at = words.IndexOf(name, StringComparison.OrdinalIgnoreCase); at >= 0; at = words.IndexOf(name, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            if ((at == 0 || !Joins(words[at - 1], name[0])) && Ends(name, words.AsSpan(at + name.Length)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Ends(string name, ReadOnlySpan<char> rest)
    {
        if (rest.IsEmpty || !Joins(name[^1], rest[0]))
        {
            return true;
        }

        var plural = name.Length < Word ? 0 : rest.StartsWith("es", StringComparison.OrdinalIgnoreCase) && (rest.Length == 2 || !char.IsLetterOrDigit(rest[2])) ? 2 : rest[0] is 's' or 'S' ? 1 : 0;
        return plural > 0 && (rest.Length == plural || !char.IsLetterOrDigit(rest[plural]));
    }

    private static bool Joins(char left, char right) => char.IsLetterOrDigit(left) && char.IsLetterOrDigit(right);

    private static string Spaces(string text) =>
        string.Join(' ', text.Replace('\u2019', '\'').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
