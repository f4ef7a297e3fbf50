using System.Text.Json.Nodes;

namespace ClariBI.Sandbox.Query.Stickiness;

internal static class StickinessRendering
{
    public static JsonObject Render(StickinessQuery query, List<StickinessResult> results)
    {
        ReplySize.Check(2L * results.Count * query.Range.Buckets.Count * query.Days);
        return JsonRendering.Response(new()
        {
            ["series"] = new JsonArray([.. results.Select(result => Series(query, result))]),
            ["seriesMeta"] = new JsonArray([.. results.Select(result => new JsonObject { ["segmentIndex"] = result.SegmentIndex, ["eventIndex"] = result.EventIndex, ["groupValue"] = result.Group })]),
        });
    }

    private static JsonObject Series(StickinessQuery query, StickinessResult result)
    {
        var range = query.Range;
        var buckets = range.Buckets.Reverse().ToArray();
        var values = new JsonObject();
        var combined = new long[query.Days];
        foreach (var bucket in buckets)
        {
            var users = result.Intervals.GetValueOrDefault(bucket) ?? new long[query.Days];
            values[JsonRendering.Short(range, bucket)] = Days(users);
            combined = [.. combined.Zip(users, (sum, more) => sum + more)];
        }

        return new()
        {
            ["dates"] = new JsonArray([.. buckets.Select(bucket => JsonValue.Create(JsonRendering.Short(range, bucket)))]),
            ["xValues"] = new JsonArray([.. buckets.Select(bucket => JsonValue.Create(range.Label(bucket)))]),
            ["isComplete"] = new JsonArray([.. buckets.Select(bucket => JsonValue.Create(range.IsComplete(bucket)))]),
            ["values"] = values,
            ["combined"] = Days(combined),
        };
    }

    private static JsonArray Days(long[] users) => new([.. users.Select((count, index) => new JsonObject { ["days"] = index + 1, ["count"] = count })]);
}
