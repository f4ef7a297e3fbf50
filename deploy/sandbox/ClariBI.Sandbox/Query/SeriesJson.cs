using System.Globalization;
using System.Text.Json.Nodes;

namespace ClariBI.Sandbox.Query;

/// <summary>Series as plain JSON. Groups past the series limit have an overall value and no time series.</summary>
internal static class SeriesJson
{
    public static JsonObject Render(DateRange range, Series[] drawn, Series[] totals, (DateTime Bucket, int Index)[] intervals)
    {
        Series[] all = [.. drawn, .. totals];
        var values = drawn.Select(series => intervals.Select(interval => series.Values[interval.Index]).ToArray()).ToArray();
        return JsonRendering.Response(new()
        {
            ["xValuesForTimeSeries"] = new JsonArray([.. intervals.Select(interval => JsonValue.Create(interval.Bucket.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture)))]),
            ["seriesLabels"] = new JsonArray([.. all.Select(series => new JsonArray(series.SegmentIndex, Label(series)))]),
            ["timeSeries"] = new JsonArray([.. all.Select((_, index) => index < values.Length ? new JsonArray([.. values[index].Select(Value)]) : [])]),
            ["overallSeries"] = new JsonArray([.. all.Select(series => new JsonArray(Value(series.Overall)))]),
            ["timeSeriesAverage"] = new JsonArray([.. all.Select((_, index) => index < values.Length ? new JsonArray(Value(values[index].DefaultIfEmpty().Average())) : [])]),
            ["seriesMetadata"] = new JsonArray([.. all.Select(series => new JsonObject
            {
                ["segmentIndex"] = series.SegmentIndex,
                ["segmentName"] = series.Segment,
                ["event"] = series.Event,
                ["group"] = new JsonArray([.. series.Group.Select(group => JsonValue.Create(group))]),
                ["formulaIndex"] = 0,
            })]),
        });
    }

    private static string Label(Series series)
    {
        string[] parts = [.. series.Event is null ? [] : new[] { series.Event }, .. series.Group];
        return parts.Length == 0 ? series.Segment : string.Join("; ", parts);
    }

    private static JsonObject Value(double value) => new() { ["value"] = JsonRendering.Number(value) };
}
