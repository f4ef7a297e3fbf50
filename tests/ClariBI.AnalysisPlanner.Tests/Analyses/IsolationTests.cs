using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ClariBI.AnalysisPlanner.Tests.Hosting;
using ClariBI.Contracts.AnalysisPlanner;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace ClariBI.AnalysisPlanner.Tests.Analyses;

public sealed class IsolationTests(PlannerHost host) : IClassFixture<PlannerHost>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Another_workspace_finds_nothing_of_ours_on_any_endpoint()
    {
        var (ours, _, dataSource) = host.Workspace();
        var asked = await ours.AskAsync("How many users did Purchase in the last 7 days?").JsonAsync(HttpStatusCode.Accepted);
        await PlannerHost.EndedAsync(ours, asked.Id());
        var (theirs, _, _) = host.Workspace();
        var conversation = asked.Id("conversationId");

        await theirs.GetAsync($"/api/analyses/{asked.Id()}", Ct).ShouldBeProblemAsync(HttpStatusCode.NotFound, "analysis-not-found");
        await theirs.GetAsync($"/api/analyses/{asked.Id()}/events", Ct).ShouldBeProblemAsync(HttpStatusCode.NotFound, "analysis-not-found");
        await theirs.PostAsync($"/api/analyses/{asked.Id()}/stop", null, Ct).ShouldBeProblemAsync(HttpStatusCode.NotFound, "analysis-not-found");
        await theirs.AskAsync("And last month?", conversationId: conversation).ShouldBeProblemAsync(HttpStatusCode.NotFound, "conversation-not-found");
        await theirs.AskAsync("How many users?", dataSourceId: dataSource).ShouldBeProblemAsync(HttpStatusCode.NotFound, "data-source-not-found");
        await theirs.GetAsync($"/api/conversations/{conversation}", Ct).ShouldBeProblemAsync(HttpStatusCode.NotFound, "conversation-not-found");
        await theirs.PatchAsJsonAsync($"/api/conversations/{conversation}", new { title = "Mine" }, Ct).ShouldBeProblemAsync(HttpStatusCode.NotFound, "conversation-not-found");
        await theirs.DeleteAsync($"/api/conversations/{conversation}", Ct).ShouldBeProblemAsync(HttpStatusCode.NotFound, "conversation-not-found");
        await theirs.GetAsync($"/api/suggestions?dataSourceId={dataSource}", Ct).ShouldBeProblemAsync(HttpStatusCode.NotFound, "data-source-not-found");
        (await theirs.GetFromJsonAsync<JsonArray>("/api/conversations", Ct))!.ShouldBeEmpty();
        (await ours.GetFromJsonAsync<JsonArray>("/api/conversations", Ct))!.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_stored_query_cannot_reach_another_workspaces_data_source()
    {
        var (_, _, dataSource) = host.Workspace();
        await using var scope = host.Services.CreateAsyncScope();
        var client = scope.ServiceProvider.GetRequiredService<IRequestClient<RunQuery>>();
        var query = new AnalysisQuery { Kind = QueryKind.SingleValue, Measures = [new Measure("Purchase", Aggregation.Totals)], Range = DateRange.LastDays(7) };

        var response = await client.GetResponse<QueryCompleted, QueryFailed>(new RunQuery(Guid.CreateVersion7(), dataSource, query, "charts"), Ct);

        response.Message.ShouldBeOfType<QueryFailed>().ProblemType.ShouldBe("data-source-not-found");
    }

    [Fact]
    public async Task A_command_with_another_workspaces_analysis_changes_nothing()
    {
        var (ours, _, _) = host.Workspace();
        var id = await ours.AskedAsync("How many users did Purchase in the last 7 days?");
        await PlannerHost.EndedAsync(ours, id);
        var (_, theirs, _) = host.Workspace();

        var queue = await host.Bus.GetSendEndpoint(new Uri("queue:analysis-requests"));
        await queue.Send(new SubmitAnalysis(id, theirs, "Show me their answer", null, null, null, "x"), Ct);

        var failed = await Eventually.GetAsync(
            () => Task.FromResult(host.Events.Of<AnalysisFailed>().FirstOrDefault(message => message.AnalysisId == id)), message => message is not null);
        failed!.WorkspaceId.ShouldBe(theirs);
        failed.ProblemType.ShouldBe("analysis-not-found");
        (await PlannerHost.EndedAsync(ours, id)).Text("status").ShouldBe("answered");
    }
}
