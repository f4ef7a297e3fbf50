using System.Collections.Concurrent;
using ClariBI.Contracts.AnalysisPlanner;
using MassTransit;

namespace ClariBI.Charts.Tests;

/// <summary>Answers <see cref="RunQuery"/> where the planner would, and remembers what it was asked.</summary>
public sealed class PlannerStandIn
{
    private readonly ConcurrentQueue<RunQuery> asked = new();

    /// <summary>Answers with a <see cref="QueryCompleted"/>, a <see cref="QueryFailed"/>, an exception, or never.</summary>
    public Func<RunQuery, Task<object>> Answer { get; set; } = _ => Task.FromResult<object>(new QueryFailed("unexpected", "No answer was set."));

    public async Task ConnectAsync(IBusControl bus)
    {
        var endpoint = bus.ConnectReceiveEndpoint("planner-run-query", queue => queue.Handler<RunQuery>(async context =>
        {
            asked.Enqueue(context.Message);
            await context.RespondAsync(await Answer(context.Message));
        }));
        await endpoint.Ready;
    }

    /// <summary>Answers when the test says so: a callback on the bus has no test context of its own to act in.</summary>
    public TaskCompletionSource<object> AnswerLater()
    {
        var answer = new TaskCompletionSource<object>(TaskCreationOptions.RunContinuationsAsynchronously);
        Answer = _ => answer.Task;
        return answer;
    }

    public Task<int> WaitForAsync(Guid workspaceId, int queries) =>
        Testing.Eventually.GetAsync(() => Task.FromResult(AskedFor(workspaceId).Count), count => count >= queries);

    public IReadOnlyList<RunQuery> AskedFor(Guid workspaceId) => [.. asked.Where(query => query.WorkspaceId == workspaceId)];
}
