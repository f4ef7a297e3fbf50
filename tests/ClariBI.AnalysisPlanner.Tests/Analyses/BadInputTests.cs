using System.Net;
using System.Net.Http.Json;
using System.Text;
using ClariBI.AnalysisPlanner.Tests.Hosting;

namespace ClariBI.AnalysisPlanner.Tests.Analyses;

public sealed class BadInputTests(PlannerHost host) : IClassFixture<PlannerHost>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    public Task An_empty_question_is_refused(string question) =>
        host.Workspace().Client.AskAsync(question).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation-failed");

    [Theory]
    [InlineData("How many\0 users?")]
    [InlineData("How many \u001b[31musers?")]
    public Task Control_characters_in_a_question_are_refused(string question) =>
        host.Workspace().Client.AskAsync(question).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation-failed");

    [Fact]
    public async Task A_question_may_have_several_lines() =>
        (await host.Workspace().Client.AskAsync("How many users\r\n\tdid Purchase?")).StatusCode.ShouldBe(HttpStatusCode.Accepted);

    [Fact]
    public async Task A_question_may_have_2000_characters_and_no_more()
    {
        var client = host.Workspace().Client;

        await client.AskAsync(new string('a', 2001)).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation-failed");
        (await client.AskAsync(new string('a', 2000))).StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    [Theory]
    [InlineData("{\"question\":")]
    [InlineData("[]")]
    [InlineData("{\"question\":\"x\",\"dataSourceId\":\"not-a-guid\"}")]
    public Task Malformed_json_is_refused(string body) => host.Workspace().Client
        .PostAsync("/api/analyses", new StringContent(body, Encoding.UTF8, "application/json"), Ct)
        .ShouldBeProblemAsync(HttpStatusCode.BadRequest, "bad-request");

    [Fact]
    public async Task Unknown_ids_are_not_found()
    {
        var client = host.Workspace().Client;
        var unknown = Guid.CreateVersion7();

        await client.AskAsync("How many users?", dataSourceId: unknown).ShouldBeProblemAsync(HttpStatusCode.NotFound, "data-source-not-found");
        await client.AskAsync("How many users?", conversationId: unknown).ShouldBeProblemAsync(HttpStatusCode.NotFound, "conversation-not-found");
        await client.GetAsync($"/api/analyses/{unknown}", Ct).ShouldBeProblemAsync(HttpStatusCode.NotFound, "analysis-not-found");
        await client.PostAsync($"/api/analyses/{unknown}/stop", null, Ct).ShouldBeProblemAsync(HttpStatusCode.NotFound, "analysis-not-found");
        await client.GetAsync($"/api/suggestions?dataSourceId={unknown}", Ct).ShouldBeProblemAsync(HttpStatusCode.NotFound, "data-source-not-found");
    }

    [Fact]
    public Task Without_a_connected_data_source_there_is_nobody_to_ask() =>
        host.Enter(Guid.CreateVersion7()).AskAsync("How many users?").ShouldBeProblemAsync(HttpStatusCode.Conflict, "no-data-source");

    [Fact]
    public async Task With_several_data_sources_one_has_to_be_named_until_the_conversation_has_one()
    {
        var (client, workspace, first) = host.Workspace();
        host.Connector.Connect(workspace, name: "Second");

        await client.AskAsync("How many users did Purchase?").ShouldBeProblemAsync(HttpStatusCode.BadRequest, "data-source-required");
        var asked = await client.AskAsync("How many users did Purchase?", dataSourceId: first).JsonAsync(HttpStatusCode.Accepted);
        var next = await client.AskAsync("And last month?", conversationId: asked.Id("conversationId")).JsonAsync(HttpStatusCode.Accepted);
        next.Id("dataSourceId").ShouldBe(first);
    }

    [Fact]
    public Task Without_a_sign_in_nothing_is_told() =>
        host.CreateClient().GetAsync("/api/conversations", Ct).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "sign-in-required");

    [Fact]
    public async Task A_title_has_to_have_1_to_80_characters()
    {
        var client = host.Workspace().Client;
        var conversation = (await client.AskAsync("How many users did Purchase?").JsonAsync(HttpStatusCode.Accepted)).Id("conversationId");

        await client.PatchAsJsonAsync($"/api/conversations/{conversation}", new { title = "" }, Ct).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation-failed");
        await client.PatchAsJsonAsync($"/api/conversations/{conversation}", new { title = new string('t', 81) }, Ct).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation-failed");
        await client.PatchAsJsonAsync($"/api/conversations/{conversation}", new { title = "a\0b" }, Ct).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation-failed");
    }
}
