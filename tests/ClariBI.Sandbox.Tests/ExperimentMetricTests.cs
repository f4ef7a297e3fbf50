using System.Globalization;
using System.Text.Json;

namespace ClariBI.Sandbox.Tests;

/// <summary>Which metrics an experiment can be judged by, and what is recommended from them.</summary>
public sealed class ExperimentMetricTests(ExperimentMetricTests.OwnData own) : IClassFixture<ExperimentMetricTests.OwnData>
{
    private const string Order = """{"event":"Order"}""";
    private const string Range = """ "date_range":{"relative":"Last 30 Days"} """;
    private readonly Tools tools = own.Tools;

    /// <summary>100 users a variant. Treatment orders more, in the app less; every treated user complains.</summary>
    public sealed class OwnData : IAsyncLifetime
    {
        private readonly DataFolder folder = new();

        internal Tools Tools { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            var metrics = Charts.Select(chart => $$"""{"id":"{{chart.Id}}","name":"{{chart.Id}}","chart":{{chart.Chart}} }""");
            folder.With("7.jsonl", [.. Lines()]).With("org.json", DataFolder.Organisation($$"""
                ,"metrics":[{{string.Join(',', metrics)}}],
                "experiments":[{{Experiment(1, "checkout", """{"metricId":"orders","goal":"success"},{"metricId":"app","goal":"success"},{"metricId":"errors","goal":"guardrail"}""")}},
                  {{Experiment(2, "guarded", """{"metricId":"errors","goal":"guardrail"},{"metricId":"orders","goal":"success"}""")}}]
                """));
            Tools = await folder.OpenAsync();
        }

        public async ValueTask DisposeAsync()
        {
            await Tools.DisposeAsync();
            await folder.DisposeAsync();
        }

        private static string Experiment(int id, string key, string metrics) => $$"""
            {"id":"{{id}}","key":"{{key}}","name":"X","start":"2026-11-01","variants":[{"key":"control","name":"Old","weight":1},{"key":"treatment","name":"New","weight":1}],"metrics":[{{metrics}}]}
            """;

        private static IEnumerable<string> Lines()
        {
            for (var user = 1; user <= 200; user++)
            {
                var isTreated = user % 2 == 0;
                yield return Line(user, "$exposure", 0, isTreated ? "treatment" : "control", "Web");
                yield return Line(user, "$exposure", 0, isTreated ? "treatment" : "control", "Web", "guarded");
                yield return Line(user, "View", 1, "", user % 4 < 2 ? "Web" : "App");
                if (user <= (isTreated ? 160 : 60))
                {
                    yield return Line(user, "Order", 2, "", "Web");
                }

                if (user > (isTreated ? 160 : 40))
                {
                    yield return Line(user, "Order", 3, "", "App");
                }

                if (isTreated || user < 10)
                {
                    yield return Line(user, "Error", 4, "", "Web");
                }
            }
        }

        private static string Line(int user, string type, int minute, string variant, string platform, string flag = "checkout") => string.Create(CultureInfo.InvariantCulture, $$"""
            {"event_type":"{{type}}","event_time":"2026-11-10 10:{{minute:00}}:00","user_id":"u{{user}}","amplitude_id":{{user}},"platform":"{{platform}}","event_properties":{"flag_key":"{{flag}}","variant":"{{variant}}","price":2} }
            """);
    }

    private static readonly (string Id, string Chart)[] Charts =
    [
        ("orders", Segmentation(Order, """ "segments":[{"where":[{"property":"platform","op":"is","values":["Web"]}]}], """)),
        ("app", Segmentation(Order, """ "segments":[{"where":[{"property":"platform","op":"is","values":["App"]}]}], """)),
        ("errors", Segmentation("""{"event":"Error"}""")),
        ("funnel", $$"""{"kind":"funnel","steps":[{"event":"View"},{{Order}}],"segments":[{"where":[{"property":"platform","op":"is","values":["App"]}]}],{{Range}} }"""),
        ("two-events", Segmentation($$"""{{Order}},{"event":"View"}""")),
        ("two-segments", Segmentation(Order, """ "segments":[{"where":[{"property":"platform","op":"is","values":["App"]}]},{"where":[]}], """)),
        ("performed", Segmentation(Order, """ "segments":[{"performed":[{"event":"View","op":"greater or equal","count":1}]}], """)),
        ("grouped", Segmentation(Order, """ "group_by":[{"property":"platform"}], """)),
        ("rolling", Segmentation(Order, """ "rolling_window":7, """)),
        ("compared", Segmentation(Order, """ "period_over_period":"period", """)),
        ("formula", $$"""{"kind":"segmentation","events":[{{Order}}],"measured_as":{"as":"formula","formula":"UNIQUES(A)"},{{Range}} }"""),
        ("grouped-funnel", $$"""{"kind":"funnel","steps":[{"event":"View"},{{Order}}],"group_by":[{"property":"platform"}],{{Range}} }"""),
    ];

    private static string Segmentation(string events, string more = "") => $$"""{"kind":"segmentation","events":[{{events}}],"measured_as":{"as":"unique_users"},{{more}}{{Range}} }""";

    [Theory]
    [InlineData("orders", 0.3, 0.8)]
    [InlineData("app", 0.8, 0.2)]
    [InlineData("funnel", 0.5, 0.5)]
    public async Task A_segment_of_the_metrics_chart_holds(string metric, double control, double treatment)
    {
        var results = (await AnalyzeAsync(1, metric)).GetProperty("metrics")[0].GetProperty("results");

        results[0].GetProperty("value").GetDouble().ShouldBe(control, 1e-9);
        results[1].GetProperty("value").GetDouble().ShouldBe(treatment, 1e-9);
    }

    [Theory]
    [InlineData("two-events")]
    [InlineData("two-segments")]
    [InlineData("performed")]
    [InlineData("grouped")]
    [InlineData("rolling")]
    [InlineData("compared")]
    [InlineData("formula")]
    [InlineData("grouped-funnel")]
    public async Task What_is_not_computed_per_user_is_refused(string metric) =>
        (await tools.FailAsync("use_amp_experiments", $$"""{"action":"analyze","id":"1","metricIds":["{{metric}}"]}""")).ShouldStartWith($"Metric {metric} cannot be analysed per user");

    [Fact]
    public async Task Only_what_is_to_succeed_is_recommended_and_the_experiment_by_its_first_metric()
    {
        var both = await AnalyzeAsync(1, "errors", "app", "orders");
        var other = await AnalyzeAsync(1, "app");
        var guarded = await AnalyzeAsync(2, "orders");

        both.GetProperty("metrics").EnumerateArray().Select(metric => metric.GetProperty("recommendation").GetString()).ShouldBe([null, "rollback", "rollout"]);
        both.GetProperty("metrics")[0].GetProperty("results")[1].GetProperty("isStatisticallySignificant").GetBoolean().ShouldBeTrue();
        both.GetProperty("recommendation").GetString().ShouldBe("rollout");
        other.GetProperty("recommendation").GetString().ShouldBe("rollout");
        guarded.GetProperty("recommendation").GetString().ShouldBeNull();
    }

    private Task<JsonElement> AnalyzeAsync(int id, params string[] metrics) =>
        tools.ReadAsync("use_amp_experiments", $$"""{"action":"analyze","id":"{{id}}","metricIds":{{JsonSerializer.Serialize(metrics)}}}""");
}
