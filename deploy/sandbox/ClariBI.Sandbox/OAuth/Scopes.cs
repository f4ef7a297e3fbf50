namespace ClariBI.Sandbox.OAuth;

internal static class Scopes
{
    public const string Read = "mcp:read";
    public const string Write = "mcp:write";
    public const string OfflineAccess = "offline_access";

    public static readonly string[] All = [Read, Write, OfflineAccess];

    /// <summary>The scopes asked for, in a stable order; null when one of them is unknown. Nothing asked means read.</summary>
    public static string[]? Parse(string? asked)
    {
        var scopes = (asked ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return scopes.Length == 0 ? [Read] : Array.TrueForAll(scopes, All.Contains) ? [.. All.Where(scopes.Contains)] : null;
    }

    public static string Describe(string scope) => scope switch
    {
        Read => "Read charts, events and query results (mcp:read)",
        Write => "Change charts, cohorts and event definitions (mcp:write)",
        _ => "Stay connected when you are away (offline_access)",
    };
}
