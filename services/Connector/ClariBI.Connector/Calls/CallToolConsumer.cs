using ClariBI.Contracts.Connector;
using MassTransit;

namespace ClariBI.Connector.Calls;

internal sealed class CallToolConsumer(ToolCaller caller) : IConsumer<CallTool>
{
    public async Task Consume(ConsumeContext<CallTool> context)
    {
        var answer = (await caller.MakeAsync(context.Message, context.CancellationToken)).Answer;
        await context.RespondAsync(answer, answer.GetType());
    }
}
