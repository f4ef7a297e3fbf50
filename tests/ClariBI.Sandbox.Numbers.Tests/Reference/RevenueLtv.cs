using System.Globalization;
using System.Text.Json.Nodes;

namespace ClariBI.Sandbox.Numbers.Tests.Reference;

/// <summary>What new users pay within their first days.</summary>
internal static class RevenueLtv
{
    private static readonly int[] Days = [1, 2, 3, 4, 5, 6, 7, 14, 21, 28, 30, 60, 90];

    public static JsonObject Of(EventFile file, Chart chart, Segments segments, DateTime now)
    {
        var property = new Property("event", chart.RevenueProperty ?? "$revenue");
        var (series, meta) = (new JsonArray(), new JsonArray());
        for (var index = 0; index < chart.Segments.Length; index++)
        {
            var segment = chart.Segments[index];
            var groups = file.All.Where(item => item.IsNew && chart.Range.Has(item) && segments.Has(segment, item))
                .GroupBy(item => Grouping.Key(item, chart.GroupBy)).ToDictionary(group => group.Key, group => group.ToArray());
            if (chart.GroupBy.Length == 0 && groups.Count == 0)
            {
                groups[""] = [];
            }

            foreach (var (key, users) in groups.OrderByDescending(group => group.Value.Length).ThenBy(group => Grouping.Labels(group.Key), Grouping.Labels()).Take(chart.GroupByLimit))
            {
                var starts = chart.Intervals.Reverse().ToArray();
                var values = new JsonObject();
                foreach (var start in starts)
                {
                    values[Calendar.Label(start, chart.Interval)] = Cohort(file, chart, property, now, [.. users.Where(user => chart.Calendar.Start(user.Time, chart.Interval) == start)]);
                }

                series.Add(new JsonObject { ["dates"] = Json.Array(starts.Select(start => Calendar.Label(start, chart.Interval))), ["values"] = values });
                meta.Add(new JsonObject { ["segmentIndex"] = index, ["groupValue"] = chart.GroupBy.Length == 0 ? null : string.Join("; ", Grouping.Labels(key)) });
            }
        }

        return new() { ["series"] = series, ["seriesMeta"] = meta };
    }

    private static JsonObject Cohort(EventFile file, Chart chart, Property property, DateTime now, ExportedEvent[] firsts)
    {
        var payments = firsts.SelectMany(first => file.ByUser[first.User]
            .Where(item => item.Time <= now && chart.Events.Any(spec => spec.Matches(item, file)))
            .Select(item => (item.User, Age: item.Time - first.Time, Amount: item[property]?.Number)))
            .Where(payment => payment.Amount is not null).ToArray();
        var cohort = new JsonObject();
        foreach (var days in Days)
        {
            var within = payments.Where(payment => payment.Age < TimeSpan.FromDays(days)).ToArray();
            var (sum, payers) = (within.Sum(payment => payment.Amount!.Value), within.Select(payment => payment.User).Distinct().Count());
            cohort["r" + days.ToString(CultureInfo.InvariantCulture) + "d"] = chart.Metric switch { "0" => Metrics.Divide(sum, firsts.Length), "1" => Metrics.Divide(sum, payers), "2" => sum, _ => payers };
        }

        cohort["count"] = (double)firsts.Length;
        cohort["paid"] = (double)payments.Select(payment => payment.User).Distinct().Count();
        cohort["total_amount"] = payments.Sum(payment => payment.Amount!.Value);
        return cohort;
    }
}
