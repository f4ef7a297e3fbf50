using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ClariBI.AnalysisPlanner.Tests.Hosting;
using ClariBI.Contracts.AnalysisPlanner;
using ClariBI.Contracts.Connector;

namespace ClariBI.AnalysisPlanner.Tests.Analyses;

public sealed class AskTests(PlannerHost host) : IClassFixture<PlannerHost>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_question_is_answered_with_text_table_facts_chart_and_evidence()
    {
        var (client, workspace, dataSource) = host.Workspace();

        var accepted = await client.AskAsync("How many users did Purchase in the last 7 days?").JsonAsync(HttpStatusCode.Accepted);
        accepted.Text("status").ShouldBe("queued");
        var analysis = await PlannerHost.EndedAsync(client, accepted.Id());

        analysis.Text("status").ShouldBe("answered", analysis.ToJsonString());
        var answer = analysis["answer"]!;
        answer.Text("text").ShouldContain("1,2");
        answer["table"]!["rows"]![0]![0]!.GetValue<double>().ShouldBe(1234);
        answer["facts"]!.AsArray().Select(fact => fact!["value"]!.GetValue<double>()).ShouldContain(1234d);
        answer["chartId"]!.GetValue<Guid>().ShouldNotBe(Guid.Empty);
        var evidence = answer["evidence"]!;
        evidence.Id("dataSourceId").ShouldBe(dataSource);
        evidence["sandbox"]!.GetValue<bool>().ShouldBeTrue();
        evidence.Text("tool").ShouldBe("query_amplitude_data");
        evidence.Text("argumentsJson").ShouldContain("\"event\":\"Purchase\"");
        evidence.Text("vendorUrl").ShouldBe("https://app.amplitude.com/analytics/acme/chart/new/a5fc25a1");
        evidence["calls"]!.GetValue<int>().ShouldBe(1);
        analysis["steps"]!.AsArray().Select(step => step.Text("key")).ShouldBe(["understand", "check_names", "ask_vendor", "compute", "draw"]);
        analysis["steps"]!.AsArray().ShouldAllBe(step => step!["finishedAt"] != null && !step["failed"]!.GetValue<bool>());
        host.Connector.CallsFor(workspace).ShouldAllBe(call => call.RequestedBy == "Ada");
    }

    [Fact]
    public async Task The_end_of_a_run_is_announced_once_with_its_steps()
    {
        var (client, _, _) = host.Workspace();

        var id = await client.AskedAsync("How many users did Purchase in the last 7 days?");
        await PlannerHost.EndedAsync(client, id);

        var completed = await Eventually.GetAsync(
            () => Task.FromResult(host.Events.Of<AnalysisCompleted>().Where(message => message.AnalysisId == id).ToList()), events => events.Count > 0);
        completed.Single().Outcome.ShouldBe(AnalysisOutcome.Answered);
        completed.Single().Table.ShouldNotBeNull().Rows[0][0].Number.ShouldBe(1234);
        completed.Single().ChartId.ShouldBe((await client.GetFromJsonAsync<JsonNode>($"/api/analyses/{id}", Ct))!["answer"].Text("chartId") is { } chart ? Guid.Parse(chart) : null);
        await Eventually.GetAsync(
            () => Task.FromResult(host.Events.Of<AnalysisProgressed>().Count(message => message.AnalysisId == id)), count => count == 10, because: "A begin and an end of five steps");
    }

    [Fact]
    public async Task A_saved_funnel_is_asked_for_by_name()
    {
        var (client, _, _) = host.Workspace();

        var analysis = await PlannerHost.EndedAsync(client, await client.AskedAsync("Show conversion in the activation funnel"));

        analysis.Text("status").ShouldBe("answered", analysis.ToJsonString());
        var rows = analysis["answer"]!["table"]!["rows"]!;
        rows[1]![2]!.GetValue<double>().ShouldBe(2613d / 3360, 1e-9);
    }

    [Fact]
    public async Task Without_charts_the_answer_still_comes_and_says_so()
    {
        host.Charts.Answers = false;
        try
        {
            var (client, _, _) = host.Workspace();

            var analysis = await PlannerHost.EndedAsync(client, await client.AskedAsync("How many users did Purchase in the last 7 days?"));

            analysis.Text("status").ShouldBe("answered");
            analysis["answer"]!.AsObject().ContainsKey("chartId").ShouldBeFalse();
            analysis["answer"]!["caveats"]!.AsArray().Select(caveat => caveat!.GetValue<string>()).ShouldContain(text => text.StartsWith("The chart could not be drawn", StringComparison.Ordinal));
        }
        finally
        {
            host.Charts.Answers = true;
        }
    }

    [Fact]
    public async Task What_the_data_does_not_hold_is_declined_with_suggestions_and_no_query_is_sent()
    {
        var (client, workspace, _) = host.Workspace();

        var analysis = await PlannerHost.EndedAsync(client, await client.AskedAsync("What is the weather in Paris?"));

        analysis.Text("status").ShouldBe("declined", analysis.ToJsonString());
        analysis["refusal"].Text("text").ShouldNotBeEmpty();
        host.Connector.CallsFor(workspace).ShouldNotContain(call => call.Tool == "query_amplitude_data");
    }

    [Fact]
    public async Task A_disconnected_data_source_ends_in_a_clear_failure()
    {
        var workspace = Guid.CreateVersion7();
        var client = host.Enter(workspace);
        var source = host.Connector.Connect(workspace, DataSourceState.Disconnected);

        var accepted = await client.AskAsync("How many users did Purchase?", dataSourceId: source.Id).JsonAsync(HttpStatusCode.Accepted);
        var analysis = await PlannerHost.EndedAsync(client, accepted.Id());

        analysis.Text("status").ShouldBe("failed");
        analysis["failure"].Text("type").ShouldBe("data-source-disconnected");
        analysis["failure"].Text("detail").ShouldContain("Acme app");
        analysis["steps"]![0]!["failed"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public async Task What_the_vendor_refuses_is_told_in_a_sentence()
    {
        var (client, workspace, _) = host.Workspace();
        host.Connector.Answer = call => Task.FromResult<object?>(call.WorkspaceId == workspace && call.Tool == "query_amplitude_data"
            ? new ToolCallFailed(ToolCallFailure.RateLimited, "Amplitude answered 429.", TimeSpan.FromSeconds(30))
            : null);

        var analysis = await PlannerHost.EndedAsync(client, await client.AskedAsync("How many users did Purchase in the last 7 days?"));

        analysis["failure"].Text("type").ShouldBe("vendor-rate-limited");
        analysis["failure"].Text("detail").ShouldContain("30 seconds");
    }

    [Fact]
    public async Task The_older_generation_of_tools_is_asked_in_its_own_form()
    {
        var (client, workspace, dataSource) = host.Workspace();
        host.Connector.Tools = source => source.Id == dataSource ? SampleProject.OlderTools : SampleProject.Tools;

        var analysis = await PlannerHost.EndedAsync(client, await client.AskedAsync("How many active users by platform in the last 30 days?"));

        analysis.Text("status").ShouldBe("answered", analysis.ToJsonString());
        analysis["answer"]!["table"]!["rows"]!.ToJsonString().ShouldBe("""[["iOS",500],["Android",300]]""");
        var arguments = JsonNode.Parse(analysis["answer"]!["evidence"].Text("argumentsJson"))!;
        arguments["definition"]!["params"]!["groupBy"]![0].Text("value").ShouldBe("platform");
        var calls = host.Connector.CallsFor(workspace);
        calls.Select(call => call.Tool).Distinct().Order().ShouldBe(["get_charts", "query_dataset", "search"]);
        calls.Where(call => call.Tool == "search").ShouldAllBe(call => call.ArgumentsJson.Contains("\"appIds\":[100001]", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_comparison_shows_the_call_for_the_period_in_question_and_counts_both()
    {
        var (client, workspace, _) = host.Workspace();

        var analysis = await PlannerHost.EndedAsync(client, await client.AskedAsync("How many users did Purchase last month compared with the month before?"));

        analysis.Text("status").ShouldBe("answered", analysis.ToJsonString());
        var evidence = analysis["answer"]!["evidence"]!;
        evidence["calls"]!.GetValue<int>().ShouldBe(2);
        var queries = host.Connector.CallsFor(workspace).Where(call => call.Tool == "query_amplitude_data").ToList();
        evidence.Text("argumentsJson").ShouldBe(queries.MaxBy(call => JsonNode.Parse(call.ArgumentsJson)!["chart"]!["date_range"]!["start"]!.GetValue<long>())!.ArgumentsJson);
    }

    [Fact]
    public async Task Names_are_read_once_for_many_questions_at_once()
    {
        var (client, workspace, _) = host.Workspace();

        var ids = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => client.AskedAsync("How many users did Purchase in the last 7 days?")));
        foreach (var id in ids)
        {
            (await PlannerHost.EndedAsync(client, id)).Text("status").ShouldBe("answered");
        }

        host.Connector.CallsFor(workspace).Count(call => call.Tool == "get_amp_taxonomy" && call.ArgumentsJson.Contains("\"user\"", StringComparison.Ordinal)).ShouldBe(1);
    }
}
