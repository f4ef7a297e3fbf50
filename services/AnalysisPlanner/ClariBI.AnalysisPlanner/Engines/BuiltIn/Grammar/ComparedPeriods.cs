using ClariBI.AnalysisPlanner.Engines.BuiltIn.Linking;
using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.AnalysisPlanner.Engines.BuiltIn.Grammar;

/// <summary>Two periods side by side: the later one is the period of the question, and they never share a day.</summary>
internal static class ComparedPeriods
{
    /// <summary>"… vs last month", "… than the previous 7 days": the other side is the period that follows it.</summary>
    public static Outcome One(Draft draft, DateHit hit)
    {
        var today = draft.Reading.Today;
        if (hit is { NeedsOther: true, Length: null })
        {
            draft.CompareTo = Ranges.Previous(draft.Range, today);
            draft.Assume("range", "No period was named, so the last 30 days are compared with the 30 days before.");
            return Outcome.Go(draft);
        }

        if (hit is { IsPrevious: true, Range: { Last: not null, Offset: 0 } })
        {
            // "The week before", in a conversation, lies before the period of the last answer.
            (draft.Range, draft.CompareTo, draft.HasRange) = (hit.Range, Ranges.Previous(hit.Range, today), !hit.NeedsOther);
            draft.Assume("range", $"Only the earlier period was named, so the later one is {QueryWords.RangeName(hit.Range)}.");
            return Outcome.Go(draft);
        }

        if (hit.Range is not { Last: { } last } || hit.Range.Offset < last)
        {
            return Outcome.Stop(Say.Cannot("The question names a period to compare with, but not the period that is compared."));
        }

        draft.CompareTo = hit.Range;
        draft.Range = hit.Range with { Offset = hit.Range.Offset - last };
        draft.HasRange = true;
        return Outcome.Go(draft);
    }

    public static Outcome Two(Draft draft, DateHit first, DateHit second)
    {
        var today = draft.Reading.Today;
        var (named, other) = first.IsPrevious && !second.IsPrevious ? (second, first) : (first, second);
        draft.HasRange = true;
        if (other.IsPrevious && (other.NeedsOther || other.Length is not null))
        {
            draft.Range = named.Range;
            draft.CompareTo = Before(named.Range, other.Length, today);
            return Outcome.Go(draft);
        }

        var (one, two) = (named.Range.Resolve(today), other.Range.Resolve(today));
        if (one.Start <= two.End && two.Start <= one.End)
        {
            return Outcome.Stop(Say.Cannot(one == two
                ? $"The question compares {QueryWords.Dates(one)} with itself. Name two different periods."
                : $"The two periods share days: {QueryWords.Dates(one)} and {QueryWords.Dates(two)}. Name two that do not."));
        }

        (draft.Range, draft.CompareTo) = one.Start > two.Start ? (named.Range, other.Range) : (other.Range, named.Range);
        draft.IsComparison = true;
        return Outcome.Go(draft);
    }

    /// <summary>The period right before a range, as long as the words say it is.</summary>
    private static DateRange Before(DateRange range, (string Unit, int Count)? length, DateOnly today)
    {
        if (length is not { } named || IsAsLong(range, named, today))
        {
            return Ranges.Previous(range, today);
        }

        var (start, count) = (range.Resolve(today).Start, named.Count);
        var begin = named.Unit switch
        {
            "week" => start.AddDays(-7 * count),
            "month" => start.AddMonths(-count),
            "quarter" => start.AddMonths(-3 * count),
            "year" => start.AddYears(-count),
            _ => start.AddDays(-count),
        };
        return DateRange.Between(begin, start.AddDays(-1));
    }

    /// <summary>A month is as long as any 28 to 31 days, and as the current month so far.</summary>
    private static bool IsAsLong(DateRange range, (string Unit, int Count) length, DateOnly today)
    {
        if (range.Last == length.Count && range.Unit.ToString().Equals(length.Unit, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        var (start, end) = range.Resolve(today);
        var days = end.DayNumber - start.DayNumber + 1;
        var (least, most) = length.Unit switch
        {
            "week" => (7, 7),
            "month" => (28, 31),
            "quarter" => (90, 92),
            "year" => (365, 366),
            _ => (1, 1),
        };
        return days >= least * length.Count && days <= most * length.Count;
    }
}
