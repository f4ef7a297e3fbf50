using ClariBI.AnalysisPlanner.Engines.BuiltIn.Linking;
using ClariBI.AnalysisPlanner.Engines.BuiltIn.Words;

namespace ClariBI.AnalysisPlanner.Engines.BuiltIn.Grammar;

/// <summary>A day, a month, a quarter or a year, written out. Without a year the latest one that has begun is meant.</summary>
internal static class AbsoluteDates
{
    /// <param name="Next">The position after the expression.</param>
    internal sealed record Span(DateOnly Start, DateOnly End, int Next);

    public static Span? Read(Reading reading, int at)
    {
        var words = Enumerable.Range(at, 4).Select(i => reading.IsFree(i) ? reading.Tokens[i].Word : "").ToArray();
        return Iso(words, at) ?? DayFirst(reading, words, at) ?? MonthFirst(reading, words, at) ?? Quarter(reading, words, at) ?? Year(words, at) ?? Today(reading, words, at);
    }

    private static Span? Iso(string[] words, int at) =>
        words[0].Length == 4 && Number(words[0], 1990, 2100) is { } year && words[1].Length == 2 && Number(words[1], 1, 12) is { } month
            && Number(words[2], 1, DateTime.DaysInMonth(year, month)) is { } day
                ? Day(new DateOnly(year, month, day), at + 3)
                : null;

    /// <summary>"3 May", "3rd of May 2026".</summary>
    private static Span? DayFirst(Reading reading, string[] words, int at)
    {
        var skip = words[1] == "of" ? 1 : 0;
        return Ordinal(words[0]) is { } day && Calendar.Month(words[1 + skip]) is { } month
            ? InYear(reading, month, day, words[2 + skip > 3 ? 3 : 2 + skip], at + 2 + skip)
            : null;
    }

    /// <summary>"May 3", "May 3rd 2026", "May", "May 2026", "last May".</summary>
    private static Span? MonthFirst(Reading reading, string[] words, int at)
    {
        var skip = words[0] == "last" && Calendar.Month(words[1]) is not null ? 1 : 0;
        if (Calendar.Month(words[skip]) is not { } month)
        {
            return null;
        }

        if (Ordinal(words[skip + 1]) is { } day && words[skip + 1].Length < 4)
        {
            return InYear(reading, month, day, words[Math.Min(3, skip + 2)], at + skip + 2);
        }

        var stated = Number(words[skip + 1], 1990, 2100);
        var year = stated ?? (month <= reading.Today.Month ? reading.Today.Year : reading.Today.Year - 1);
        return Month(year, month, at + skip + (stated is null ? 1 : 2));
    }

    private static Span? InYear(Reading reading, int month, int day, string yearWord, int next)
    {
        var stated = Number(yearWord, 1990, 2100);
        var year = stated ?? reading.Today.Year;
        if (day > DateTime.DaysInMonth(year, month))
        {
            return null;
        }

        var date = new DateOnly(year, month, day);
        if (stated is null && date > reading.Today)
        {
            date = date.AddYears(-1);
        }

        return Day(date, next + (stated is null ? 0 : 1));
    }

    private static Span? Quarter(Reading reading, string[] words, int at)
    {
        if (words[0].Length != 2 || words[0][0] != 'q' || Number(words[0][1..], 1, 4) is not { } quarter)
        {
            return null;
        }

        var stated = Number(words[1], 1990, 2100);
        var first = (3 * quarter) - 2;
        var year = stated ?? (first <= reading.Today.Month ? reading.Today.Year : reading.Today.Year - 1);
        var start = new DateOnly(year, first, 1);
        return new Span(start, start.AddMonths(3).AddDays(-1), at + (stated is null ? 1 : 2));
    }

    private static Span? Year(string[] words, int at) =>
        words[0].Length == 4 && Number(words[0], 2000, 2100) is { } year
            ? new Span(new DateOnly(year, 1, 1), new DateOnly(year, 12, 31), at + 1)
            : null;

    private static Span? Today(Reading reading, string[] words, int at) => words[0] switch
    {
        "today" => Day(reading.Today, at + 1),
        "yesterday" => Day(reading.Today.AddDays(-1), at + 1),
        _ => null,
    };

    private static Span Day(DateOnly day, int next) => new(day, day, next);

    private static Span Month(int year, int month, int next) =>
        new(new DateOnly(year, month, 1), new DateOnly(year, month, DateTime.DaysInMonth(year, month)), next);

    private static int? Ordinal(string word)
    {
        var digits = word.Length > 2 && word[^2..] is "st" or "nd" or "rd" or "th" ? word[..^2] : word;
        return Number(digits, 1, 31);
    }

    private static int? Number(string word, int least, int most) =>
        word.Length is > 0 and <= 4 && word.All(char.IsAsciiDigit) && Calendar.Number(word) is { } number && number >= least && number <= most ? number : null;
}
