using System.Threading.Channels;

namespace ClariBI.Sandbox.Mcp;

/// <summary>A session that is deleted while another request uses it: the protocol library throws then, the client is told what is true.</summary>
internal sealed class EndedSession(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (Exception error) when (error is ObjectDisposedException or OperationCanceledException or ChannelClosedException)
        {
            if (context.Response.HasStarted)
            {
                context.Abort();
            }
            else
            {
                await JsonRpcError.WriteAsync(context, StatusCodes.Status404NotFound, -32001, "Session not found", McpRequest.Of(context)?.Id?.DeepClone());
            }
        }
    }
}
