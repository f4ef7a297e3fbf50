namespace ClariBI.Connector.Mcp;

/// <summary>Keeps a session of the pool open while somebody works with it.</summary>
internal sealed class SessionUse(McpSession session) : IDisposable
{
    public McpSession Session => session;

    public void Dispose() => session.Release();
}
