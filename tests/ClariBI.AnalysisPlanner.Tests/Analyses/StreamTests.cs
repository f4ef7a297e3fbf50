using System.Net;
using System.Text.Json.Nodes;
using ClariBI.AnalysisPlanner.Analyses.Running;
using ClariBI.AnalysisPlanner.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace ClariBI.AnalysisPlanner.Tests.Analyses;

public sealed class StreamTests(PlannerHost host) : IClassFixture<PlannerHost>
{
    private const string Question = "How many users did Purchase in the last 7 days?";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Steps_come_as_they_happen_and_the_stream_ends_with_the_result()
    {
        var (client, workspace, _) = host.Workspace();
        var open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Connector.Answer = async call =>
        {
            if (call.WorkspaceId == workspace && call.Tool == "query_amplitude_data")
            {
                await open.Task;
            }

            return null;
        };
        var id = await client.AskedAsync(Question);

        using var response = await client.SendAsync(
            new HttpRequestMessage(HttpMethod.Get, $"/api/analyses/{id}/events"), HttpCompletionOption.ResponseHeadersRead, Ct);
        response.Content.Headers.ContentType?.MediaType.ShouldBe("text/event-stream");
        response.Headers.CacheControl?.NoCache.ShouldBeTrue();
        response.Headers.GetValues("X-Accel-Buffering").ShouldBe(["no"]);

        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Ct));
        var seen = new List<string>();
        var heartbeats = 0;
        string? name = null;
        while (await reader.ReadLineAsync(Ct) is { } line)
        {
            if (line.StartsWith(':'))
            {
                // It waits for the vendor: time enough for a comment, and then it may go on.
                heartbeats++;
                open.TrySetResult();
            }
            else if (line.StartsWith("event: ", StringComparison.Ordinal))
            {
                name = line[7..];
            }
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                var data = JsonNode.Parse(line[6..])!;
                seen.Add(name == "step" ? data.Text("key") : $"{name}:{data.Text("status")}");
            }
        }

        heartbeats.ShouldBeGreaterThan(0);
        seen[^1].ShouldBe("completed:answered");
        seen.SkipLast(1).Distinct().ShouldBe(["understand", "check_names", "ask_vendor", "compute", "draw"]);
    }

    [Fact]
    public async Task A_reconnecting_client_gets_the_last_event_it_named_and_what_followed()
    {
        var (client, _, _) = host.Workspace();
        var id = await client.AskedAsync(Question);
        await PlannerHost.EndedAsync(client, id);

        var all = await ReadAsync(client, id, null);
        var rest = await ReadAsync(client, id, "4");

        all.Split('\n').Where(line => line.StartsWith("id: ", StringComparison.Ordinal)).ShouldBe(["id: 1", "id: 2", "id: 3", "id: 4", "id: 5"]);
        rest.Split('\n').Where(line => line.StartsWith("id: ", StringComparison.Ordinal)).ShouldBe(["id: 4", "id: 5"]);
        rest.ShouldContain("event: completed\ndata: {");
        all.ShouldContain("event: completed\ndata: {");
    }

    [Fact]
    public async Task A_stream_that_is_closed_early_leaves_nothing_behind()
    {
        var (client, workspace, _) = host.Workspace();
        var open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Connector.Answer = async call =>
        {
            if (call.WorkspaceId == workspace)
            {
                await open.Task;
            }

            return null;
        };
        var signals = host.Services.GetRequiredService<AnalysisSignals>();
        var id = await client.AskedAsync(Question);
        using (await client.SendAsync(new HttpRequestMessage(HttpMethod.Get, $"/api/analyses/{id}/events"), HttpCompletionOption.ResponseHeadersRead, Ct))
        {
            await Eventually.GetAsync(() => Task.FromResult(signals.Waiting), waiting => waiting == 1);
        }

        await Eventually.GetAsync(() => Task.FromResult(signals.Waiting), waiting => waiting == 0);
        open.SetResult();
        await PlannerHost.EndedAsync(client, id);
    }

    [Fact]
    public Task An_unknown_analysis_has_no_stream() =>
        host.Workspace().Client.GetAsync($"/api/analyses/{Guid.CreateVersion7()}/events", Ct).ShouldBeProblemAsync(HttpStatusCode.NotFound, "analysis-not-found");

    private static async Task<string> ReadAsync(HttpClient client, Guid id, string? lastEventId)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/analyses/{id}/events");
        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }

        using var response = await client.SendAsync(request, Ct);
        return await response.Content.ReadAsStringAsync(Ct);
    }
}
