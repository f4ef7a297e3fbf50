using ClariBI.AnalysisPlanner.Engines.BuiltIn.Linking;
using ClariBI.AnalysisPlanner.Engines.BuiltIn.Words;
using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.AnalysisPlanner.Engines.BuiltIn.Grammar;

/// <summary>Settles the range, the range it is compared with, and the interval.</summary>
internal static class Ranges
{
    public static Outcome Apply(Draft draft)
    {
        var reading = draft.Reading;
        draft.Interval = reading.First(Cue.Interval)?.Interval ?? reading.Cues.FirstOrDefault(hit => hit.Cue == Cue.ActiveUsers && hit.Interval is not null)?.Interval;
        if (draft.Interval is { } interval)
        {
            draft.Range = Default(interval);
        }

        var dates = reading.Dates.OrderBy(hit => hit.Start).ToList();
        return dates.Count switch
        {
            0 => None(draft),
            1 => One(draft, dates[0]),
            2 when draft.IsComparison || reading.Has(Cue.Change) || dates.Exists(hit => hit.IsPrevious) => ComparedPeriods.Two(draft, dates[0], dates[1]),
            _ => Outcome.Stop(Say.Cannot("This question names several periods and does not say how they belong together. Ask about one, or compare two.")),
        };
    }

    /// <summary>Twelve weeks, six months: enough to see a course.</summary>
    public static DateRange Default(Interval interval) => interval switch
    {
        Interval.Week => DateRange.Calendar(Interval.Week, 0, 12),
        Interval.Month => DateRange.Calendar(Interval.Month, 0, 6),
        Interval.Quarter => DateRange.Calendar(Interval.Quarter, 0, 4),
        Interval.Hour => DateRange.LastDays(2),
        _ => DateRange.LastDays(30),
    };

    /// <summary>The range of the same length right before.</summary>
    public static DateRange Previous(DateRange range, DateOnly today)
    {
        if (range.Last is { } last)
        {
            return range with { Offset = range.Offset + last };
        }

        var (start, end) = range.Resolve(today);
        return start.Day == 1 && end == start.AddMonths(1).AddDays(-1)
            ? DateRange.Between(start.AddMonths(-1), start.AddDays(-1))
            : DateRange.Between(start.AddDays(start.DayNumber - end.DayNumber - 1), start.AddDays(-1));
    }

    /// <summary>The interval a chart over the range reads well with.</summary>
    public static Interval IntervalFor(DateRange range, DateOnly today)
    {
        var (start, end) = range.Resolve(today);
        return (end.DayNumber - start.DayNumber + 1) switch
        {
            <= 1 => Interval.Hour,
            <= 92 => Interval.Day,
            <= 400 => Interval.Week,
            _ => Interval.Month,
        };
    }

    private static Outcome None(Draft draft)
    {
        if (draft.Reading.Has(Cue.Change))
        {
            draft.CompareTo = Previous(draft.Range, draft.Reading.Today);
            draft.Assume("range", "No period was named, so the last 30 days are compared with the 30 days before.");
        }

        return Outcome.Go(draft);
    }

    private static Outcome One(Draft draft, DateHit hit)
    {
        var reading = draft.Reading;
        var isPartner = reading.Before(hit.Start)?.Cue is Cue.Compare or Cue.Than or Cue.To
            || (reading.Before(hit.Start) is { Cue: Cue.From } from && reading.Before(from.Start)?.Cue is Cue.Compare or Cue.Change or Cue.Than);
        if (isPartner && (draft.IsComparison || reading.Has(Cue.Change)))
        {
            return ComparedPeriods.One(draft, hit);
        }

        if (hit.NeedsOther)
        {
            return Outcome.Stop(Say.Cannot("The question names a previous period but not the period before which it lies."));
        }

        draft.Range = hit.Range;
        draft.HasRange = true;
        var comparesNothingElse = draft.Segments.Count == 0 && draft.GroupBy.Count == 0 && draft.Events.Select(item => item.Info).Distinct().Count() < 2;
        if (reading.Has(Cue.Change) && comparesNothingElse)
        {
            draft.CompareTo = Previous(hit.Range, reading.Today);
            draft.Assume("range", "Compared with the period of the same length before it.");
        }

        return Outcome.Go(draft);
    }
}
