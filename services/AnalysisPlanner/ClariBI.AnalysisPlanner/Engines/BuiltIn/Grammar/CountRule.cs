using ClariBI.AnalysisPlanner.Engines.BuiltIn.Words;
using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.AnalysisPlanner.Engines.BuiltIn.Grammar;

/// <summary>Single values, trends, breakdowns and comparisons: everything that counts one thing or several alike.</summary>
internal static class CountRule
{
    private static readonly Cue[] AsksForOneNumber =
        [Cue.HowMany, Cue.Share, Cue.Average, Cue.PerUser, Cue.Sum, Cue.Times, Cue.HowOften, Cue.Which, Cue.Median, Cue.Minimum, Cue.Maximum];

    public static Understanding Apply(Draft draft)
    {
        var (measures, early) = MeasureRules.Choose(draft);
        if (early is not null)
        {
            return early;
        }

        var isTrend = IsTrend(draft);
        if (Contradiction(draft, measures, isTrend) is { } refusal)
        {
            return refusal;
        }

        var kind = KindOf(draft, measures, isTrend);
        var query = new AnalysisQuery
        {
            Kind = kind,
            Measures = measures,
            Filters = draft.Filters,
            GroupBy = draft.Groups,
            Segments = draft.Segments,
            Range = draft.Range,
            CompareTo = draft.CompareTo,
            Interval = draft.Interval ?? Ranges.IntervalFor(draft.Range, draft.Reading.Today),
            Limit = draft.GroupBy.Count > 0 ? LimitOf(draft) : null,
            Ascending = draft.GroupBy.Count > 0 && draft.IsBottom,
        };
        return Answerable.From(draft, query);
    }

    private static QueryKind KindOf(Draft draft, IReadOnlyList<Measure> measures, bool isTrend)
    {
        if (isTrend && !IsOnePoint(draft))
        {
            return QueryKind.Trend;
        }

        if (draft.Segments.Count > 0 || measures.Count > 1)
        {
            return QueryKind.Comparison;
        }

        if (draft.GroupBy.Count > 0)
        {
            return QueryKind.Breakdown;
        }

        var asksForOne = draft.CompareTo is not null || isTrend || AsksForOneNumber.Any(draft.Reading.Has)
            || measures[0].Aggregation is not (Aggregation.Totals or Aggregation.PropertySum);
        return asksForOne ? QueryKind.SingleValue : QueryKind.Trend;
    }

    private static bool IsTrend(Draft draft) => draft.Reading.Has(Cue.Trend) || draft.Interval is not null;

    /// <summary>"DAU yesterday" is one point: a number, not a line.</summary>
    private static bool IsOnePoint(Draft draft)
    {
        if (!draft.HasRange || draft.Interval is null || draft.Reading.Has(Cue.Trend))
        {
            return false;
        }

        var (start, end) = draft.Range.Resolve(draft.Reading.Today);
        var days = end.DayNumber - start.DayNumber + 1;
        return draft.Interval switch
        {
            Interval.Day => days == 1,
            Interval.Week => days <= 7,
            Interval.Month => days <= 31 && start.Day == 1,
            _ => false,
        };
    }

    private static Understanding? Contradiction(Draft draft, IReadOnlyList<Measure> measures, bool isTrend)
    {
        var isSplit = draft.GroupBy.Count > 0 || draft.Segments.Count > 0 || measures.Count > 1;
        if (draft.CompareTo is not null && (isSplit || isTrend))
        {
            return Say.Cannot("I can compare two periods for one number, but not yet for several groups or intervals at once.");
        }

        if ((draft.IsTop || draft.IsBottom) && !isSplit && draft.CompareTo is null)
        {
            return Say.Cannot("To rank, I need to know what to rank: name a property, such as a country or a plan.");
        }

        if (draft.GroupBy.Count > 2)
        {
            return Say.Cannot("I can break a number down by two properties at most.");
        }

        return draft.Reading.WindowDays is not null ? Say.Cannot("\u201cWithin\u201d a number of days applies to a conversion between two events; for a period say \u201cin the last 7 days\u201d.") : null;
    }

    private static int? LimitOf(Draft draft) => draft.Reading.TopCount
        ?? (draft.Reading.Cues.Any(hit => hit.Cue is Cue.Top or Cue.Bottom) && !draft.Reading.Has(Cue.Which) ? 10 : null);
}
