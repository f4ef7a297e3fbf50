namespace ClariBI.AnalysisPlanner.Engines.BuiltIn.Words;

/// <summary>Names of units, months and numbers as they are written in questions.</summary>
internal static class Calendar
{
    private static readonly string[] MonthNames =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

    private static readonly string[] NumberWords =
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

    public static readonly IReadOnlySet<string> Vocabulary = MonthNames
        .Concat(["day", "days", "week", "weeks", "month", "months", "quarter", "quarters", "year", "years", "yesterday", "today", "last", "past",
            "previous", "since", "between", "within", "ago", "current"])
        .ToHashSet();

    /// <returns>1 to 12, or null.</returns>
    public static int? Month(string word)
    {
        var index = Array.FindIndex(MonthNames, month => month == word || (word.Length >= 3 && word.Length <= 4 && month.StartsWith(word, StringComparison.Ordinal)));
        return index < 0 ? null : index + 1;
    }

    public static string MonthName(int month) => char.ToUpperInvariant(MonthNames[month - 1][0]) + MonthNames[month - 1][1..];

    public static int? Number(string word)
    {
        if (word.Length <= 6 && int.TryParse(word, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        var index = Array.IndexOf(NumberWords, word);
        return index < 0 ? null : index;
    }

    /// <summary>Days, weeks, months, quarters and years, singular or plural.</summary>
    public static string? Unit(string word) => word switch
    {
        "day" or "days" => "day",
        "week" or "weeks" or "wk" or "wks" => "week",
        "month" or "months" => "month",
        "quarter" or "quarters" => "quarter",
        "year" or "years" => "year",
        "hour" or "hours" => "hour",
        _ => null,
    };
}
