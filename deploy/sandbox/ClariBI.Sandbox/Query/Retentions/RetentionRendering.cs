using System.Text.Json.Nodes;

namespace ClariBI.Sandbox.Query.Retentions;

internal static class RetentionRendering
{
    public static JsonObject Render(RetentionQuery query, List<RetentionResult> results)
    {
        ReplySize.Check(Retention.ValuesPerCell * Retention.Cells(query) * results.Count);
        return JsonRendering.Response(new()
        {
            ["series"] = new JsonArray([.. results.Select(result => RetentionSeries(query, result))]),
            ["seriesMeta"] = new JsonArray([.. results.Select(result => Meta(result.SegmentIndex, result.Group))]),
        });
    }

    /// <summary>Users by the median number of intervals between two visits: the numbers in xValues, users of each in values.</summary>
    public static JsonObject Render(List<UsageResult> results) => JsonRendering.Response(new()
    {
        ["series"] = new JsonArray([.. results.Select(result => new JsonObject
        {
            ["xValues"] = JsonRendering.Numbers(result.Values.Select(value => value.Interval)),
            ["values"] = JsonRendering.Numbers(result.Values.Select(value => (double)value.Users)),
            ["users"] = result.Users,
        })]),
        ["seriesMeta"] = new JsonArray([.. results.Select(result => Meta(result.SegmentIndex, result.Group))]),
    });

    private static JsonObject Meta(int segmentIndex, string? group) => new() { ["segmentIndex"] = segmentIndex, ["eventIndex"] = 0, ["groupValue"] = group };

    private static JsonObject RetentionSeries(RetentionQuery query, RetentionResult result)
    {
        var cohorts = result.Cohorts.Reverse().ToArray();
        var values = new JsonObject();
        foreach (var (cohort, (size, returned)) in cohorts)
        {
            var cells = returned.Select((count, column) => Cell(count, size, Retention.IsIncomplete(query, cohort, column)));
            values[JsonRendering.Short(query.Range, cohort)] = new JsonArray([Cell(size, size, false), .. cells]);
        }

        var columns = cohorts.Select(cohort => cohort.Value.Returned.Length).DefaultIfEmpty(0).Max();
        return new()
        {
            ["dates"] = new JsonArray([.. cohorts.Select(cohort => JsonValue.Create(JsonRendering.Short(query.Range, cohort.Key)))]),
            ["xValues"] = new JsonArray([.. cohorts.Select(cohort => JsonValue.Create(query.Range.Label(cohort.Key)))]),
            ["values"] = values,
            ["combined"] = new JsonArray([Cell(result.Size, result.Size, false), .. Enumerable.Range(0, columns).Select(column => Combined(query, cohorts, column))]),
        };
    }

    /// <summary>Sums the cohorts whose column is over; only where there is none, those that are still open, and says so.</summary>
    private static JsonObject Combined(RetentionQuery query, KeyValuePair<DateTime, (long Size, long[] Returned)>[] cohorts, int column)
    {
        var having = cohorts.Where(cohort => column < cohort.Value.Returned.Length).ToArray();
        var complete = having.Where(cohort => !Retention.IsIncomplete(query, cohort.Key, column)).ToArray();
        var used = complete.Length > 0 ? complete : having;
        return Cell(used.Sum(cohort => cohort.Value.Returned[column]), used.Sum(cohort => cohort.Value.Size), complete.Length == 0);
    }

    private static JsonObject Cell(long count, long outOf, bool incomplete) => new() { ["count"] = count, ["outof"] = outOf, ["retainedSetId"] = null, ["incomplete"] = incomplete };
}
