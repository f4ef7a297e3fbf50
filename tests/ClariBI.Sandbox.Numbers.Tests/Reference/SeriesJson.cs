using System.Text.Json.Nodes;

namespace ClariBI.Sandbox.Numbers.Tests.Reference;

/// <summary>The same series as members of JSON instead of rows; those past the limit come last and only with their value over the range.</summary>
internal static class SeriesJson
{
    public static JsonObject Of(Chart chart, IEnumerable<Series> series, DateTime now)
    {
        var intervals = CsvTable.Shown(chart, now);
        var ranked = CsvTable.Ranked(chart, series);
        var all = ranked.Where(item => item.IsShown).Concat(ranked.Where(item => !item.IsShown)).ToArray();
        return new()
        {
            ["xValuesForTimeSeries"] = Json.Array(intervals.Select(item => item.Start.ToString("s"))),
            ["seriesLabels"] = Json.Array(all.Select(item => Json.Array(new object[] { item.Row.Part.Segment, Label(item.Row) }.Select(JsonNode (cell) => cell is int place ? place : (string)cell)))),
            ["timeSeries"] = Json.Array(all.Select(item => Values(item.IsShown ? intervals.Select(interval => item.Row.Values[interval.Index]) : []))),
            ["overallSeries"] = Json.Array(all.Select(item => Values([item.Row.Total]))),
            ["timeSeriesAverage"] = Json.Array(all.Select(item => Values(item.IsShown && intervals.Length > 0 ? [intervals.Average(interval => item.Row.Values[interval.Index])] : []))),
        };
    }

    private static JsonArray Values(IEnumerable<double> values) => Json.Array(values.Select(value => new JsonObject { ["value"] = value }));

    /// <summary>What tells the series apart; a series alone is named by its segment.</summary>
    private static string Label(Series row)
    {
        string[] parts = [.. row.Event is null ? Array.Empty<string>() : [row.Event], .. row.Groups];
        return parts.Length == 0 ? row.Segment ?? "" : string.Join("; ", parts);
    }
}
