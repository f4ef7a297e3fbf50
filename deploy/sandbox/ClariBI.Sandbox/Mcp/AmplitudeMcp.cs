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
    public const string SessionlessVersion = "2026-07-28";
    public static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void AddAmplitudeMcp(this IServiceCollection services, SandboxOptions options)
    {
        services.AddHttpContextAccessor().AddSingleton<ToolCatalogue>();
        services.AddMcpServer(server => server.ServerInfo = new() { Name = "Amplitude MCP Server (sandbox)", Version = "0.1.0" })
            .WithHttpTransport(transport => transport.SessionMode = options.Protocol == "sessionless" ? HttpServerSessionMode.StatefulForInitializeClients : HttpServerSessionMode.Stateful)
            .WithListToolsHandler((context, _) => ValueTask.FromResult(context.Services!.GetRequiredService<ToolDrift>().List(
                context.Services!.GetRequiredService<ToolCatalogue>().Listed(Http(context.Services!)).Select(tool => tool.Definition), context.Params?.Cursor)))
            .WithCallToolHandler(CallAsync)
            .WithMessageFilters(filters => filters
                .AddIncomingFilter(next => (context, cancellationToken) =>
                {
                    OfferLatest(context.JsonRpcMessage);
                    return next(context, cancellationToken);
                })
                .AddOutgoingFilter(next => (context, cancellationToken) =>
                {
                    AddExecution(context.JsonRpcMessage);
                    return next(context, cancellationToken);
                }));
    }

    public static void MapAmplitudeMcp(this IEndpointRouteBuilder routes) => routes.MapMcp("/mcp");

    /// <summary>From 2026-07-28 on there is no initialize; who asks for such a version there is offered the latest one before, as for any unknown version.</summary>
    private static void OfferLatest(JsonRpcMessage message)
    {
        if (message is JsonRpcRequest { Method: RequestMethods.Initialize, Params: JsonObject parameters } && string.CompareOrdinal(parameters["protocolVersion"]?.ToString(), SessionlessVersion) >= 0)
        {
            parameters["protocolVersion"] = "2025-11-25";
        }
    }

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
        var request = McpRequest.Of(http)!;
        RequestLog.EntryOf(http)!.BecomeToolCall();
        try
        {
            var tool = services.GetRequiredService<ToolCatalogue>().Find(http, name);
            if (tool is null || services.GetRequiredService<Faults>().Strikes("tool_removed", request) is not null)
            {
                throw new ToolErrorException($"MCP error -32602: Tool {name} not found");
            }

            var faults = services.GetRequiredService<ResultFaults>();
            var call = Call(services, http, grant, request);
            if (faults.Instead(request, name, call) is var (text, isError))
            {
                return Reply(text, isError);
            }

            if (SchemaCheck.FirstFault(services.GetRequiredService<ToolDrift>().Current(tool.Definition).InputSchema, call.Arguments) is { } fault)
            {
                throw new ToolErrorException($"MCP error -32602: Input validation error: Invalid arguments for tool {name}: {fault}");
            }

            call.Check(tool.Definition);
            return Reply(faults.Bend(request, name, await tool.InvokeAsync(call, cancellationToken)), isError: false);
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

    /// <summary>Grants outlive restarts, and org.json may have changed meanwhile: whoever is not in it any more may do nothing.</summary>
    private static ToolCall Call(IServiceProvider services, HttpContext http, Grant grant, McpRequest request)
    {
        var workspace = services.GetRequiredService<Workspace>();
        var account = grant.IsService
            ? new Account(grant.ClientName, "") { Role = "Service account", Mcp = ["read"] }
            : workspace.FindAccount(grant.Account ?? workspace.User.Email) ?? new Account("Unknown", grant.Account!) { Mcp = [] };
        var organisation = workspace.Organisations.FirstOrDefault(organisation => organisation.Id == grant.OrganisationId) ?? throw new ToolErrorException("org_mismatch");
        return new(request.Arguments!.Value, grant, account, organisation, services.GetRequiredService<PublicOrigin>().Of(http));
    }

    private static CallToolResult Reply(string text, bool isError) => new() { Content = [new TextContentBlock { Text = text }], IsError = isError };

    [LoggerMessage(Level = LogLevel.Error, Message = "Tool {Tool} failed")]
    private static partial void LogFailed(ILogger logger, Exception error, string tool);
}
