using ClariBI.AnalysisPlanner.Engines.BuiltIn.Linking;
using ClariBI.AnalysisPlanner.Engines.BuiltIn.Words;
using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.AnalysisPlanner.Engines.BuiltIn.Grammar;

/// <summary>Finds "last 30 days", "in October", "since 3 May", "between … and …", "the week before" and claims their words.</summary>
internal static class DateExpressions
{
    private static readonly HashSet<string> Leading = ["in", "on", "during", "over", "for", "within", "the", "from", "of", "at", "throughout"];

    public static void Read(Reading reading)
    {
        for (var i = 0; i < reading.Tokens.Count; i++)
        {
            if (!reading.IsFree(i) || reading.Tokens[i].Quote > 0)
            {
                continue;
            }

            reading.Impossible ??= ImpossiblePeriods.Find(reading, i);
            if ((At(reading, i) ?? Previous(reading, i)) is { } hit)
            {
                Add(reading, hit);
                i = hit.End - 1;
            }
        }
    }

    private static DateHit? At(Reading reading, int start) =>
        Bounded(reading, start) ?? Relative(reading, start) ?? RelativeDates.Read(reading, start) ?? Absolute(reading, start);

    private static void Add(Reading reading, DateHit hit)
    {
        var start = hit.Start;
        while (reading.IsFree(start - 1) && Leading.Contains(reading.Tokens[start - 1].Word))
        {
            start--;
        }

        reading.Dates.Add(hit with { Start = start });
        reading.Claim(start, hit.End);
    }

    /// <summary>"since 3 May", "after May", "between 1 May and 10 May", "from 1 May to 10 May", "1 - 10 May".</summary>
    private static DateHit? Bounded(Reading reading, int start)
    {
        var word = reading.Tokens[start].Word;
        if (word is "since" or "after" or "starting")
        {
            var at = start + 1 < reading.Tokens.Count && Word(reading, start + 1) is "the" or "from" ? start + 2 : start + 1;
            return AbsoluteDates.Read(reading, at) is { } begin && begin.Start <= reading.Today
                ? new DateHit(start, begin.Next, DateRange.Since(begin.Start))
                : null;
        }

        if (word is not ("between" or "from"))
        {
            return null;
        }

        if (AbsoluteDates.Read(reading, start + 1) is not { } first
            || Word(reading, first.Next) is not ("and" or "to" or "until" or "till" or "through")
            || AbsoluteDates.Read(reading, first.Next + 1) is not { } second)
        {
            return null;
        }

        // "between 1 and 10 May": the first number alone is not a date; the pair is handled where both are whole.
        return first.Start <= second.End ? new DateHit(start, second.Next, DateRange.Between(first.Start, second.End < reading.Today ? second.End : reading.Today)) : null;
    }

    /// <summary>"last 7 days", "past week", "previous 3 months".</summary>
    private static DateHit? Relative(Reading reading, int start)
    {
        var word = reading.Tokens[start].Word;
        if (word is not ("last" or "past" or "previous" or "trailing" or "recent" or "prior" or "preceding"))
        {
            return null;
        }

        var isPrevious = word is "previous" or "prior" or "preceding";
        if (Calendar.Number(Word(reading, start + 1)) is { } count && Calendar.Unit(Word(reading, start + 2)) is { } unit)
        {
            return LastUnits(unit, count) is { } range ? Hit(3, range, unit, count) : null;
        }

        var named = Calendar.Unit(Word(reading, start + 1));
        DateRange? period = (word, named) switch
        {
            ("past", "day") => DateRange.LastDays(1),
            ("past", "week") => DateRange.LastDays(7),
            ("past", "month") => DateRange.LastDays(30),
            ("past", "quarter") => DateRange.LastDays(90),
            ("past", "year") => DateRange.LastDays(365),
            ("past" or "trailing" or "recent", _) => null,
            (_, "day") => new DateRange { Last = 1, Offset = 1 },
            (_, "week") => DateRange.Calendar(Interval.Week, 1),
            (_, "month") => DateRange.Calendar(Interval.Month, 1),
            (_, "quarter") => DateRange.Calendar(Interval.Quarter, 1),
            (_, "year") => Year(reading.Today.Year - 1),
            _ => null,
        };
        return period is null ? null : Hit(2, period, named!, 1);

        DateHit Hit(int words, DateRange range, string unit, int count) =>
            new(start, start + words, range, isPrevious, isPrevious ? (unit, count) : null);
    }

    private static DateHit? Absolute(Reading reading, int start)
    {
        // A lone number or "may" is too little for a date; a month, an ISO date or "3 May" is one.
        var word = reading.Tokens[start].Word;
        if (word == "may" && !(start > 0 && reading.Tokens[start - 1].Word is "in" or "of" or "during" or "last" or "vs" or "to" or "and"))
        {
            return null;
        }

        return AbsoluteDates.Read(reading, start) is { } date && date.Start <= reading.Today
            ? new DateHit(start, date.Next, DateRange.Between(date.Start, date.End < reading.Today ? date.End : reading.Today))
            : null;
    }

    /// <summary>"previous period", "the week before", "the 7 days before that".</summary>
    private static DateHit? Previous(Reading reading, int start)
    {
        var (word, next) = (Word(reading, start), Word(reading, start + 1));
        if ((word is "previous" or "prior" or "preceding" or "last" && next is "period" or "one") || (word == "period" && IsBefore(next)))
        {
            return new DateHit(start, start + 2, DateRange.LastDays(1), IsPrevious: true, NeedsOther: true);
        }

        var count = Calendar.Number(word);
        var at = count is null ? start : start + 1;
        return Calendar.Unit(Word(reading, at)) is { } unit && IsBefore(Word(reading, at + 1)) && LastUnits(unit, count ?? 1) is { } range
            ? new DateHit(start, Word(reading, at + 2) is "that" or "it" ? at + 3 : at + 2, range, IsPrevious: true, (unit, count ?? 1), NeedsOther: true)
            : null;
    }

    private static bool IsBefore(string word) => word is "before" or "earlier" or "prior";

    private static DateRange? LastUnits(string unit, int count) => unit switch
    {
        _ when ImpossiblePeriods.IsTooFar(unit, count) => null,
        "day" => DateRange.LastDays(count),
        "week" => DateRange.LastDays(7 * count),
        "month" => DateRange.Calendar(Interval.Month, 0, count),
        "quarter" => DateRange.Calendar(Interval.Quarter, 0, count),
        "year" => DateRange.LastDays(365 * count),
        "hour" when count == 24 => DateRange.LastDays(1),
        _ => null,
    };

    private static DateRange Year(int year) => DateRange.Between(new DateOnly(year, 1, 1), new DateOnly(year, 12, 31));

    private static string Word(Reading reading, int position) => reading.IsFree(position) ? reading.Tokens[position].Word : "";
}
