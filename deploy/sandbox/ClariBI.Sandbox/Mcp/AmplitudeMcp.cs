using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClariBI.Sandbox.Admin;
using ClariBI.Sandbox.Data;
using ClariBI.Sandbox.OAuth;
using ModelContextProtocol.AspNetCore;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace ClariBI.Sandbox.Mcp;

/// <summary>The MCP endpoint: stateful sessions, and tools served by low-level handlers so that every byte of a definition is ours.</summary>
internal static partial class AmplitudeMcp
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void AddAmplitudeMcp(this IServiceCollection services)
    {
        services.AddHttpContextAccessor().AddSingleton<ToolCatalogue>();
        services.AddMcpServer(server => server.ServerInfo = new() { Name = "Amplitude MCP Server (sandbox)", Version = "0.1.0" })
            .WithHttpTransport(transport => transport.SessionMode = HttpServerSessionMode.Stateful)
            .WithListToolsHandler((context, _) => ValueTask.FromResult(new ListToolsResult
            {
                Tools = [.. context.Services!.GetRequiredService<ToolCatalogue>().Listed(Http(context.Services!)).Select(tool => tool.Definition)],
            }))
            .WithCallToolHandler(CallAsync)
            .WithMessageFilters(filters => filters.AddOutgoingFilter(next => (context, cancellationToken) =>
            {
                AddExecution(context.JsonRpcMessage);
                return next(context, cancellationToken);
            }));
    }

    public static void MapAmplitudeMcp(this IEndpointRouteBuilder routes) => routes.MapMcp("/mcp");

    /// <summary>The hosted server marks every tool so; the SDK's Tool has no such member.</summary>
    private static void AddExecution(JsonRpcMessage message)
    {
        if (message is JsonRpcResponse { Result: JsonObject result } && result["tools"] is JsonArray tools)
        {
            foreach (var tool in tools.OfType<JsonObject>())
            {
                tool["execution"] = new JsonObject { ["taskSupport"] = "forbidden" };
            }
        }
    }

    private static async ValueTask<CallToolResult> CallAsync(RequestContext<CallToolRequestParams> context, CancellationToken cancellationToken)
    {
        var services = context.Services!;
        var http = Http(services);
        var grant = (Grant)http.Items[BearerGate.GrantClaim]!;
        var name = context.Params!.Name;
        var arguments = JsonSerializer.SerializeToElement(context.Params.Arguments ?? new Dictionary<string, JsonElement>());
        services.GetRequiredService<RequestLog>().Add("tool", "POST", "/mcp", name, JsonNode.Parse(arguments.GetRawText()), Secrets.Fingerprint(Token(http)), grant.Id);
        try
        {
            var tool = services.GetRequiredService<ToolCatalogue>().Find(http, name)
                ?? throw new ToolErrorException($"MCP error -32602: Tool {name} not found");
            if (SchemaCheck.FirstFault(tool.Definition.InputSchema, arguments) is { } fault)
            {
                throw new ToolErrorException($"MCP error -32602: Input validation error: Invalid arguments for tool {name}: {fault}");
            }

            var organisation = services.GetRequiredService<Workspace>().Organisations.First(organisation => organisation.Id == grant.OrganisationId);
            var call = new ToolCall(arguments, grant, organisation, services.GetRequiredService<PublicOrigin>().Of(http));
            return Reply((await tool.InvokeAsync(call, cancellationToken)).ToJsonString(Plain), isError: false);
        }
        catch (ToolErrorException error)
        {
            return Reply(error.Message, isError: true);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            LogFailed(services.GetRequiredService<ILogger<RequestLog>>(), error, name);
            return Reply("Internal error while running the tool", isError: true);
        }
    }

    private static HttpContext Http(IServiceProvider services) => services.GetRequiredService<IHttpContextAccessor>().HttpContext!;

    private static string Token(HttpContext http) => http.Request.Headers.Authorization.ToString()["Bearer ".Length..].Trim();

    private static CallToolResult Reply(string text, bool isError) => new() { Content = [new TextContentBlock { Text = text }], IsError = isError };

    [LoggerMessage(Level = LogLevel.Error, Message = "Tool {Tool} failed")]
    private static partial void LogFailed(ILogger logger, Exception error, string tool);
}
