using ClariBI.AnalysisPlanner.Engines.BuiltIn.Linking;
using ClariBI.AnalysisPlanner.Engines.BuiltIn.Words;
using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.AnalysisPlanner.Engines.BuiltIn.Grammar;

/// <summary>Today, yesterday, this month, year to date, 3 days ago, week over week.</summary>
internal static class RelativeDates
{
    public static DateHit? Read(Reading reading, int start) => ToDate(reading, start) ?? OverPeriods(reading, start);

    private static DateHit? ToDate(Reading reading, int start)
    {
        var (word, next) = (Word(reading, start), Word(reading, start + 1));
        var today = reading.Today;
        return (word, next) switch
        {
            ("today", _) => new DateHit(start, start + 1, DateRange.LastDays(1)),
            ("yesterday", _) => new DateHit(start, start + 1, new DateRange { Last = 1, Offset = 1 }),
            ("this" or "current", _) when Unit(next) is { } unit => new DateHit(start, start + 2, DateRange.Calendar(unit, 0)),
            ("this" or "current", "year") => new DateHit(start, start + 2, SinceJanuary(today)),
            ("ytd", _) => new DateHit(start, start + 1, SinceJanuary(today)),
            ("mtd", _) => new DateHit(start, start + 1, DateRange.Calendar(Interval.Month, 0)),
            ("year", "to") when Word(reading, start + 2) == "date" => new DateHit(start, start + 3, SinceJanuary(today)),
            ("month", "to") when Word(reading, start + 2) == "date" => new DateHit(start, start + 3, DateRange.Calendar(Interval.Month, 0)),
            ("so", "far") when Unit(Word(reading, start + 3)) is { } unit && Word(reading, start + 2) == "this" => new DateHit(start, start + 4, DateRange.Calendar(unit, 0)),
            (_, "days") when Calendar.Number(word) is { } days and > 0 and < 1000 && Word(reading, start + 2) == "ago" =>
                new DateHit(start, start + 3, new DateRange { Last = 1, Offset = days }),
            (_, "weeks") when Calendar.Number(word) is { } weeks and > 0 and < 200 && Word(reading, start + 2) == "ago" =>
                new DateHit(start, start + 3, DateRange.Calendar(Interval.Week, weeks)),
            (_, "months") when Calendar.Number(word) is { } months and > 0 and < 100 && Word(reading, start + 2) == "ago" =>
                new DateHit(start, start + 3, DateRange.Calendar(Interval.Month, months)),
            _ => null,
        };
    }

    /// <summary>"Week over week": the last whole week against the one before it.</summary>
    private static DateHit? OverPeriods(Reading reading, int start)
    {
        var word = Word(reading, start);
        var isLong = Word(reading, start + 1) is "over" or "on" && Word(reading, start + 2) == word;
        Interval? unit = word switch
        {
            "wow" => Interval.Week,
            "mom" => Interval.Month,
            "qoq" => Interval.Quarter,
            _ when isLong => Unit(word),
            _ => null,
        };
        if (unit is not { } period)
        {
            return null;
        }

        var end = start + (isLong ? 3 : 1);
        if (reading.Dates.Count == 0)
        {
            reading.Dates.Add(new DateHit(start, start, DateRange.Calendar(period, 1)));
        }

        return new DateHit(start, end, DateRange.Calendar(period, 2), IsPrevious: true);
    }

    private static Interval? Unit(string word) => Calendar.Unit(word) switch
    {
        "week" => Interval.Week,
        "month" => Interval.Month,
        "quarter" => Interval.Quarter,
        _ => null,
    };

    private static DateRange SinceJanuary(DateOnly today) => DateRange.Since(new DateOnly(today.Year, 1, 1));

    private static string Word(Reading reading, int position) => reading.IsFree(position) ? reading.Tokens[position].Word : "";
}
