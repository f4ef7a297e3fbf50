using ClariBI.Connector.Grants;
using Microsoft.Extensions.Options;

namespace ClariBI.Connector.Mcp;

/// <summary>Makes sessions that act with a grant of the vault.</summary>
internal sealed class McpSessionFactory(
    VaultClient vault, McpEras eras, IHttpMessageHandlerFactory handlers, IOptions<ConnectorOptions> options, TimeProvider clock)
{
    /// <summary>How long one request may take while connecting.</summary>
    public TimeSpan Patience => options.Value.SessionTimeout;

    /// <summary>The caller disposes it.</summary>
    public McpSession Create(SessionKey key, Uri server) => new(
        server,
        new GrantBearer(vault, key, server, clock) { InnerHandler = handlers.CreateHandler(ConnectorModule.McpHttpClient) },
        eras, options.Value.SessionTimeout, clock);
}
