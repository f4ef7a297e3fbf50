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
        var intervals = table.Range.Buckets.Select((bucket, index) => (bucket, index)).Where(pair => !limits.OnlyComplete || table.Range.IsComplete(pair.bucket)).ToArray();
        foreach (var segment in table.Segments.Select((segment, index) => (segment.Name, Index: index)))
        {
            var found = columns.Select(column => column.Where(series => series.SegmentIndex == segment.Index).DistinctBy(Key).ToDictionary(Key)).ToArray();
            var groups = found.SelectMany(column => column.Values).OrderByDescending(series => series.Group.Length).DistinctBy(Key)
                .OrderByDescending(series => found[0].GetValueOrDefault(Key(series))?.Overall ?? 0).ThenBy(Key, StringComparer.Ordinal).Take(limits.Groups).ToArray();
            ReplySize.Check(rows.Count + ((long)groups.Length * (table.ByTime ? intervals.Length : 1) * table.Columns.Length));
            foreach (var group in groups)
            {
                string[] names = [segment.Name, .. group.Group];
                var values = found.Select(column => column.GetValueOrDefault(Key(group))).ToArray();
                foreach (var row in Rows(table, names, values, intervals))
                {
                    rows.Add(row);
                }
            }
        }

        return CsvRendering.Response(rows);
    }

    private static IEnumerable<JsonArray> Rows(DataTableQuery table, string[] names, Series?[] values, (DateTime Bucket, int Index)[] intervals) => !table.ByTime
        ? [CsvRendering.Row(names, values.Select(series => JsonRendering.Number(series?.Overall ?? 0)))]
        : intervals.Select(pair => CsvRendering.Row([.. names, table.Range.Label(pair.Bucket)], values.Select(series => JsonRendering.Number(series?.Values[pair.Index] ?? 0))));

    /// <summary>Funnels join the labels of a group, the others do not.</summary>
    private static string Key(Series series) => string.Join(Separator, series.Group);
}
