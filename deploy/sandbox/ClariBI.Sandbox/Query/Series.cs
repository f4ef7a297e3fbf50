using System.Globalization;
using ClariBI.Sandbox.Data;

namespace ClariBI.Sandbox.Query;

/// <summary>One line of a segmentation: its overall value (de-duplicated for uniques) and one value per interval.</summary>
internal sealed record Series(string Segment, string? Event, string[] Group, double Overall, double[] Values)
{
    /// <summary>Which segment and event of the chart it belongs to: names need not be unique.</summary>
    public int Place { get; init; }

    /// <summary>Which segment of the chart.</summary>
    public int SegmentIndex { get; init; }
}

internal static class SeriesReading
{
    private const int MostRows = 1_000_000;

    /// <summary>Runs a query whose columns are the groups, the interval (null for the overall value) and the value.</summary>
    public static IEnumerable<Series> Read(EventStore store, string text, Sql sql, Segment segment, DateRange range, int groups)
    {
        var found = store.Read(FormattableString.Invariant($"{text} LIMIT {MostRows + 1}"), sql.Parameters, reader => (
            Group: Enumerable.Range(0, groups).Select(reader.GetString).ToArray(),
            Bucket: reader.IsDBNull(groups) ? (DateTime?)null : reader.GetDateTime(groups),
            Value: reader.IsDBNull(groups + 1) ? 0 : Convert.ToDouble(reader.GetValue(groups + 1), CultureInfo.InvariantCulture)));
        if (found.Count > MostRows)
        {
            throw new Mcp.ToolErrorException("group_by: Input should be properties with fewer values");
        }

        return Assemble(segment, range, found, isGrouped: groups > 0);
    }

    private static IEnumerable<Series> Assemble(Segment segment, DateRange range, List<(string[] Group, DateTime? Bucket, double Value)> found, bool isGrouped)
    {
        var positions = range.Buckets.Select((bucket, index) => (bucket, index)).ToDictionary(pair => pair.bucket, pair => pair.index);
        var series = found.GroupBy(row => string.Join('\n', row.Group)).Select(rows =>
        {
            var values = new double[range.Buckets.Count];
            foreach (var row in rows.Where(row => row.Bucket is not null))
            {
                values[positions[row.Bucket!.Value]] = row.Value;
            }

            return new Series(segment.Name, null, rows.First().Group, rows.FirstOrDefault(row => row.Bucket is null).Value, values);
        });
        return isGrouped ? series : series.DefaultIfEmpty(new(segment.Name, null, [], 0, new double[range.Buckets.Count]));
    }
}
