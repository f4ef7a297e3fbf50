using System.Collections.Concurrent;
using ClariBI.Contracts.Connector;
using MassTransit;

namespace ClariBI.AnalysisPlanner.Tests.Hosting;

/// <summary>Answers where the Connector would, with a small Amplitude project behind it, and remembers the calls.</summary>
public sealed class ConnectorStandIn
{
    private readonly ConcurrentDictionary<Guid, DataSourceInfo> sources = new();
    private readonly ConcurrentQueue<CallTool> calls = new();

    /// <summary>Answers a call; null leaves it to <see cref="SampleProject"/>.</summary>
    public Func<CallTool, Task<object?>> Answer { get; set; } = _ => Task.FromResult<object?>(null);

    /// <summary>What a data source publishes; by default the third generation of tools.</summary>
    public Func<DataSourceInfo, IReadOnlyList<ToolInfo>> Tools { get; set; } = _ => SampleProject.Tools;

    public IReadOnlyList<CallTool> CallsFor(Guid workspaceId) => [.. calls.Where(call => call.WorkspaceId == workspaceId)];

    public DataSourceInfo Connect(Guid workspaceId, DataSourceState state = DataSourceState.Connected, string name = "Acme app")
    {
        var source = new DataSourceInfo(
            Guid.CreateVersion7(), workspaceId, name, "amplitude", "Amplitude", "sandbox", "Sandbox (sample data)", true, state, null,
            "Acme", "100001", "App (prod)", "UTC", 1);
        return sources[source.Id] = source;
    }

    public void Change(DataSourceInfo source) => sources[source.Id] = source;

    public HostReceiveEndpointHandle Connect(IBusControl bus)
    {
        return bus.ConnectReceiveEndpoint("connector-stand-in", queue =>
        {
            queue.Handler<GetDataSources>(context => context.RespondAsync(
                new DataSourceList([.. sources.Values.Where(source => source.WorkspaceId == context.Message.WorkspaceId)])));
            queue.Handler<ListTools>(context => sources.TryGetValue(context.Message.DataSourceId, out var source) && source.WorkspaceId == context.Message.WorkspaceId
                ? Usable(source) is { } failure ? context.RespondAsync(failure) : context.RespondAsync(new ToolList(source, Tools(source)))
                : context.RespondAsync(new ToolCallFailed(ToolCallFailure.DataSourceNotFound, "There is no such data source.", null)));
            queue.Handler<CallTool>(async context =>
            {
                calls.Enqueue(context.Message);
                var answer = await Answer(context.Message) ?? SampleProject.Answer(context.Message);
                await context.RespondAsync(answer is string text
                    ? new ToolCallCompleted(sources[context.Message.DataSourceId], context.Message.Tool, text, false, TimeSpan.FromMilliseconds(40), TimeProvider.System.GetUtcNow())
                    : answer);
            });
        });
    }

    private static ToolCallFailed? Usable(DataSourceInfo source) => source.State == DataSourceState.Disconnected
        ? new ToolCallFailed(ToolCallFailure.Disconnected, $"{source.Name} was disconnected.", null)
        : null;
}
