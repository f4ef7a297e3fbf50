using System.Text.Json;

namespace ClariBI.Sandbox.Tests;

/// <summary>Experiment statistics against figures worked out here from the lines and the rules alone.</summary>
public sealed class ExperimentTests(ContentServers servers) : IAsyncLifetime
{
    private static readonly DateTime Start = new(2026, 10, 31, 23, 0, 0, DateTimeKind.Utc);
    private static readonly DateTime End = new(2026, 11, 15, 23, 0, 0, DateTimeKind.Utc);
    private Tools tools = null!;

    public async ValueTask InitializeAsync() => tools = await servers.Gen3.ConnectAsync();

    public ValueTask DisposeAsync() => tools.DisposeAsync();

    [Theory]
    [InlineData("m-buyers", true)]
    [InlineData("m-orders", false)]
    [InlineData("m-revenue", false)]
    [InlineData("m-funnel", true)]
    public async Task Lift_p_value_and_interval_are_those_of_the_exposed_users(string metric, bool isRate)
    {
        var reply = await AnalyzeAsync($$"""{"action":"analyze","id":"501","metricIds":["{{metric}}"]}""");

        var (control, treatment) = (Values("control", metric), Values("treatment", metric));
        control.Length.ShouldBeGreaterThan(100);
        control.Distinct().Count().ShouldBeGreaterThan(1);
        var (a, b) = (Describe(control, isRate), Describe(treatment, isRate));
        var results = reply.GetProperty("metrics")[0].GetProperty("results");
        results[0].GetProperty("users").GetInt32().ShouldBe(control.Length);
        results[0].GetProperty("value").GetDouble().ShouldBe(a.Mean, 1e-9);
        var result = results[1];
        result.GetProperty("users").GetInt32().ShouldBe(treatment.Length);
        result.GetProperty("value").GetDouble().ShouldBe(b.Mean, 1e-9);
        result.GetProperty("absoluteLift").GetDouble().ShouldBe(b.Mean - a.Mean, 1e-9);
        result.GetProperty("relativeLift").GetDouble().ShouldBe((b.Mean - a.Mean) / a.Mean, 1e-9);
        var error = Math.Sqrt((a.Variance / control.Length) + (b.Variance / treatment.Length));
        result.GetProperty("pValue").GetDouble().ShouldBe(TwoSided((b.Mean - a.Mean) / error), 1e-9);
        var interval = result.GetProperty("confidenceInterval");
        interval.GetProperty("low").GetDouble().ShouldBe(b.Mean - a.Mean - (1.959963985 * error), 1e-7);
        interval.GetProperty("high").GetDouble().ShouldBe(b.Mean - a.Mean + (1.959963985 * error), 1e-7);
    }

    [Fact]
    public async Task The_whole_experiment_is_judged_and_the_primary_metric_is_the_default()
    {
        var reply = await AnalyzeAsync("""{"action":"analyze","id":"501"}""");

        reply.GetProperty("metrics").EnumerateArray().Select(metric => metric.GetProperty("metricId").GetString()).ShouldBe(["m-buyers"]);
        reply.GetProperty("srmDetected").GetBoolean().ShouldBe(Mismatch("checkout", "control", "treatment", 0.5) < 0.01);
        reply.GetProperty("srmDetected").GetBoolean().ShouldBeFalse();
        reply.GetProperty("recommendation").GetString().ShouldBe("rollout");
        reply.GetProperty("statsAssumptionsMetForWholeExperiment").GetBoolean().ShouldBeTrue();
        var result = reply.GetProperty("metrics")[0].GetProperty("results")[1];
        foreach (var check in new[] { "isVariancePositive", "isConfidenceIntervalNotFlipped", "isStandardErrorLargeEnough", "isPointEstimateInsideConfidenceInterval", "isMeanValid" })
        {
            result.GetProperty(check).GetBoolean().ShouldBeTrue(check);
        }

        result.GetProperty("hasSuspiciousUplift").GetBoolean().ShouldBe(result.GetProperty("relativeLift").GetDouble() > 1);
    }

    [Fact]
    public async Task Traffic_that_does_not_fit_the_weights_is_a_mismatch_and_nothing_is_recommended()
    {
        var reply = await AnalyzeAsync("""{"action":"analyze","id":"502"}""");

        Mismatch("banner", "off", "on", 0.5).ShouldBeLessThan(0.01);
        reply.GetProperty("srmDetected").GetBoolean().ShouldBeTrue();
        reply.GetProperty("ssrmTimeseries").GetProperty("srmDetected").GetBoolean().ShouldBeTrue();
        reply.GetProperty("recommendation").ValueKind.ShouldBe(JsonValueKind.Null);
        reply.GetProperty("statsAssumptionsMetForWholeExperiment").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task Filters_and_groups_look_at_the_first_exposure()
    {
        var grouped = await AnalyzeAsync("""{"action":"analyze","id":"501","groupBy":[{"type":"user","value":"tier"}]}""");
        var filtered = await AnalyzeAsync("""{"action":"analyze","id":"501","filters":[{"subprop_type":"user","subprop_key":"gp:tier","subprop_op":"is","subprop_value":["gold"]}]}""");

        var gold = Exposures("checkout").Count(item => item["u:tier"] == "gold" && item["e:variant"] == "treatment");
        gold.ShouldBeGreaterThan(10);
        filtered.GetProperty("variants")[1].GetProperty("users").GetInt32().ShouldBe(gold);
        var groups = grouped.GetProperty("metrics")[0].GetProperty("results").EnumerateArray().ToArray();
        groups.Select(item => item.GetProperty("groupValue").GetString()).Distinct().ShouldBe(["basic", "gold"]);
        var treated = groups.Single(item => item.GetProperty("groupValue").GetString() == "gold" && item.GetProperty("variant").GetString() == "treatment");
        treated.GetProperty("users").GetInt32().ShouldBe(gold);
        treated.GetProperty("value").GetDouble().ShouldBe(filtered.GetProperty("metrics")[0].GetProperty("results")[1].GetProperty("value").GetDouble(), 1e-12);
    }

    [Theory]
    [InlineData("""{"action":"analyze","id":"x1"}""", "id: Input should match")]
    [InlineData("""{"action":"analyze"}""", "id: Field required")]
    [InlineData("""{"action":"analyze","id":"999"}""", "NotFoundError: No experiment 999")]
    [InlineData("""{"action":"analyze","id":"501","metricIds":["nope"]}""", "NotFoundError: No metric nope")]
    [InlineData("""{"action":"analyze","id":"501","metricIds":["a","b","c","d","e","f","g","h","i","j","k"]}""", "metricIds: Array should have at most 10 items")]
    [InlineData("""{"action":"analyze","id":"501","groupBy":[{"value":"nope"}]}""", "Invalid user property nope")]
    [InlineData("""{"action":"get"}""", "ids: Field required")]
    public async Task A_mistake_is_named(string arguments, string expected) => (await tools.FailAsync("use_amp_experiments", arguments)).ShouldContain(expected);

    [Fact]
    public async Task An_experiment_tells_its_variants_decision_and_metric_ids()
    {
        var experiment = (await tools.ReadAsync("use_amp_experiments", """{"ids":["checkout"]}""")).GetProperty("experiments")[0];

        experiment.GetProperty("id").GetString().ShouldBe("501");
        experiment.GetProperty("decision").GetString().ShouldBe("treatment");
        experiment.GetProperty("variants").GetArrayLength().ShouldBe(2);
        experiment.GetProperty("metrics")[0].EnumerateObject().Select(field => field.Name).ShouldBe(["metricId", "goal"]);
    }

    private async Task<JsonElement> AnalyzeAsync(string arguments) => await tools.ReadAsync("use_amp_experiments", arguments);

    private ExportedEvent[] Exposures(string flag) =>
    [
        .. servers.Gen3.Events.All.Where(item => item.Type == "$exposure" && item["e:flag_key"] == flag && item.Time >= Start && item.Time < (flag == "checkout" ? End : SandboxServer.Now))
            .GroupBy(item => item.User).Select(group => group.MinBy(item => item.Order)!),
    ];

    private double[] Values(string variant, string metric) =>
    [
        .. Exposures("checkout").Where(item => item["e:variant"] == variant).Select(exposure =>
        {
            var after = servers.Gen3.Events.All.Where(item => item.User == exposure.User && item.Order >= exposure.Order && item.Time < End).ToArray();
            var orders = after.Where(item => item.Type == "Order").ToArray();
            return metric switch
            {
                "m-buyers" => orders.Length > 0 ? 1 : 0,
                "m-orders" => orders.Length,
                "m-revenue" => orders.Sum(item => item.Number("e:price") ?? 0),
                _ => after.Any(view => view.Type == "View" && orders.Any(order => order.Order > view.Order && order.Time <= view.Time.AddHours(1))) ? 1 : 0,
            };
        }),
    ];

    private static (double Mean, double Variance) Describe(double[] values, bool isRate)
    {
        var mean = values.Sum() / values.Length;
        return (mean, isRate ? mean * (1 - mean) : values.Sum(value => Math.Pow(value - mean, 2)) / (values.Length - 1));
    }

    /// <summary>With two variants χ² has one degree of freedom: the square of a standard normal.</summary>
    private double Mismatch(string flag, string first, string second, double share)
    {
        var exposures = Exposures(flag);
        var (one, two) = (exposures.Count(item => item["e:variant"] == first), exposures.Count(item => item["e:variant"] == second));
        var (a, b) = ((one + two) * share, (one + two) * (1 - share));
        return TwoSided(Math.Sqrt((Math.Pow(one - a, 2) / a) + (Math.Pow(two - b, 2) / b)));
    }

    /// <summary>Simpson's rule over the normal density, from |z| to far out.</summary>
    private static double TwoSided(double z)
    {
        const int pieces = 20_000;
        var (from, width) = (Math.Abs(z), 12.0 / pieces);
        double Density(double x) => Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);
        var sum = Density(from) + Density(from + 12);
        for (var piece = 1; piece < pieces; piece++)
        {
            sum += Density(from + (piece * width)) * (piece % 2 == 1 ? 4 : 2);
        }

        return 2 * sum * width / 3;
    }
}
