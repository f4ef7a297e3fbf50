using System.Text.Json.Nodes;

namespace ClariBI.Sandbox.Query.DataTables;

/// <summary>One row per segment, group and interval; one cell per column. Sorted by the first column, falling, then cut per segment.</summary>
internal static class DataTableRendering
{
    private const string Separator = "; ";

    public static JsonObject Render(DataTableQuery table, IReadOnlyList<List<Series>> columns, ChartLimits limits)
    {
        string[] labels = ["Segment", .. table.GroupBy.Select(key => key.Property), .. table.ByTime ? ["Time"] : Array.Empty<string>()];
        var rows = new JsonArray(new JsonArray(CsvRendering.Cell(table.Name)), new JsonArray(), new JsonArray([.. labels.Select(CsvRendering.Cell), .. table.Columns.Select(column => CsvRendering.Cell(column.Label))]));
        foreach (var segment in table.Segments.Select((segment, index) => (segment.Name, Index: index)))
        {
            var found = columns.Select(column => column.Where(series => series.Segment == segment.Name).DistinctBy(Key).ToDictionary(Key)).ToArray();
            var groups = columns.SelectMany(column => column.Where(series => series.Segment == segment.Name)).OrderByDescending(series => series.Group.Length).DistinctBy(Key)
                .OrderByDescending(series => found[0].GetValueOrDefault(Key(series))?.Overall ?? 0).ThenBy(Key, StringComparer.Ordinal).Take(limits.Groups);
            foreach (var group in groups)
            {
                string[] names = [segment.Name, .. group.Group];
                var values = found.Select(column => column.GetValueOrDefault(Key(group))).ToArray();
                foreach (var row in Rows(table, names, values, limits))
                {
                    rows.Add(row);
                }
            }
        }

        return CsvRendering.Response(rows);
    }

    private static IEnumerable<JsonArray> Rows(DataTableQuery table, string[] names, Series?[] values, ChartLimits limits) => !table.ByTime
        ? [CsvRendering.Row(names, values.Select(series => JsonRendering.Number(series?.Overall ?? 0)))]
        : table.Range.Buckets.Select((bucket, index) => (bucket, index)).Where(pair => !limits.OnlyComplete || table.Range.IsComplete(pair.bucket))
            .Select(pair => CsvRendering.Row([.. names, table.Range.Label(pair.bucket)], values.Select(series => JsonRendering.Number(series?.Values[pair.index] ?? 0))));

    /// <summary>Funnels join the labels of a group, the others do not.</summary>
    private static string Key(Series series) => string.Join(Separator, series.Group);
}
