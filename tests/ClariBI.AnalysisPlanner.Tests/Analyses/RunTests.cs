using System.Net;
using System.Text.Json.Nodes;
using ClariBI.AnalysisPlanner.Analyses;
using ClariBI.AnalysisPlanner.Analyses.Running;
using ClariBI.AnalysisPlanner.Data;
using ClariBI.AnalysisPlanner.Tests.Hosting;
using ClariBI.Contracts.AnalysisPlanner;
using Microsoft.Extensions.DependencyInjection;

namespace ClariBI.AnalysisPlanner.Tests.Analyses;

public sealed class RunTests(PlannerHost host) : IClassFixture<PlannerHost>
{
    private const string Question = "How many users did Purchase in the last 7 days?";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Both_periods_of_a_comparison_are_asked_for_at_once_and_the_evidence_is_the_later_one()
    {
        var (client, workspace, _) = host.Workspace();
        var earlierAnswered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var starts = new List<long>();
        host.Connector.Answer = async call =>
        {
            if (call.WorkspaceId != workspace || call.Tool != "query_amplitude_data")
            {
                return null;
            }

            var start = JsonNode.Parse(call.ArgumentsJson)!["chart"]!["date_range"]!["start"]!.GetValue<long>();
            bool isFirst;
            lock (starts)
            {
                starts.Add(start);
                isFirst = starts.Count == 1;
                if (!isFirst)
                {
                    earlierAnswered.TrySetResult();
                }
            }

            if (isFirst)
            {
                await earlierAnswered.Task.WaitAsync(TimeSpan.FromSeconds(20));
            }

            return null;
        };

        var analysis = await PlannerHost.EndedAsync(client, await client.AskedAsync("How many users did Purchase last month compared with the month before?"));

        analysis.Text("status").ShouldBe("answered", analysis.ToJsonString());
        starts.Count.ShouldBe(2);
        JsonNode.Parse(analysis["answer"]!["evidence"].Text("argumentsJson"))!["chart"]!["date_range"]!["start"]!.GetValue<long>().ShouldBe(starts.Max());
    }

    [Fact]
    public async Task Sending_the_command_often_gives_one_result()
    {
        var (client, workspace, _) = host.Workspace();
        var gate = Hold(workspace);
        var id = await client.AskedAsync(Question);
        await gate.Reached.Task.WaitAsync(TimeSpan.FromSeconds(30), Ct);

        var queue = await host.Bus.GetSendEndpoint(new Uri("queue:planner-run-analysis"));
        for (var copy = 0; copy < 5; copy++)
        {
            await queue.Send(new RunAnalysis(id), Ct);
        }

        gate.Open.SetResult();
        await PlannerHost.EndedAsync(client, id);
        await queue.Send(new RunAnalysis(id), Ct);

        // A question asked afterwards goes through the same queue, so the copies before it have been dealt with.
        await PlannerHost.EndedAsync(client, await client.AskedAsync(Question));
        host.Connector.CallsFor(workspace).Count(call => call.AnalysisId == id && call.Tool == "query_amplitude_data").ShouldBe(1);
        host.Events.Of<AnalysisCompleted>().Count(message => message.AnalysisId == id).ShouldBe(1);
        host.Charts.AskedFor(id).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_stopped_analysis_stays_stopped_whatever_the_vendor_still_answers()
    {
        var (client, workspace, _) = host.Workspace();
        var gate = Hold(workspace);
        var id = await client.AskedAsync(Question);
        await gate.Reached.Task.WaitAsync(TimeSpan.FromSeconds(30), Ct);

        var stopped = await client.PostAsync($"/api/analyses/{id}/stop", null, Ct).JsonAsync(HttpStatusCode.Accepted);
        stopped.Text("status").ShouldBe("stopped");
        gate.Open.SetResult();

        await PlannerHost.EndedAsync(client, await client.AskedAsync(Question));
        (await PlannerHost.EndedAsync(client, id)).Text("status").ShouldBe("stopped");
        host.Charts.AskedFor(id).ShouldBeEmpty();
        host.Events.Of<AnalysisCompleted>().ShouldNotContain(message => message.AnalysisId == id);
    }

    [Fact]
    public async Task Stopping_what_has_ended_changes_nothing()
    {
        var (client, _, _) = host.Workspace();
        var id = await client.AskedAsync(Question);
        await PlannerHost.EndedAsync(client, id);

        (await client.PostAsync($"/api/analyses/{id}/stop", null, Ct).JsonAsync(HttpStatusCode.Accepted)).Text("status").ShouldBe("answered");
    }

    [Fact]
    public async Task A_run_that_died_is_taken_up_again_and_its_open_step_is_marked()
    {
        var (client, workspace, dataSource) = host.Workspace();
        var id = await LeaveBehindAsync(workspace, dataSource, attempts: 1);

        var analysis = await PlannerHost.EndedAsync(client, id);

        analysis.Text("status").ShouldBe("answered", analysis.ToJsonString());
        var steps = analysis["steps"]!.AsArray();
        steps[0]!["failed"]!.GetValue<bool>().ShouldBeTrue();
        steps.Select(step => step!["sequence"]!.GetValue<int>()).ShouldBe([1, 2, 3, 4, 5, 6]);
        host.Events.Of<AnalysisCompleted>().Count(message => message.AnalysisId == id).ShouldBeLessThanOrEqualTo(1);
    }

    [Fact]
    public async Task An_analysis_whose_runs_keep_dying_is_given_up()
    {
        var (client, workspace, dataSource) = host.Workspace();
        var id = await LeaveBehindAsync(workspace, dataSource, attempts: 3);

        var analysis = await PlannerHost.EndedAsync(client, id);

        analysis.Text("status").ShouldBe("failed");
        analysis["failure"].Text("type").ShouldBe("analysis-interrupted");
    }

    [Fact]
    public async Task A_second_process_takes_over_what_the_first_left_in_its_queue()
    {
        var folder = Directory.CreateTempSubdirectory("claribi-planner-");
        var workspace = Guid.CreateVersion7();
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Contracts.Connector.DataSourceInfo source;
        Guid id;
        await using (var first = new PlannerHost(folder) { KeepsFolder = true })
        {
            await first.InitializeAsync();
            source = first.Connector.Connect(workspace);
            first.Connector.Answer = async call =>
            {
                // The vendor never answers this process.
                reached.TrySetResult();
                return await new TaskCompletionSource<object?>().Task.WaitAsync(TimeSpan.FromSeconds(3), CancellationToken.None);
            };
            id = await first.Enter(workspace).AskedAsync(Question);
            await reached.Task.WaitAsync(TimeSpan.FromSeconds(30), Ct);
        }

        await using var second = new PlannerHost(folder);
        second.Connector.Change(source);
        await second.InitializeAsync();
        (await PlannerHost.EndedAsync(second.Enter(workspace), id)).Text("status").ShouldBe("answered");
    }

    /// <summary>Writes what a killed process leaves: running, a step open, a lease in the past.</summary>
    private async Task<Guid> LeaveBehindAsync(Guid workspace, Guid dataSource, int attempts)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PlannerDbContext>();
        var clock = scope.ServiceProvider.GetRequiredService<TimeProvider>();
        var now = clock.GetUtcNow().AddMinutes(-10);
        var conversation = ClariBI.AnalysisPlanner.Conversations.Conversation.Begin(workspace, Question, now);
        var analysis = Analysis.Submit(
            new SubmitAnalysis(Guid.CreateVersion7(), workspace, Question, dataSource, conversation.Id, null, "Ada"), conversation.Id, dataSource, now, TimeSpan.FromSeconds(1));
        for (var attempt = 0; attempt < attempts; attempt++)
        {
            analysis.TryStart(now.AddMinutes(attempt), TimeSpan.FromSeconds(1)).ShouldBeTrue();
        }

        db.AddRange(conversation, analysis, Step.Begin(analysis.Id, 1, StepKey.Understand, "Reading the question", now));
        await db.SaveChangesAsync(Ct);
        return analysis.Id;
    }

    /// <summary>Keeps the workspace's query at the vendor until the gate opens.</summary>
    private Gate Hold(Guid workspace)
    {
        var gate = new Gate(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        var before = host.Connector.Answer;
        host.Connector.Answer = async call =>
        {
            if (call.WorkspaceId == workspace && call.Tool == "query_amplitude_data" && !gate.Open.Task.IsCompleted)
            {
                gate.Reached.TrySetResult();
                await gate.Open.Task;
            }

            return await before(call);
        };
        return gate;
    }

    private sealed record Gate(TaskCompletionSource Reached, TaskCompletionSource Open);
}
