using System.Text.RegularExpressions;

namespace ClariBI.Sandbox.Fuzz.Tests;

/// <summary>What a field of some name may well hold: half of it exists in this sandbox, half is near enough to be read as if it did.</summary>
internal sealed partial class Words
{
    private static readonly string[] Properties = ["country", "platform", "gp:country", "version_name", "session_id", "$revenue", "no such property", "e:genre", "event_time"];

    private static readonly string[] Operators =
    [
        "is", "is not", "contains", "does not contain", "less", "less or equal", "greater", "greater or equal", "set is", "set is not", "set contains", "set does not contain", "glob match", "glob does not match",
        "has prefix", "does not have prefix", "ends with", "version less than", "version greater than or equal to", "css match", ">=", "=", "!=", "is_in", "between",
    ];

    private static readonly string[] Ranges =
    [
        "Last 30 Days", "Last 7 Days", "Last 12 Weeks", "Last 3 Months", "This Month", "Last Week", "Yesterday", "Today", "Last 2 Quarters", "Last 24 Hours", "This Quarter", "last 90 days",
        "Last 0 Days", "Last 99999 Days", "Last 1100 Months", "Last 9999 Quarters", "Custom", "All Time", "Last -3 Days",
    ];

    private static readonly string[] Dates =
    [
        "2026-11-01", "2026-11-20", "2026-10-01", "2026-09-15T10:30:00Z", "2026-11-19T23:59:59+05:30", "now-7d", "now-30d", "now-2w", "now", "1793000000", "9999-12-31", "0001-01-01", "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00", "now-999999d", "now-99999999999999999999d", "now-9999w", "now+5d", "2026-02-30", "2026-13-01", "2026-11-20T25:00:00Z", "1969-12-31", "-1", "253402300800", "2026-03-29T02:30:00", "20261120",
    ];

    private static readonly string[] Zones = ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Apia", "America/St_Johns", "Not/AZone", "../../etc/passwd", "utc+99"];

    private static readonly string[] Formulas =
    [
        "UNIQUES(A)", "TOTALS(A)/UNIQUES(A)", "UNIQUES(B)/UNIQUES(A)*100", "AVG(A)", "PROPSUM(A)", "PROPAVG(A)+PROPMAX(A)-PROPMIN(A)", "ACTIVE(A)", "UNIQUES(A)/0", "(((UNIQUES(A))))", "-UNIQUES(A)", "1", "UNIQUES(Z)",
        "UNIQUES(A", "uniques(a)", "A+B", "UNIQUES(A))", "", "1/0", "1e400*UNIQUES(A)", "UNIQUES(A);DROP TABLE events", "UNIQUES(A)**2", "999999999999999999999999*TOTALS(A)",
    ];

    private static readonly string[] Values = ["Spain", "iOS", "Web", "(none)", "1", "5.5", "-3", "true", "1.2.3", "*a*", "a", "%", "_", "'", "free", "[\"a\"]", "é", "1e999"];

    private readonly string[] anything;

    public required string[] Projects { get; init; }

    public required string[] Events { get; init; }

    public required string[] Named { get; init; }

    /// <summary>By the kind of entity, such as chart.</summary>
    public required Dictionary<string, string[]> Ids { get; init; }

    public Words() => anything = [.. Values, .. Ranges, .. Dates, "x", "northwind", "{}", "null"];

    public string For(string field, Random random)
    {
        var from = field switch
        {
            _ when IsEvent().IsMatch(field) => random.Next(4) > 0 ? Events : ["_active", "_new", "_all", "_any_revenue_event", "$popularEvents", "ce:Custom", "no such event", "$exposure", "play content"],
            "op" or "operator" or "subprop_op" => Operators,
            "property" or "prop" or "subprop_key" or "value" or "hold_property" or "revenueProperty" or "aggregation_property" or "constant_properties" => random.Next(3) > 0 ? Named : Properties,
            "relative" or "range" => Ranges,
            "timezone" => Zones,
            "formula" => Formulas,
            "unit" => ["second", "minute", "hour", "day", "week", "month"],
            "url" => ["https://app.amplitude.com/analytics/northwind/chart/n1actfunl", "http://localhost/analytics/northwind/dashboard/x", "not a url", "https://", "file:///etc/passwd", "https://app.amplitude.com/analytics/northwind/chart/new/abc?x=%zz"],
            "replay_id" or "sessionReplayId" => ["device/1", "/", "a/b/c", "d1/9999999999999999999"],
            "cursor" => ["", "MA==", "-1", "99999999999", "!!"],
            _ when IsProject().IsMatch(field) => random.Next(12) > 0 ? Projects : ["0", "999", "-1", "100001 "],
            _ when IsDate().IsMatch(field) => Dates,
            _ when IsId().IsMatch(field) => random.Next(5) > 0 && IdsFor(field) is { Length: > 0 } ids ? ids : ["nope", "n1actfunl", "0", "1"],
            "values" or "subprop_value" => Values,
            _ => anything,
        };
        return from[random.Next(from.Length)];
    }

    public static bool IsOfProject(string field) => IsProject().IsMatch(field);

    private string[] IdsFor(string field) => Ids.FirstOrDefault(pair => field.StartsWith(pair.Key, StringComparison.OrdinalIgnoreCase)).Value ?? [.. Ids.Values.SelectMany(ids => ids)];

    [GeneratedRegex("^(event|event_?type|eventTypes?|members|startEvent|type_value|names?|eventNames)$", RegexOptions.IgnoreCase)]
    private static partial Regex IsEvent();

    [GeneratedRegex("^(app|app_?ids?|project_?ids?)$", RegexOptions.IgnoreCase)]
    private static partial Regex IsProject();

    [GeneratedRegex("^(start|end)$|date|(After|Before|At)$", RegexOptions.IgnoreCase)]
    private static partial Regex IsDate();

    [GeneratedRegex("ids?$", RegexOptions.IgnoreCase)]
    private static partial Regex IsId();
}
