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

/// <summary>How many columns of a query hold the groups, and how many groups are wanted, the largest first.</summary>
internal sealed record Grouping(int Columns, int Most = int.MaxValue);

internal static class SeriesReading
{
    private const int MostRows = 1_000_000;
    private const long MostValues = 10_000_000;

    /// <summary>Runs a query whose columns are the groups, the interval (null for the overall value) and the value.</summary>
    public static IEnumerable<Series> Read(EventStore store, string text, Sql sql, Segment segment, DateRange range, Grouping groups)
    {
        var found = store.Read(FormattableString.Invariant($"{text} LIMIT {MostRows + 1}"), sql.Parameters, reader => (
            Group: Enumerable.Range(0, groups.Columns).Select(reader.GetString).ToArray(),
            Bucket: reader.IsDBNull(groups.Columns) ? (DateTime?)null : reader.GetDateTime(groups.Columns),
            Value: reader.IsDBNull(groups.Columns + 1) ? 0 : Convert.ToDouble(reader.GetValue(groups.Columns + 1), CultureInfo.InvariantCulture)));
        if (found.Count > MostRows)
        {
            throw TooMany();
        }

        return Assemble(segment, range, found, groups);
    }

    private static IEnumerable<Series> Assemble(Segment segment, DateRange range, List<(string[] Group, DateTime? Bucket, double Value)> found, Grouping groups)
    {
        var positions = range.Buckets.Select((bucket, index) => (bucket, index)).ToDictionary(pair => pair.bucket, pair => pair.index);
        var kept = found.GroupBy(row => string.Join('\n', row.Group)).OrderByDescending(rows => rows.FirstOrDefault(row => row.Bucket is null).Value).ThenBy(rows => rows.Key, StringComparer.Ordinal).Take(groups.Most).ToArray();
        if ((long)kept.Length * range.Buckets.Count > MostValues)
        {
            throw TooMany();
        }

        var series = kept.Select(rows =>
        {
            var values = new double[range.Buckets.Count];
            foreach (var row in rows.Where(row => row.Bucket is not null))
            {
                values[positions[row.Bucket!.Value]] = row.Value;
            }

            return new Series(segment.Name, null, rows.First().Group, rows.FirstOrDefault(row => row.Bucket is null).Value, values);
        });
        return groups.Columns > 0 ? series : series.DefaultIfEmpty(new(segment.Name, null, [], 0, new double[range.Buckets.Count]));
    }

    private static Mcp.ToolErrorException TooMany() => new("group_by: Input should be properties with fewer values");
}
