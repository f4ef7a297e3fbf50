using System.Text.Json.Nodes;

namespace ClariBI.Sandbox.Query;

/// <summary>Rows of CSV inside JSON.</summary>
internal static class CsvRendering
{
    /// <summary>
    /// A title row, an empty row, then a block whose header starts with "Segment". Groups past the series limit follow in a block
    /// of their own with a single Total column; with a limit of 0 that block is the only one.
    /// </summary>
    public static JsonObject Render(ChartQuery query, Series[] drawn, Series[] totals, (DateTime Bucket, int Index)[] intervals, string[] extraLabels, bool onlyTotals)
    {
        var hasEvents = query.NamesEvents || drawn.Concat(totals).Any(series => series.Event is not null);
        string[] labels = ["Segment", .. hasEvents ? ["Event"] : Array.Empty<string>(), .. query.GroupBy.Select(key => key.Property), .. extraLabels];
        var rows = new JsonArray(new JsonArray(Cell(query.Name)));
        if (!onlyTotals && (drawn.Length > 0 || totals.Length == 0))
        {
            rows.Add(new JsonArray());
            rows.Add(Row(labels, intervals.Select(interval => JsonValue.Create(query.Range.Label(interval.Bucket)))));
            foreach (var series in drawn)
            {
                rows.Add(Row(Labels(series), intervals.Select(interval => JsonRendering.Number(series.Values[interval.Index]))));
            }
        }

        if (onlyTotals || totals.Length > 0)
        {
            rows.Add(new JsonArray());
            rows.Add(Row(labels, [JsonValue.Create("Total")]));
            foreach (var series in totals)
            {
                rows.Add(Row(Labels(series), [JsonRendering.Number(series.Overall)]));
            }
        }

        return Response(rows);
    }

    public static JsonObject Response(JsonArray rows) => new() { ["isCsvResponse"] = true, ["csvResponse"] = new JsonObject { ["data"] = rows } };

    public static JsonArray Row(IEnumerable<string> labels, IEnumerable<JsonNode?> values) => new([.. labels.Select(Cell), .. values]);

    /// <summary>The tab keeps spreadsheets from reading text as a formula.</summary>
    public static JsonNode Cell(string text) => JsonValue.Create("\t" + text)!;

    private static IEnumerable<string> Labels(Series series) => [series.Segment, .. series.Event is null ? [] : new[] { series.Event }, .. series.Group];
}
