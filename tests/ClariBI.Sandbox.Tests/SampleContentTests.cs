using System.Text.Json;

namespace ClariBI.Sandbox.Tests;

/// <summary>Whatever a generator put into org.json can be read by the tools it is meant for.</summary>
public sealed class SampleContentTests
{
    [Theory]
    [InlineData("media")]
    [InlineData("saas")]
    [InlineData("marketplace")]
    public async Task Everything_saved_in_the_sample_data_can_be_read_and_computed(string sample)
    {
        var folder = Directory.CreateTempSubdirectory("sandbox-sample-").FullName;
        try
        {
            await using var factory = SandboxServer.Start(folder, null, ("sample", sample));
            _ = factory.Server;
            var organisations = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "org.json"), TestContext.Current.CancellationToken)).RootElement.GetProperty("organisations");
            var read = 0;
            foreach (var organisation in organisations.EnumerateArray().Where(item => !item.TryGetProperty("region", out var region) || region.GetString() == "us"))
            {
                var account = new SandboxAccount(factory.CreateClient(new() { AllowAutoRedirect = false, BaseAddress = new("http://localhost:8787") }));
                await using var tools = await account.ConnectAsync(organisation: organisation.GetProperty("id").GetString()!);
                foreach (var project in organisation.GetProperty("projects").EnumerateArray())
                {
                    read += await ReadAsync(tools, project);
                }
            }

            read.ShouldBeGreaterThan(5);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<int> ReadAsync(Tools tools, JsonElement project)
    {
        var id = project.GetProperty("id").GetString();
        var count = 0;
        foreach (var experiment in Items(project, "experiments"))
        {
            var metrics = string.Join(',', experiment.GetProperty("metrics").EnumerateArray().Select(metric => metric.GetProperty("metricId").GetRawText()));
            var reply = await tools.ReadAsync("use_amp_experiments", $$"""{"action":"analyze","id":{{experiment.GetProperty("id").GetRawText()}},"metricIds":[{{metrics}}]}""");
            reply.GetProperty("variants").EnumerateArray().Sum(variant => variant.GetProperty("users").GetInt32()).ShouldBeGreaterThan(experiment.GetProperty("state").GetString() == "planned" ? -1 : 0);
            count++;
        }

        foreach (var (list, tool, field) in new[] { ("dashboards", "use_amp_dashboards", "dashboardIds"), ("notebooks", "use_amp_notebooks", "notebookIds"), ("cohorts", "use_amplitude_cohorts", "cohortIds") })
        {
            foreach (var item in Items(project, list))
            {
                var read = await tools.ReadAsync(tool, $$"""{"action":"get","{{field}}":[{{item.GetProperty("id").GetRawText()}}]}""");
                foreach (var chart in read.GetProperty(list)[0].TryGetProperty("chartIds", out var charts) ? charts.EnumerateArray() : default)
                {
                    (await tools.ReadAsync("get_amplitude_charts", $$"""{"chartIds":[{{chart.GetRawText()}}],"include":"data"}""")).GetProperty("failedCount").GetInt32().ShouldBe(0);
                }

                count++;
            }
        }

        foreach (var metric in Items(project, "metrics"))
        {
            await tools.ReadAsync("use_amplitude_metrics", $$"""{"projectId":"{{id}}","metricIds":[{{metric.GetProperty("id").GetRawText()}}],"dateRange":{"relative":"Last 7 Days"} }""");
            count++;
        }

        (await tools.ReadAsync("use_amplitude_ai_feedback", $$"""{"action":"trends","projectId":"{{id}}"}""")).GetProperty("success").GetBoolean().ShouldBeTrue();
        return count;
    }

    private static JsonElement.ArrayEnumerator Items(JsonElement project, string name) => project.TryGetProperty(name, out var items) ? items.EnumerateArray() : default;
}
