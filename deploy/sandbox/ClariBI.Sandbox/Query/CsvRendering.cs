using System.Text.Json.Nodes;

namespace ClariBI.Sandbox.Query;

/// <summary>Series as CSV inside JSON.</summary>
internal static class CsvRendering
{
    /// <summary>
    /// A title row, an empty row, then a block whose header starts with "Segment". Groups past the series limit follow in a block
    /// of their own with a single Total column; with a limit of 0 that block is the only one.
    /// </summary>
    public static JsonObject Render(ChartQuery query, List<Series> all, ChartLimits limits, params string[] extraLabels)
    {
        var range = query.Range;
        var labels = new List<string>();
        labels.AddRange(all.Any(series => series.Event is not null) ? ["Event"] : []);
        labels.AddRange(query.GroupBy.Select(key => key.Property));
        labels.AddRange(extraLabels);
        var kept = all.GroupBy(series => (series.Segment, series.Event)).Select(part => part.OrderByDescending(series => series.Overall).ThenBy(series => string.Join('\n', series.Group), StringComparer.Ordinal).Take(limits.Groups).ToArray()).ToArray();
        var drawn = kept.SelectMany(part => part.Take(limits.TimeSeries)).ToArray();
        var totals = kept.SelectMany(part => part.Skip(limits.TimeSeries)).ToArray();
        var buckets = range.Buckets.Select((bucket, index) => (bucket, index)).Where(pair => !limits.OnlyComplete || range.IsComplete(pair.bucket)).ToArray();

        var rows = new JsonArray(new JsonArray(Cell(query.Name)));
        if (drawn.Length > 0 || totals.Length == 0)
        {
            rows.Add(new JsonArray());
            rows.Add(Row(["Segment", .. labels], buckets.Select(pair => JsonValue.Create(range.Label(pair.bucket)))));
            foreach (var series in drawn)
            {
                rows.Add(Row(Labels(series), buckets.Select(pair => JsonRendering.Number(series.Values[pair.index]))));
            }
        }

        if (totals.Length > 0)
        {
            rows.Add(new JsonArray());
            rows.Add(Row(["Segment", .. labels], [JsonValue.Create("Total")]));
            foreach (var series in totals)
            {
                rows.Add(Row(Labels(series), [JsonRendering.Number(series.Overall)]));
            }
        }

        return new() { ["isCsvResponse"] = true, ["csvResponse"] = new JsonObject { ["data"] = rows } };
    }

    private static IEnumerable<string> Labels(Series series) => [series.Segment, .. series.Event is null ? [] : new[] { series.Event }, .. series.Group];

    private static JsonArray Row(IEnumerable<string> labels, IEnumerable<JsonNode?> values) => new([.. labels.Select(Cell), .. values]);

    /// <summary>The tab keeps spreadsheets from reading text as a formula.</summary>
    private static JsonNode Cell(string text) => JsonValue.Create("\t" + text)!;
}
