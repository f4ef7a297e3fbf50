using System.Text.Json.Nodes;
using ClariBI.Contracts.Connector;

namespace ClariBI.AnalysisPlanner.Tests.Hosting;

/// <summary>A small Amplitude project: what its reading tools say, in the shapes of the third generation of tools.</summary>
internal static class SampleProject
{
    private const string QuerySchema = """{"type":"object","properties":{"projectId":{"type":"string"},"chart":{"type":"object"},"definition":{"type":"object"},"groupByLimit":{"type":"integer"},"timeSeriesLimit":{"type":"integer"},"excludeIncompleteDatapoints":{"type":"boolean"}},"required":["projectId"]}""";

    public static IReadOnlyList<ToolInfo> Tools { get; } =
    [
        new("get_amplitude_context", null, null, """{"properties":{"projectId":{"type":"number"}}}"""),
        new("search_amp_entities", null, null, """{"properties":{"appIds":{"type":"array","items":{"type":"string"}},"entityTypes":{"type":"array"},"limitPerQuery":{"type":"integer"}}}"""),
        new("get_amp_taxonomy", null, null, """{"properties":{"projectId":{"type":"string"},"propertyType":{"type":"string"},"eventType":{"type":"string"},"limit":{"type":"integer"},"cursor":{"type":"string"}}}"""),
        new("query_amplitude_data", null, null, QuerySchema),
        new("get_amplitude_charts", null, null, """{"properties":{"chartIds":{"type":"array"},"include":{"type":"string"}}}"""),
        new("use_amplitude_cohorts", null, null, """{"properties":{"action":{"type":"string","enum":["list","get"]},"projectId":{"type":"string"}}}"""),
    ];

    /// <summary>The same project as the second generation of tools published it.</summary>
    public static IReadOnlyList<ToolInfo> OlderTools { get; } =
    [
        new("get_context", null, null, """{"properties":{}}"""),
        new("search", null, null, """{"properties":{"query":{"type":"string"},"appIds":{"type":"array","items":{"type":"number"}},"entityTypes":{"type":"array"},"limit":{"type":"integer"}}}"""),
        new("get_event_properties", null, null, """{"properties":{"projectId":{"type":"string"},"eventType":{"type":"string"}}}"""),
        new("query_dataset", null, null, """{"properties":{"projectId":{"type":"string"},"definition":{"type":"object"},"groupByLimit":{"type":"integer"},"timeSeriesLimit":{"type":"integer"}}}"""),
        new("get_charts", null, null, """{"properties":{"chartIds":{"type":"array"}}}"""),
    ];

    public static object Answer(CallTool call)
    {
        var arguments = JsonNode.Parse(call.ArgumentsJson)!;
        return call.Tool switch
        {
            "search_amp_entities" or "search" => arguments["entityTypes"]![0]!.GetValue<string>() switch
            {
                "EVENT" => Events,
                "USER_PROPERTY" => """{"entities":[{"entityType":"USER_PROPERTY","name":"gp:platform","app_id":100001}]}""",
                "EVENT_PROPERTY" or "COHORT" => """{"entities":[]}""",
                _ => Charts,
            },
            "get_amp_taxonomy" => arguments["propertyType"]!.GetValue<string>() == "user" ? UserProperties : EventProperties,
            "use_amplitude_cohorts" => """{"success":true,"cohorts":[{"id":"c1","name":"Power listeners","size":2700}]}""",
            "get_amplitude_charts" or "get_charts" => ActivationFunnel,
            "query_amplitude_data" or "query_dataset" => Query(arguments),
            _ => new ToolCallFailed(ToolCallFailure.ToolNotFound, $"There is no tool {call.Tool}.", null),
        };
    }

    private static string Query(JsonNode arguments) => (arguments["chart"]?["kind"] ?? arguments["definition"]!["type"]!).GetValue<string>() switch
    {
        "funnel" or "funnels" => Funnel,
        "retention" => Retention,
        _ when (arguments["chart"]?["group_by"] ?? arguments["definition"]?["params"]?["groupBy"]) is not null => Csv("""[["\t_active"],[],["\tSegment","\tplatform","Total"],["\tAll Users","\tiOS",500],["\tAll Users","\tAndroid",300]]"""),
        _ => Csv("""[["\tPurchase"],[],["\tSegment","Total"],["\tAll Users",1234]]"""),
    };

    private static string Csv(string rows) =>
        $$$"""{"success":true,"data":{"isCsvResponse":true,"csvResponse":{"data":{{{rows}}}}},"chartEditUrl":"Edit Chart: [Open in Amplitude](https://app.amplitude.com/analytics/acme/chart/new/a5fc25a1)"}""";

    private const string Events = """
        {"success":true,"results":[
          {"type":"EVENT","name":"Purchase","description":"A plan was bought","appId":"100001","volume30Days":3973},
          {"type":"EVENT","name":"Sign Up","appId":"100001","volume30Days":3400},
          {"type":"EVENT","name":"Play Content","appId":"100001","volume30Days":120000}]}
        """;

    private const string Charts = """{"success":true,"results":[{"type":"CHART","id":"n1","name":"Activation funnel","appId":"100001","chartType":"funnel"}]}""";

    private const string UserProperties = """
        {"success":true,"properties":[
          {"name":"platform","propertyType":"user","type":"string","enumValues":["iOS","Android"]},
          {"name":"channel","propertyType":"user","type":"string","enumValues":["organic","paid_search"]}]}
        """;

    private const string EventProperties = """{"success":true,"properties":[{"name":"$revenue","eventType":"Purchase","propertyType":"event","type":"number","enumValues":["9.99"]}]}""";

    private const string ActivationFunnel = """
        {"success":true,"results":[{"success":true,"chartId":"n1","name":"Activation funnel","chart":{"kind":"funnel",
          "steps":[{"event":"Sign Up"},{"event":"Play Content"}],"conversion_window":{"value":7,"unit":"day"},"mode":"ordered","date_range":{"relative":"Last 30 Days"}}}]}
        """;

    private const string Funnel = """
        {"success":true,"data":{"isCsvResponse":false,"jsonResponse":{"data":[{"meta":{"segmentIndex":0},"events":["Sign Up","Play Content"],
          "cumulativeRaw":[3360,2613],"medianTransTimes":[0,56826],"groupValue":null}]}}}
        """;

    private const string Retention = """
        {"success":true,"data":{"isCsvResponse":false,"jsonResponse":{"series":[
          {"dates":["Nov 2","Nov 1"],"values":{"Nov 1":[{"count":100,"outof":100},{"count":90,"outof":100},{"count":40,"outof":100}],"Nov 2":[{"count":50,"outof":50},{"count":45,"outof":50},{"count":10,"outof":50,"incomplete":true}]}}],
          "seriesMeta":[{"segmentIndex":0,"groupValue":null}]}}}
        """;
}
