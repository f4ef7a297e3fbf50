using System.Globalization;
using ClariBI.Sandbox.Data;

namespace ClariBI.Sandbox.Query.Segmentations;

/// <summary>
/// Values of intervals that look at more than their own events: at those of some intervals before too (rolling), or of all
/// since the range began (cumulative). The value of the whole range stays what it is.
/// </summary>
internal sealed class Windows(EventStore store, Aggregation aggregation)
{
    /// <summary>How many intervals each value looks at, itself included, and how many there are before the first.</summary>
    private readonly record struct Reach(DateRange Range, int Length, int Before);

    public IEnumerable<Series> Run(Counted counted, Metric metric, DateRange range, Window window)
    {
        var reach = Extend(range, window);
        var values = window.Kind == WindowKind.RollingAverage ? Averages(counted, metric, reach) : Values(counted, metric, reach);
        var seen = new HashSet<string>();
        foreach (var series in aggregation.Run(counted, metric, range))
        {
            var key = Key(series.Group);
            seen.Add(key);
            yield return values.TryGetValue(key, out var found) ? series with { Values = found.Values } : series;
        }

        // Groups whose events all lie before the range.
        foreach (var (_, found) in values.Where(pair => !seen.Contains(pair.Key)))
        {
            yield return new(counted.Segment.Name, null, found.Group, 0, found.Values);
        }
    }

    private static Reach Extend(DateRange range, Window window)
    {
        if (window.Kind == WindowKind.Cumulative)
        {
            return new(range, range.Buckets.Count, 0);
        }

        var start = DateRange.Utc(DateRange.Next(range.Buckets[0], range.Interval, 1 - window.Length), range.Zone);
        var extended = range.Over(start, range.End);
        return new(extended, window.Length, extended.Buckets.Count - range.Buckets.Count);
    }

    private Dictionary<string, Grouped> Averages(Counted counted, Metric metric, Reach reach) => aggregation.Run(counted, metric, reach.Range)
        .ToDictionary(series => Key(series.Group), series => new Grouped(series.Group, WindowMath.Quotient(
            WindowMath.Sum(series.Values, reach.Length, reach.Before), WindowMath.Sum([.. series.Values.Select(_ => 1.0)], reach.Length, reach.Before))));

    private Dictionary<string, Grouped> Values(Counted counted, Metric metric, Reach reach)
    {
        Func<string, Dictionary<string, Grouped>> sums = expression => Map(Cells(counted, expression, reach), cells => WindowMath.Sum(cells, reach.Length, reach.Before));
        Func<string, string, Dictionary<string, Grouped>> covered = (key, where) => Covered(counted, key, where, reach);
        return metric switch
        {
            Metric.Uniques => covered("uid", "TRUE"),
            Metric.Totals or Metric.Histogram => sums("count(*)"),
            Metric.Average => Divide(sums("count(*)"), covered("uid", "TRUE")),
            Metric.PropertySum => sums("sum(v)"),
            Metric.PropertyAverage => Divide(sums("sum(v)"), sums("count(v)")),
            Metric.PropertyMin => Map(Cells(counted, "min(v)", reach), cells => WindowMath.Best(cells, reach.Length, reach.Before, Math.Min)),
            Metric.PropertyMax => Map(Cells(counted, "max(v)", reach), cells => WindowMath.Best(cells, reach.Length, reach.Before, Math.Max)),
            Metric.PropertyCount => covered("t", "t IS NOT NULL"),
            Metric.PropertyCountAverage => Divide(covered("uid, t", "t IS NOT NULL"), covered("uid", "t IS NOT NULL")),
            Metric.Frequency => Spread(counted, reach, "uid, count(*) AS n", isFrequency: true),
            _ => Spread(counted, reach, "v", isFrequency: false),
        };
    }

    private Dictionary<string, Grouped> Cells(Counted counted, string expression, Reach reach)
    {
        var sql = aggregation.Sql(reach.Range);
        var names = Aggregation.Names(counted);
        return Read(sql, $"{Numbered(reach)} SELECT {List(names)}i, {expression} FROM ({Aggregation.Rows(sql, counted, reach.Range)}) JOIN intervals USING (bucket) GROUP BY ALL", names.Length, reach.Range.Buckets.Count, double.NaN);
    }

    /// <summary>
    /// Of how many distinct keys an interval has seen an event in its window. A key's event covers the intervals up to its next event
    /// or to the end of the window, so it is enough to add one where a cover begins and take one off where it ends.
    /// </summary>
    private Dictionary<string, Grouped> Covered(Counted counted, string key, string where, Reach reach)
    {
        var sql = aggregation.Sql(reach.Range);
        var names = Aggregation.Names(counted);
        var length = reach.Length.ToString(CultureInfo.InvariantCulture);
        var text = $"""
            {Numbered(reach)}, cells AS (SELECT DISTINCT {List(names)}{key}, i FROM ({Aggregation.Rows(sql, counted, reach.Range)}) JOIN intervals USING (bucket) WHERE {where}),
            spans AS (SELECT {List(names)}i, least(i + {length}, coalesce(lead(i) OVER (PARTITION BY {List(names)}{key} ORDER BY i), i + {length})) AS ends FROM cells)
            SELECT {List(names)}place, sum(change)::BIGINT FROM (SELECT {List(names)}i AS place, 1 AS change FROM spans UNION ALL SELECT {List(names)}ends, -1 FROM spans) GROUP BY ALL
            """;
        return Map(Read(sql, text, names.Length, reach.Range.Buckets.Count, 0), changes => WindowMath.Running(changes, reach.Before));
    }

    /// <summary>For what cannot be added up: every row counts in each interval whose window holds it.</summary>
    private Dictionary<string, Grouped> Spread(Counted counted, Reach reach, string columns, bool isFrequency)
    {
        var sql = aggregation.Sql(reach.Range);
        var names = Aggregation.Names(counted);
        var cells = $"SELECT {List(names)}i, {columns} FROM ({Aggregation.Rows(sql, counted, reach.Range)}) JOIN intervals USING (bucket){(isFrequency ? $" GROUP BY {List(names)}i, uid" : "")}";
        var spread = string.Create(CultureInfo.InvariantCulture, $"SELECT * EXCLUDE (i), unnest(generate_series(greatest(i, {reach.Before}), least(i + {reach.Length - 1}, {reach.Range.Buckets.Count - 1}))) AS i FROM ({cells})");
        var text = isFrequency
            ? $"SELECT {List(names)}CASE WHEN n >= 10 THEN '10+' ELSE n::VARCHAR END AS times, i, count(*) FROM (SELECT {List(names)}uid, i, sum(n)::BIGINT AS n FROM ({spread}) GROUP BY {List(names)}uid, i) GROUP BY {List(names)}times, i"
            : $"SELECT {List(names)}i, median(v) FROM ({spread}) GROUP BY {List(names)}i";
        var read = Read(sql, $"{Numbered(reach)} {text}", names.Length + (isFrequency ? 1 : 0), reach.Range.Buckets.Count, 0);
        return Map(read, values => values[reach.Before..]);
    }

    private static string Numbered(Reach reach) =>
        $"WITH intervals(i, bucket) AS (VALUES {string.Join(", ", reach.Range.Buckets.Select((bucket, index) => string.Create(CultureInfo.InvariantCulture, $"({index}, {Sql.Moment(bucket)})")))})";

    /// <summary>Rows of groups, number of the interval, value; numbers past the last interval are left out.</summary>
    private Dictionary<string, Grouped> Read(Sql sql, string text, int groups, int intervals, double missing)
    {
        var found = new Dictionary<string, Grouped>();
        var rows = store.Read(text, sql.Parameters, reader => (
            Group: Enumerable.Range(0, groups).Select(reader.GetString).ToArray(),
            Index: Convert.ToInt32(reader.GetValue(groups), CultureInfo.InvariantCulture),
            Value: reader.IsDBNull(groups + 1) ? missing : Convert.ToDouble(reader.GetValue(groups + 1), CultureInfo.InvariantCulture)));
        foreach (var (group, index, value) in rows)
        {
            if (!found.TryGetValue(Key(group), out var item))
            {
                item = found[Key(group)] = new(group, [.. Enumerable.Repeat(missing, intervals)]);
            }

            if (index < intervals)
            {
                item.Values[index] = value;
            }
        }

        return found;
    }

    private static Dictionary<string, Grouped> Map(Dictionary<string, Grouped> groups, Func<double[], double[]> change) =>
        groups.ToDictionary(pair => pair.Key, pair => pair.Value with { Values = change(pair.Value.Values) });

    private static Dictionary<string, Grouped> Divide(Dictionary<string, Grouped> dividends, Dictionary<string, Grouped> divisors) =>
        dividends.ToDictionary(pair => pair.Key, pair => pair.Value with { Values = divisors.TryGetValue(pair.Key, out var divisor) ? WindowMath.Quotient(pair.Value.Values, divisor.Values) : new double[pair.Value.Values.Length] });

    private static string List(string[] names) => string.Concat(names.Select(name => name + ", "));

    private static string Key(string[] group) => string.Join('\n', group);

    private sealed record Grouped(string[] Group, double[] Values);
}
