using System.Text.Json.Nodes;

namespace ClariBI.Sandbox.Query;

/// <summary>Series as replies carry them: sorted, cut at the limits, in one of two forms.</summary>
internal static class SeriesRendering
{
    public static JsonObject Render(ChartQuery query, List<Series> all, ChartLimits limits, params string[] extraLabels)
    {
        var parts = all.GroupBy(series => (series.Place, series.Segment, series.Event))
            .Select(part => part.OrderByDescending(series => series.Overall).ThenBy(series => string.Join('\n', series.Group), StringComparer.Ordinal).Take(limits.Groups).ToArray()).ToArray();
        var drawn = parts.SelectMany(part => part.Take(limits.TimeSeries)).ToArray();
        var totals = parts.SelectMany(part => part.Skip(limits.TimeSeries)).ToArray();
        var intervals = query.Range.Buckets.Select((bucket, index) => (bucket, index)).Where(pair => !limits.OnlyComplete || query.Range.IsComplete(pair.bucket)).ToArray();
        ReplySize.Check(((long)drawn.Length * intervals.Length) + totals.Length);
        return limits.AsJson ? SeriesJson.Render(query.Range, drawn, totals, intervals) : CsvRendering.Render(query, drawn, totals, intervals, extraLabels, onlyTotals: limits.TimeSeries == 0);
    }
}
