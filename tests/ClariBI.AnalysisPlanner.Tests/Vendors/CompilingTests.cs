using System.Text.Json.Nodes;
using ClariBI.AnalysisPlanner.Vendors.Amplitude;
using ClariBI.AnalysisPlanner.Vendors.Amplitude.Compiling;
using ClariBI.Contracts.AnalysisPlanner;
using ClariBI.Contracts.Connector;

namespace ClariBI.AnalysisPlanner.Tests.Vendors;

public sealed class CompilingTests
{
    private static readonly AmplitudeTool Typed = Tool("""{"properties":{"projectId":{},"chart":{},"definition":{},"groupByLimit":{},"timeSeriesLimit":{}}}""");
    private static readonly AmplitudeTool Raw = Tool("""{"properties":{"projectId":{},"definition":{},"groupByLimit":{},"timeSeriesLimit":{}}}""");

    private static readonly AnalysisQuery Plays = new()
    {
        Kind = QueryKind.Breakdown,
        Measures = [new Measure("Play Content", Aggregation.Totals) { Filters = [new PropertyFilter("genre", PropertyScope.Event, FilterOperator.Is, ["pop", "rock"])] }],
        Filters = [new PropertyFilter("plan", PropertyScope.User, FilterOperator.IsNot, ["free"])],
        GroupBy = [new GroupBy("platform", PropertyScope.User)],
        Segments = [new Segment("Paid", [new PropertyFilter("channel", PropertyScope.User, FilterOperator.Is, ["paid_search"])])],
        Range = DateRange.LastDays(7),
        Interval = Interval.Week,
    };

    [Fact]
    public void The_typed_form_is_sent_where_the_tool_takes_it() => Same(Compile(Typed, Plays), """
        {"projectId":"100001","chart":{
          "events":[{"event":"Play Content","where":[
            {"property":"genre","op":"is","values":["pop","rock"],"scope":"event"},{"property":"plan","op":"is not","values":["free"],"scope":"user"}]}],
          "measured_as":{"as":"event_totals"},"kind":"segmentation",
          "date_range":{"start":1794873600,"end":1795478399,"timezone":"UTC"},"interval":"week",
          "group_by":[{"property":"platform","scope":"user"}],
          "segments":[{"where":[{"property":"channel","op":"is","values":["paid_search"],"scope":"user"}]}]},
         "groupByLimit":1000,"timeSeriesLimit":0}
        """);

    [Fact]
    public void The_raw_form_prefixes_user_properties_that_are_not_built_in()
    {
        var definition = Compile(Raw, Plays)["definition"]!;

        definition["app"]!.GetValue<string>().ShouldBe("100001");
        definition["type"]!.GetValue<string>().ShouldBe("eventsSegmentation");
        var parameters = definition["params"]!;
        parameters["events"]![0]!["filters"]![0]!["subprop_key"]!.GetValue<string>().ShouldBe("genre");
        parameters["events"]![0]!["filters"]![1]!["subprop_key"]!.GetValue<string>().ShouldBe("gp:plan");
        parameters["groupBy"]![0]!["value"]!.GetValue<string>().ShouldBe("platform");
        parameters["segments"]![0]!["conditions"]![0]!["prop"]!.GetValue<string>().ShouldBe("gp:channel");
        parameters["segments"]![0]!["name"]!.GetValue<string>().ShouldBe("Paid");
        parameters["metric"]!.GetValue<string>().ShouldBe("totals");
        parameters["interval"]!.GetValue<int>().ShouldBe(7);
        parameters.AsObject().ContainsKey("range").ShouldBeFalse();
    }

    [Fact]
    public void A_property_metric_names_its_property_in_the_events_own_grouping()
    {
        var chart = Compile(Typed, Plays with { Measures = [new Measure("Purchase", Aggregation.PropertySum, "$revenue")], Filters = [], Segments = [] })["chart"]!;

        chart["events"]![0]!["group_by"]![0]!["property"]!.GetValue<string>().ShouldBe("$revenue");
        chart["measured_as"]!["as"]!.GetValue<string>().ShouldBe("property_sum");
    }

    [Fact]
    public void A_funnel_says_its_window_and_order()
    {
        var query = new AnalysisQuery { Kind = QueryKind.Funnel, Steps = [new FunnelStep("a"), new FunnelStep("b")], ConversionWindowDays = 3, Range = DateRange.LastDays(7) };

        var chart = Compile(Typed, query, measure: false)["chart"]!;
        chart["conversion_window"]!["value"]!.GetValue<int>().ShouldBe(3);
        chart["mode"]!.GetValue<string>().ShouldBe("ordered");
        Compile(Raw, query, measure: false)["definition"]!["params"]!["conversionWindow"]!["unit"]!.GetValue<string>().ShouldBe("day");
    }

    [Fact]
    public void Retention_says_its_method_since_the_default_is_another()
    {
        var query = new AnalysisQuery { Kind = QueryKind.Retention, Retention = new RetentionSpec("_new", "_active", 7), Range = DateRange.LastDays(30) };

        Compile(Typed, query, measure: false)["chart"]!["retention_method"]!.GetValue<string>().ShouldBe("nday");
        Compile(Raw, query, measure: false)["definition"]!["params"]!["retentionMethod"]!.GetValue<string>().ShouldBe("nday");
    }

    [Fact]
    public void A_day_begins_at_midnight_in_the_projects_zone_also_when_clocks_change()
    {
        // New York left daylight saving time on 1 November 2026: that day has 25 hours.
        var ask = Ask(Plays, new DateOnly(2026, 11, 1), new DateOnly(2026, 11, 1), "America/New_York");

        DateTimeOffset.FromUnixTimeSeconds(ask.StartEpoch).ShouldBe(new DateTimeOffset(2026, 11, 1, 4, 0, 0, TimeSpan.Zero));
        (ask.EndEpoch - ask.StartEpoch + 1).ShouldBe(25 * 3600);
    }

    [Fact]
    public void What_the_older_tools_cannot_compute_is_said() =>
        Should.Throw<PlannerProblemException>(() => Compile(Raw, Plays with { Measures = [new Measure("Purchase", Aggregation.PropertyMedian, "price")] }))
            .Problem.Type.ShouldBe("query-not-supported");

    private static JsonObject Compile(AmplitudeTool tool, AnalysisQuery query, bool measure = true) =>
        CallCompiler.Compile(tool, Ask(query, new DateOnly(2026, 11, 17), new DateOnly(2026, 11, 23), "UTC") with { Measure = measure ? query.Measures[0] : null });

    private static ChartAsk Ask(AnalysisQuery query, DateOnly start, DateOnly end, string zone) =>
        new(query, query.Measures.Count > 0 ? query.Measures[0] : null, "100001", start, end, zone, TotalsOnly: true);

    private static void Same(JsonNode actual, string expected) =>
        JsonNode.DeepEquals(actual, JsonNode.Parse(expected)).ShouldBeTrue(actual.ToJsonString());

    private static AmplitudeTool Tool(string schema) => new(new ToolInfo("query", null, null, schema));
}
