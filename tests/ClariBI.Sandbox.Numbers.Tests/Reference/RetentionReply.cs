using System.Globalization;
using System.Text.Json.Nodes;

namespace ClariBI.Sandbox.Numbers.Tests.Reference;

/// <summary>The members of a retention chart's reply that are checked.</summary>
internal static class RetentionReply
{
    public static JsonObject Of(EventFile file, Chart chart, Segments segments, DateTime now)
    {
        var retention = new Retention(file, chart, segments, now);
        var (series, meta) = (new JsonArray(), new JsonArray());
        for (var index = 0; index < chart.Segments.Length; index++)
        {
            var groups = retention.Groups(chart.Segments[index]);
            if (chart.GroupBy.Length == 0 && groups.Count == 0)
            {
                groups[""] = [.. Enumerable.Range(0, retention.Cohorts).Select(_ => new List<int[]>())];
            }

            foreach (var (key, cohorts) in groups.OrderByDescending(group => group.Value.Sum(cohort => cohort.Count)).ThenBy(group => string.Join("; ", Grouping.Labels(group.Key)), StringComparer.Ordinal).Take(chart.GroupByLimit))
            {
                var rows = cohorts.Select((users, cohort) => retention.Row(cohort, users)).ToArray();
                series.Add(One(chart, rows));
                meta.Add(new JsonObject { ["segmentIndex"] = index, ["groupValue"] = chart.GroupBy.Length == 0 ? null : string.Join("; ", Grouping.Labels(key)) });
            }
        }

        return new() { ["series"] = series, ["seriesMeta"] = meta };
    }

    private static JsonObject One(Chart chart, Returned[][] rows)
    {
        var starts = chart.Intervals;
        var values = new JsonObject();
        for (var index = starts.Length - 1; index >= 0; index--)
        {
            values[Short(starts[index], chart.Interval)] = Json.Array(rows[index].Select(Cell));
        }

        return new()
        {
            ["dates"] = Json.Array(starts.Reverse().Select(start => Short(start, chart.Interval))),
            ["xValues"] = Json.Array(starts.Reverse().Select(start => Calendar.Label(start, chart.Interval))),
            ["values"] = values,
            ["combined"] = Json.Array(Retention.Combined(rows).Select(Cell)),
        };
    }

    public static string Short(DateTime start, string interval) => start.ToString(interval is "hour" ? "MMM dd HH:mm" : "MMM dd", CultureInfo.InvariantCulture);

    private static JsonObject Cell(Returned cell) => new() { ["count"] = (double)cell.Count, ["outof"] = (double)cell.OutOf, ["incomplete"] = cell.IsIncomplete };
}
