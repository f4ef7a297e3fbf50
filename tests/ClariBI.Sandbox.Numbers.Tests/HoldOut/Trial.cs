using System.Globalization;
using System.Text.Json.Nodes;

namespace ClariBI.Sandbox.Numbers.Tests.HoldOut;

/// <summary>
/// An experiment on one button of a shop in New York, of eleven people and a few who must not count. Midnight there is 05:00 as written
/// here. In one project it runs from 2 to 10 November, in the other until now.
/// </summary>
internal static class Trial
{
    /// <summary>Time of November (day, clock), person, and either the variant seen or the price paid.</summary>
    private const string Lines = """
        02 04:59:59 before big
        02 05:00:00 c1 control
        02 05:00:00 c1 10
        02 04:00:00 b3 control
        03 10:00:00 b3 big
        04 10:00:00 b3 12
        05 12:00:00 c2 control
        11 04:59:59 c2 15
        05 12:00:01 c2 5
        06 08:00:00 c3 control
        06 08:00:00 c4 control
        06 08:00:00 c5 control
        07 08:00:00 c5 10
        08 08:00:00 c5 10
        09 08:00:00 c5 10
        03 09:00:00 c6 70
        06 09:00:00 c6 control
        03 09:00:00 b1 big
        03 09:00:01 b1 20
        04 09:00:00 b2 big
        04 10:00:00 b2 30
        05 10:00:00 b2 10
        05 09:00:00 b4 big
        11 05:00:00 b4 99
        08 09:00:00 b5 control
        07 09:00:00 b5 big
        07 10:00:00 b5 5
        08 10:00:00 b5 5
        09 10:00:00 b5 5
        10 10:00:00 b5 25
        12 10:00:00 late big
        06 10:00:00 nobody 40
        """;

    private const string Metrics = """
        [{ "id": "t1", "name": "Buyers", "chart": { "kind": "segmentation", "events": [{ "event": "Buy" }], "measured_as": { "as": "unique_users" }, "date_range": { "relative": "Last 30 Days" } } },
         { "id": "t2", "name": "Purchases", "chart": { "kind": "segmentation", "events": [{ "event": "Buy" }], "measured_as": { "as": "event_totals" }, "date_range": { "relative": "Last 30 Days" } } },
         { "id": "t3", "name": "Spent", "chart": { "kind": "segmentation", "events": [{ "event": "Buy", "group_by": [{ "property": "price", "scope": "event" }] }], "measured_as": { "as": "property_sum" }, "date_range": { "relative": "Last 30 Days" } } }]
        """;

    private const string Ended = """
        [{ "id": "91001", "key": "big-button", "name": "Big button", "state": "decision-made", "start": "2026-11-02", "end": "2026-11-10",
           "variants": [{ "key": "control", "name": "Small", "weight": 83 }, { "key": "big", "name": "Big", "weight": 17 }], "metrics": [{ "metricId": "t1", "goal": "success" }] }]
        """;

    private const string Running = """
        [{ "id": "91002", "key": "big-button", "name": "Big button, on", "state": "running", "start": "2026-11-02",
           "variants": [{ "key": "control", "name": "Small", "weight": 8 }, { "key": "big", "name": "Big", "weight": 2 }], "metrics": [{ "metricId": "r1", "goal": "success" }] }]
        """;

    private const string Organisation = """
        { "user": { "name": "Tess", "email": "tess@trial.example" },
          "organisations": [{ "id": "trial", "name": "Trial", "projects": [
            { "id": "920001", "name": "Shop", "timeZone": "America/New_York", "currency": "USD", "metrics": METRICS, "experiments": ENDED },
            { "id": "920002", "name": "Shop, still running", "events": "920001.jsonl", "timeZone": "America/New_York", "currency": "USD", "metrics": AGAIN, "experiments": RUNNING }] }] }
        """;

    public static void Write(string folder)
    {
        var lines = Lines.Split('\n', StringSplitOptions.TrimEntries).Select((line, index) => Event(line.Split(' '), index).ToJsonString());
        File.WriteAllLines(Path.Combine(folder, "920001.jsonl"), [.. lines, OtherFlag()]);
        File.WriteAllText(Path.Combine(folder, "org.json"),
            Organisation.Replace("METRICS", Metrics, StringComparison.Ordinal).Replace("AGAIN", Metrics.Replace("\"id\": \"t", "\"id\": \"r", StringComparison.Ordinal), StringComparison.Ordinal)
                .Replace("ENDED", Ended, StringComparison.Ordinal).Replace("RUNNING", Running, StringComparison.Ordinal));
    }

    private static JsonObject Event(string[] line, int index)
    {
        var isPaid = double.TryParse(line[3], NumberStyles.Float, CultureInfo.InvariantCulture, out var price);
        return new()
        {
            ["event_type"] = isPaid ? "Buy" : "$exposure",
            ["event_time"] = $"2026-11-{line[0]} {line[1]}.000000",
            ["user_id"] = line[2],
            // A device of its own for every line.
            ["device_id"] = "d" + index.ToString(CultureInfo.InvariantCulture),
            ["event_properties"] = isPaid ? new() { ["price"] = price } : new JsonObject { ["flag_key"] = "big-button", ["variant"] = line[3] },
        };
    }

    private static string OtherFlag() =>
        """{"event_type":"$exposure","event_time":"2026-11-05 10:00:00.000000","user_id":"nobody","event_properties":{"flag_key":"small-button","variant":"big"}}""";
}
