namespace ClariBI.Connector.Tools;

internal static class ToolPath
{
    /// <summary>
    /// The name in a path. Only the slash is still encoded there: hosts and proxies decode everything else, once. A name with
    /// a percent sign is no tool's name, so nothing else can be meant.
    /// </summary>
    public static string Decode(string segment) => segment.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
}
