using System.Text.Json;

namespace ClariBI.Sandbox.Tests;

/// <summary>Each generator's folder: the same on every run, rich enough, and accepted by the sandbox itself.</summary>
public sealed class DataGeneratorTests(DataGeneratorTests.Samples samples) : IClassFixture<DataGeneratorTests.Samples>
{
    public sealed class Samples : IDisposable
    {
        private readonly List<string> folders = [];
        private readonly Dictionary<string, string> kept = [];

        public async Task<string> FolderAsync(string sample) => kept.TryGetValue(sample, out var known) ? known : kept[sample] = await WriteAsync(sample, 1500);

        public async Task<string> WriteAsync(string sample, int users)
        {
            var folder = Directory.CreateTempSubdirectory("sandbox-generated-").FullName;
            folders.Add(folder);
            await using var host = SandboxServer.Start(folder, null, ("users", users.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("sample", sample));
            _ = host.Server;
            return folder;
        }

        public void Dispose()
        {
            foreach (var folder in folders)
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    [Theory]
    [InlineData("media")]
    [InlineData("saas")]
    [InlineData("marketplace")]
    public async Task The_same_seed_and_clock_give_the_same_bytes(string sample)
    {
        var (one, two) = (await samples.WriteAsync(sample, 200), await samples.WriteAsync(sample, 200));

        var files = Directory.GetFiles(one, "*.json*").Select(Path.GetFileName).Where(name => name != "grants.json").Order().ToArray();
        files.Length.ShouldBeGreaterThanOrEqualTo(3);
        foreach (var file in files)
        {
            var (first, second) = (await File.ReadAllBytesAsync(Path.Combine(one, file!), TestContext.Current.CancellationToken), await File.ReadAllBytesAsync(Path.Combine(two, file!), TestContext.Current.CancellationToken));
            first.AsSpan().SequenceEqual(second).ShouldBeTrue(file);
        }
    }

    [Theory]
    [InlineData("media", "100001", 16)]
    [InlineData("saas", "310001", 30)]
    [InlineData("marketplace", "410001", 30)]
    public async Task The_events_are_many_sided(string sample, string project, int eventTypes)
    {
        var lines = File.ReadLines(Path.Combine(await samples.FolderAsync(sample), project + ".jsonl")).Select(line => JsonDocument.Parse(line).RootElement).ToArray();

        var times = lines.Select(line => line.GetProperty("event_time").GetString()!).ToArray();
        lines.Select(line => line.GetProperty("event_type").GetString()).Distinct().Count().ShouldBeGreaterThanOrEqualTo(eventTypes);
        lines.Select(line => line.GetProperty("$insert_id").GetString()).Distinct().Count().ShouldBe(lines.Length);
        times.Max(StringComparer.Ordinal)!.ShouldBeLessThan("2026-11-22 15:00:01");
        times.Max(StringComparer.Ordinal)!.ShouldStartWith("2026-11-22");
        lines.ShouldContain(line => line.GetProperty("user_id").ValueKind == JsonValueKind.Null);
        lines.Where(line => line.GetProperty("amplitude_id").ValueKind == JsonValueKind.Number).GroupBy(line => line.GetProperty("amplitude_id").GetInt64())
            .ShouldContain(user => user.Select(line => line.GetProperty("device_id").GetString()).Distinct().Count() > 1);
        Kinds(lines).ShouldBeSubsetOf([JsonValueKind.String, JsonValueKind.Number, JsonValueKind.True, JsonValueKind.False, JsonValueKind.Array, JsonValueKind.Null, JsonValueKind.Object]);
        if (sample != "media")
        {
            Kinds(lines).ShouldContain(JsonValueKind.Array);
            Kinds(lines).ShouldContain(JsonValueKind.Null);
            times.Zip(times.Skip(1)).Count(pair => string.CompareOrdinal(pair.First, pair.Second) > 0).ShouldBeGreaterThan(10, "some lines are out of order");
        }
    }

    [Theory]
    [InlineData("media", 0)]
    [InlineData("saas", 0)]
    [InlineData("marketplace", 1)]
    public async Task The_content_is_complete_and_tied_to_the_events(string sample, int mismatches)
    {
        var folder = await samples.FolderAsync(sample);
        using var organisation = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "org.json"), TestContext.Current.CancellationToken));
        var root = organisation.RootElement;
        var project = root.GetProperty("organisations")[0].GetProperty("projects")[0];
        var lines = File.ReadLines(Path.Combine(folder, project.GetProperty("id").GetString() + ".jsonl")).Select(line => JsonDocument.Parse(line).RootElement).ToArray();

        var organisations = root.GetProperty("organisations").EnumerateArray().ToArray();
        organisations.Length.ShouldBe(2);
        organisations.ShouldContain(item => item.GetProperty("projects").GetArrayLength() > 1);
        root.GetProperty("accounts").EnumerateArray().Select(account => string.Join('+', account.GetProperty("mcp").EnumerateArray())).ShouldBe(["read", "", "read+write"]);
        var charts = project.GetProperty("charts").EnumerateArray().Select(chart => chart.TryGetProperty("chart", out var typed) ? typed.GetProperty("kind").GetString() : chart.GetProperty("definition").GetProperty("type").GetString()).ToHashSet();
        charts.ShouldBe(["segmentation", "funnel", "retention", "sessions", "data_table", "eventsSegmentation", "funnels", "revenueLtv", "dataTableV2", "stickiness", "composition"], ignoreOrder: true);
        Count(project, "dashboards").ShouldBeGreaterThanOrEqualTo(2);
        Count(project, "notebooks").ShouldBe(1);
        Count(project, "metrics").ShouldBeGreaterThanOrEqualTo(5);
        Count(project, "flags").ShouldBeGreaterThanOrEqualTo(2);
        Count(project.GetProperty("feedback"), "comments").ShouldBeGreaterThanOrEqualTo(40);
        Count(project.GetProperty("feedback"), "insights").ShouldBeGreaterThanOrEqualTo(6);
        var described = project.GetProperty("taxonomy").GetProperty("events").EnumerateObject().Select(entry => entry.Name);
        lines.Select(line => line.GetProperty("event_type").GetString()!).Distinct().ShouldBeSubsetOf(described);
        project.GetProperty("experiments").EnumerateArray().Count(experiment => IsLopsided(experiment, lines)).ShouldBe(mismatches);
    }

    [Theory]
    [InlineData("media", "northwind")]
    [InlineData("saas", "planwerk")]
    [InlineData("marketplace", "makers")]
    public async Task Every_saved_chart_has_data_in_each_of_its_forms(string sample, string organisation)
    {
        var folder = await samples.FolderAsync(sample);
        using var file = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "org.json"), TestContext.Current.CancellationToken));
        var project = file.RootElement.GetProperty("organisations")[0].GetProperty("projects")[0];
        await using var host = SandboxServer.Start(folder, null, ("users", "1500"), ("sample", sample));
        await using var tools = await new SandboxAccount(host.CreateClient(new() { AllowAutoRedirect = false, BaseAddress = new("http://localhost:8787") })).ConnectAsync(organisation: organisation);
        var charts = project.GetProperty("charts").EnumerateArray().ToArray();
        charts.Length.ShouldBeGreaterThan(10);
        foreach (var chart in charts)
        {
            var id = chart.GetProperty("id").GetString()!;
            var (isError, text) = await tools.CallAsync("get_amplitude_charts", $$"""{"chartIds":["{{id}}"],"include":"data"}""");
            isError.ShouldBeFalse($"{id}: {text}");
            text.ShouldMatch("[1-9]", id);
            foreach (var form in chart.TryGetProperty("chart", out _) ? ["typed", "definition"] : new[] { "definition" })
            {
                var (_, read) = await tools.CallAsync("get_amplitude_charts", $$"""{"chartIds":["{{id}}"],"include":"{{form}}"}""");
                var field = form == "typed" ? "chart" : "definition";
                var given = JsonDocument.Parse(read).RootElement.GetProperty("results")[0].GetProperty(field).GetRawText();
                var (isRefused, answer) = await tools.CallAsync("query_amplitude_data", $$"""{"projectId":"{{project.GetProperty("id").GetString()}}","{{field}}":{{given}}}""");
                isRefused.ShouldBeFalse($"{id}, {form}: {answer}");
            }
        }
    }

    private static int Count(JsonElement owner, string list) => owner.GetProperty(list).GetArrayLength();

    private static HashSet<JsonValueKind> Kinds(JsonElement[] lines) => [.. lines.SelectMany(line => line.GetProperty("event_properties").EnumerateObject()).Select(property => property.Value.ValueKind)];

    /// <summary>Chi-squared against the weights, at one percent; only two variants and three occur.</summary>
    private static bool IsLopsided(JsonElement experiment, JsonElement[] lines)
    {
        var key = experiment.GetProperty("key").GetString();
        var seen = lines.Where(line => line.GetProperty("event_type").GetString() == "$exposure" && line.GetProperty("event_properties").GetProperty("flag_key").GetString() == key)
            .GroupBy(line => line.GetProperty("event_properties").GetProperty("variant").GetString()!).ToDictionary(group => group.Key, group => group.Select(line => line.GetProperty("amplitude_id").ToString() + line.GetProperty("device_id")).Distinct().Count());
        var variants = experiment.GetProperty("variants").EnumerateArray().Select(variant => (Key: variant.GetProperty("key").GetString()!, Weight: variant.GetProperty("weight").GetDouble())).ToArray();
        seen.Keys.ShouldBe(variants.Select(variant => variant.Key), ignoreOrder: true);
        var (all, weights) = ((double)seen.Values.Sum(), variants.Sum(variant => variant.Weight));
        var distance = variants.Sum(variant => Math.Pow(seen[variant.Key] - (all * variant.Weight / weights), 2) / (all * variant.Weight / weights));
        return distance > (variants.Length == 2 ? 6.635 : 9.210);
    }
}
