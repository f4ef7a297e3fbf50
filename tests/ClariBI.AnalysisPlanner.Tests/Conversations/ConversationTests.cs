using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ClariBI.AnalysisPlanner.Tests.Hosting;

namespace ClariBI.AnalysisPlanner.Tests.Conversations;

public sealed class ConversationTests(PlannerHost host) : IClassFixture<PlannerHost>
{
    private const string Question = "How many users did Purchase in the last 7 days?";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_conversation_is_named_after_its_first_question_and_can_be_renamed()
    {
        var client = host.Workspace().Client;
        var asked = await client.AskAsync(new string('q', 100)).JsonAsync(HttpStatusCode.Accepted);
        var path = $"/api/conversations/{asked.Id("conversationId")}";

        (await client.GetAsync(path, Ct).JsonAsync()).Text("title").ShouldBe(new string('q', 79) + "…");
        (await client.PatchAsJsonAsync(path, new { title = "Purchases" }, Ct).JsonAsync()).ShouldSatisfyAllConditions(
            renamed => renamed.Text("title").ShouldBe("Purchases"),
            renamed => renamed["analyses"]!.GetValue<int>().ShouldBe(1));
        (await client.GetFromJsonAsync<JsonArray>("/api/conversations", Ct))!.Single().Text("title").ShouldBe("Purchases");
    }

    [Fact]
    public async Task A_title_never_ends_in_half_an_emoji()
    {
        var client = host.Workspace().Client;
        await client.AskedAsync(new string('q', 78) + "\U0001F680 and more");

        (await client.GetFromJsonAsync<JsonArray>("/api/conversations", Ct))!.Single().Text("title").ShouldBe(new string('q', 78) + "…");
    }

    [Fact]
    public async Task A_question_may_refer_to_the_one_before()
    {
        var (client, workspace, _) = host.Workspace();
        var first = await client.AskAsync(Question).JsonAsync(HttpStatusCode.Accepted);
        await PlannerHost.EndedAsync(client, first.Id());

        var next = await PlannerHost.EndedAsync(client, await client.AskedAsync("and by platform?", first.Id("conversationId")));

        next.Text("status").ShouldBe("answered", next.ToJsonString());
        host.Connector.CallsFor(workspace).Last(call => call.Tool == "query_amplitude_data").ArgumentsJson
            .ShouldSatisfyAllConditions(json => json.ShouldContain("\"event\":\"Purchase\""), json => json.ShouldContain("\"property\":\"platform\""));
        (await client.GetAsync($"/api/conversations/{first.Id("conversationId")}", Ct).JsonAsync())["analyses"]!.AsArray()
            .Select(analysis => analysis.Text("question")).ShouldBe([Question, "and by platform?"]);
    }

    [Fact]
    public async Task A_deleted_conversation_takes_its_analyses_along()
    {
        var client = host.Workspace().Client;
        var asked = await client.AskAsync(Question).JsonAsync(HttpStatusCode.Accepted);
        await PlannerHost.EndedAsync(client, asked.Id());

        (await client.DeleteAsync($"/api/conversations/{asked.Id("conversationId")}", Ct)).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        await client.GetAsync($"/api/analyses/{asked.Id()}", Ct).ShouldBeProblemAsync(HttpStatusCode.NotFound, "analysis-not-found");
    }

    [Fact]
    public async Task Suggestions_are_made_from_the_data_sources_own_events()
    {
        var client = host.Workspace().Client;

        var questions = (await client.GetAsync("/api/suggestions", Ct).JsonAsync())["questions"]!.AsArray().Select(question => question!.GetValue<string>()).ToList();

        questions.ShouldNotBeEmpty();
        questions.ShouldContain(question => question.Contains("Play Content", StringComparison.OrdinalIgnoreCase) || question.Contains("Activation funnel", StringComparison.OrdinalIgnoreCase));
        (await host.Enter(Guid.CreateVersion7()).GetAsync("/api/suggestions", Ct).JsonAsync())["questions"]!.AsArray().ShouldBeEmpty();
    }
}
