namespace ClariBI.Connector.DataSources.States;

/// <summary>Why a data source is in its state: stable words for programs. People get a sentence and a fix.</summary>
internal static class StateCodes
{
    public const string GrantEnded = "grant_ended";
    public const string ClientGone = "client_gone";
    public const string TokenRejected = "token_rejected";

    /// <summary>The vendor rejects what it has just renewed; ClariBI renews again, and after minutes of it says <see cref="TokenRejected"/>.</summary>
    public const string AccessRefused = "access_refused";
    public const string VendorUnreachable = "vendor_unreachable";
    public const string VaultUnreachable = "vault_unreachable";
    public const string RateLimited = "rate_limited";
    public const string QuotaExhausted = "quota_exhausted";
    public const string InsufficientScope = "insufficient_scope";
    public const string ProjectNotSelected = "project_not_selected";
    public const string RoleLacksMcp = "role_lacks_mcp";
    public const string McpDisabled = "mcp_disabled";
    public const string RegionMismatch = "region_mismatch";
    public const string ToolsUnreadable = "tools_unreadable";
    public const string DisconnectedByPerson = "disconnected_by_person";

    /// <returns>What to do about it, in a sentence; null where nothing has to be done.</returns>
    public static string? Fix(string? code, string vendor) => code switch
    {
        GrantEnded or TokenRejected => $"Connect {vendor} again. Name, dashboards and settings stay.",
        ClientGone => $"Connect {vendor} again: ClariBI registers there anew. Name, dashboards and settings stay.",
        AccessRefused => "Nothing: ClariBI renews the access again by itself. If it lasts, run the connection doctor.",
        VendorUnreachable => "Nothing: ClariBI tries again by itself. If it lasts, run the connection doctor.",
        VaultUnreachable => "Nothing: ClariBI tries again by itself. If it lasts, ask whoever runs ClariBI to look at the credential vault.",
        RateLimited => "Wait: ClariBI tries again by itself. Fewer or shorter questions help.",
        QuotaExhausted => $"Wait until the quota is renewed, or ask an administrator at {vendor} for a larger one.",
        InsufficientScope => $"Connect {vendor} again: ClariBI asks for what was missing.",
        ProjectNotSelected => "Choose the project in the data source's settings.",
        RoleLacksMcp => $"Ask an administrator at {vendor} for the permission to use MCP (read).",
        McpDisabled => $"Ask an administrator at {vendor} to turn MCP access on for the organization.",
        RegionMismatch => $"Connect {vendor} again and choose the region in which the account lives.",
        ToolsUnreadable => $"Tell {vendor}'s support. ClariBI tries again by itself.",
        DisconnectedByPerson => "Connect it again to ask it questions.",
        _ => null,
    };

    /// <summary>Those that a call which worked says nothing about: only a change by a person ends them.</summary>
    public static bool NeedsPerson(string? code) => code == ProjectNotSelected;
}
