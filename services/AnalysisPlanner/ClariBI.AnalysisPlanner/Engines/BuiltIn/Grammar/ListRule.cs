using ClariBI.AnalysisPlanner.Engines.BuiltIn.Words;
using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.AnalysisPlanner.Engines.BuiltIn.Grammar;

/// <summary>What there is in the project: events, properties, cohorts, charts.</summary>
internal static class ListRule
{
    public static Understanding? Apply(Draft draft)
    {
        var reading = draft.Reading;
        if (draft.Events.Count > 0 || draft.GroupBy.Count > 0 || draft.Filters.Count > 0 || draft.Segments.Count > 0 || draft.Chart is not null)
        {
            return null;
        }

        if (draft.Cohort is { } cohort)
        {
            return reading.Has(Cue.Retention) || reading.Has(Cue.Funnel) || draft.HasRange || draft.Amount is not null
                ? null
                : Answerable.From(draft, new AnalysisQuery { Kind = QueryKind.Cohort, Range = draft.Range, ObjectId = cohort.Id, ObjectName = cohort.Name });
        }

        string? what = reading switch
        {
            _ when reading.Has(Cue.Properties) => "properties",
            _ when reading.Has(Cue.Cohorts) && !reading.Has(Cue.Retention) => "cohorts",
            _ when reading.Has(Cue.Charts) => "charts",
            _ when reading.Has(Cue.Events) && (reading.Has(Cue.Track) || reading.Has(Cue.Top) || (reading.Has(Cue.Which) && !reading.Has(Cue.PerUser) && !reading.Has(Cue.Average))) => "events",
            _ => null,
        };
        if (what is null || draft.HasRange || draft.Interval is not null || reading.Has(Cue.Compare) || reading.Has(Cue.Bottom) || draft.Amount is not null)
        {
            return null;
        }

        return Answerable.From(draft, new AnalysisQuery { Kind = QueryKind.List, Range = draft.Range, ObjectId = what, ObjectName = what, Limit = reading.TopCount });
    }
}
