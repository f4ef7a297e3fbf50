using ClariBI.AnalysisPlanner.Tests.Hosting;

namespace ClariBI.AnalysisPlanner.Tests.Analyses;

public sealed class DocumentTests(PlannerHost host) : IClassFixture<PlannerHost>
{
    [Fact]
    public async Task The_document_describes_every_endpoint_and_the_answer()
    {
        var document = await host.CreateClient().GetAsync("/openapi/planner.json", TestContext.Current.CancellationToken).JsonAsync();

        document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(operation => $"{operation.Key} {path.Key}")).Order().ShouldBe(
        [
            "delete /api/conversations/{id}", "get /api/analyses/{id}", "get /api/analyses/{id}/events", "get /api/conversations",
            "get /api/conversations/{id}", "get /api/suggestions", "patch /api/conversations/{id}", "post /api/analyses", "post /api/analyses/{id}/stop",
        ]);
        document["components"]!["schemas"]!["AnalysisResponse"]!["properties"]!.AsObject().Select(property => property.Key)
            .ShouldBe(["id", "conversationId", "question", "dataSourceId", "status", "steps", "answer", "clarification", "refusal", "failure", "createdAt", "startedAt", "finishedAt"], ignoreOrder: true);
        document["components"]!["schemas"]!["AnalysisStatus"]!["enum"]!.AsArray().Select(value => value!.GetValue<string>())
            .ShouldBe(["queued", "running", "answered", "clarification", "declined", "failed", "stopped"]);
    }

    [Fact]
    public async Task An_account_that_may_not_read_cohorts_is_still_asked_about_events()
    {
        var (client, workspace, _) = host.Workspace();
        host.Connector.Answer = call => Task.FromResult<object?>(call.WorkspaceId == workspace && call.Tool == "use_amplitude_cohorts"
            ? new Contracts.Connector.ToolCallFailed(Contracts.Connector.ToolCallFailure.RefusedByPolicy, "The tool is off.", null)
            : null);

        var analysis = await PlannerHost.EndedAsync(client, await client.AskedAsync("How many users did Purchase in the last 7 days?"));

        analysis.Text("status").ShouldBe("answered", analysis.ToJsonString());
    }
}
