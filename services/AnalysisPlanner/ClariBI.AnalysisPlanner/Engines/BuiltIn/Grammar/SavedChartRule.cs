using ClariBI.AnalysisPlanner.Taxonomies;
using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.AnalysisPlanner.Engines.BuiltIn.Grammar;

/// <summary>A saved chart by name: its own definition where it can be read, with the question's range and split on top.</summary>
internal static class SavedChartRule
{
    public static Understanding Apply(Draft draft, SavedChartInfo chart)
    {
        if (chart.Query is not { } definition)
        {
            return draft.GroupBy.Count > 0 || draft.Filters.Count > 0 || draft.Segments.Count > 0
                ? Say.Cannot($"The saved chart {chart.Name} can be shown as it is, but I cannot read its definition to split or filter it.")
                : Answerable.From(draft, new AnalysisQuery { Kind = QueryKind.SavedChart, Range = draft.Range, ObjectId = chart.Id, ObjectName = chart.Name });
        }

        return Answerable.From(draft, definition with
        {
            Range = draft.HasRange ? draft.Range : definition.Range,
            Filters = [.. definition.Filters, .. draft.Filters],
            GroupBy = draft.GroupBy.Count > 0 ? draft.Groups : definition.GroupBy,
            Segments = draft.Segments.Count > 0 ? draft.Segments : definition.Segments,
            ConversionWindowDays = draft.Reading.WindowDays ?? definition.ConversionWindowDays,
            ObjectId = chart.Id,
            ObjectName = chart.Name,
        });
    }
}
