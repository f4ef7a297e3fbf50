using System.Text.Json.Nodes;

namespace ClariBI.Sandbox.Query.RevenueLtv;

internal static class RevenueLtvRendering
{
    private static readonly RevenueCohort Nobody = new(0, 0, 0, new long[RevenueCohorts.Days.Length], new double[RevenueCohorts.Days.Length]);

    public static JsonObject Render(RevenueLtvQuery query, List<RevenueLtvResult> results)
    {
        ReplySize.Check((long)results.Count * query.Range.Buckets.Count * (RevenueCohorts.Days.Length + 3));
        return JsonRendering.Response(new()
        {
            ["seriesLabels"] = new JsonArray([.. results.Select(result => JsonValue.Create(result.Group ?? query.Segments[result.SegmentIndex].Name))]),
            ["series"] = new JsonArray([.. results.Select(result => Series(query, result))]),
            ["seriesMeta"] = new JsonArray([.. results.Select(result => new JsonObject { ["segmentIndex"] = result.SegmentIndex, ["groupValue"] = result.Group })]),
        });
    }

    private static JsonObject Series(RevenueLtvQuery query, RevenueLtvResult result)
    {
        var buckets = query.Range.Buckets.Reverse().ToArray();
        var values = new JsonObject();
        foreach (var bucket in buckets)
        {
            values[query.Range.Label(bucket)] = Cohort(query.Metric, result.Cohorts.GetValueOrDefault(bucket, Nobody));
        }

        return new() { ["dates"] = new JsonArray([.. buckets.Select(bucket => JsonValue.Create(query.Range.Label(bucket)))]), ["values"] = values };
    }

    private static JsonObject Cohort(RevenueMetric metric, RevenueCohort cohort)
    {
        var figures = new JsonObject();
        foreach (var (days, index) in RevenueCohorts.Days.Select((days, index) => (days, index)))
        {
            var (revenue, payers) = (cohort.EarlyRevenue[index], cohort.EarlyPayers[index]);
            figures[$"r{days}d"] = JsonRendering.Number(metric switch
            {
                RevenueMetric.PerUser => Ratio(revenue, cohort.Users),
                RevenueMetric.PerPayer => Ratio(revenue, payers),
                RevenueMetric.Total => revenue,
                _ => payers,
            });
        }

        figures["count"] = cohort.Users;
        figures["paid"] = cohort.Payers;
        figures["total_amount"] = JsonRendering.Number(cohort.Revenue);
        return figures;
    }

    private static double Ratio(double part, long whole) => whole == 0 ? 0 : part / whole;
}
