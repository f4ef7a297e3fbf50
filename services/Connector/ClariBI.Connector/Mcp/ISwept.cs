namespace ClariBI.Connector.Mcp;

/// <summary>
/// What one replica keeps in memory by data source or server. Another one may reconnect or delete the data source, so everything
/// here also goes by itself; <see cref="McpSessions"/> sees to it.
/// </summary>
internal interface ISwept
{
    /// <summary>Entries that are kept.</summary>
    int Count { get; }

    /// <summary>Drops what is over, or was not used for long.</summary>
    void Sweep();
}
