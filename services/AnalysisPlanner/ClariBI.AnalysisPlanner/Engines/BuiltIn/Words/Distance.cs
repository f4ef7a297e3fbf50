namespace ClariBI.AnalysisPlanner.Engines.BuiltIn.Words;

/// <summary>How many typing errors lie between two words: insertions, deletions, substitutions and swapped neighbours.</summary>
internal static class Distance
{
    /// <returns>The distance, or <paramref name="limit"/> + 1 where it is larger.</returns>
    public static int Between(string left, string right, int limit)
    {
        if (Math.Abs(left.Length - right.Length) > limit || left.Length > 64 || right.Length > 64)
        {
            return limit + 1;
        }

        Span<int> beforeLast = stackalloc int[right.Length + 1];
        Span<int> last = stackalloc int[right.Length + 1];
        Span<int> row = stackalloc int[right.Length + 1];
        for (var j = 0; j <= right.Length; j++)
        {
            last[j] = j;
        }

        for (var i = 1; i <= left.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var cost = left[i - 1] == right[j - 1] ? 0 : 1;
                row[j] = Math.Min(Math.Min(last[j] + 1, row[j - 1] + 1), last[j - 1] + cost);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                {
                    row[j] = Math.Min(row[j], beforeLast[j - 2] + 1);
                }
            }

            last.CopyTo(beforeLast);
            row.CopyTo(last);
        }

        return Math.Min(last[right.Length], limit + 1);
    }

    /// <summary>How many typing errors a word of this length may have and still be read as another.</summary>
    public static int Tolerance(int length) => length switch { < 5 => 0, < 9 => 1, _ => 2 };
}
