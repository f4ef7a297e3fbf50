using System.Text.Json.Nodes;

namespace ClariBI.Sandbox.Numbers.Tests.Reference;

/// <summary>Users by the median number of intervals between the intervals they came back in.</summary>
internal static class UsageInterval
{
    public static JsonObject Of(EventFile file, Chart chart, Segments segments, DateTime now)
    {
        var (series, meta) = (new JsonArray(), new JsonArray());
        var retention = new Retention(file, chart, segments, now);
        for (var index = 0; index < chart.Segments.Length; index++)
        {
            foreach (var (key, users) in retention.Returns(chart.Segments[index]).OrderByDescending(group => group.Value.Count).ThenBy(group => Grouping.Labels(group.Key), Grouping.Labels()).Take(chart.GroupByLimit))
            {
                var medians = users.Select(at => at.Order().ToArray()).Where(at => at.Length > 1).Select(at => Metrics.Median(at.Skip(1).Zip(at, (later, earlier) => (double)(later - earlier))))
                    .GroupBy(median => median).OrderBy(group => group.Key).ToArray();
                series.Add(new JsonObject { ["xValues"] = Json.Array(medians.Select(group => group.Key)), ["values"] = Json.Array(medians.Select(group => (double)group.Count())), ["users"] = (double)medians.Sum(group => group.Count()) });
                meta.Add(new JsonObject { ["segmentIndex"] = index, ["groupValue"] = chart.GroupBy.Length == 0 ? null : string.Join("; ", Grouping.Labels(key)) });
            }
        }

        return new() { ["series"] = series, ["seriesMeta"] = meta };
    }
}
