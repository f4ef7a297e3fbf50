using ClariBI.Connector.Tools.Naming;

namespace ClariBI.Connector.Tools;

/// <summary>Reads the names of OAuth scopes, which no rule binds: <c>mcp:read</c>, <c>crm.objects.contacts.read</c>, <c>repo</c>.</summary>
internal static class ScopeWords
{
    private static readonly string[] Reading = ["read", "readonly", "view", "viewer", "list", "get", "search", "query"];

    private static readonly string[] Writing =
        ["write", "writeonly", "readwrite", "rw", "edit", "update", "create", "delete", "remove", "manage", "admin", "modify", "send", "full", "all", "execute"];

    /// <summary>They open no data; who signed in and for how long.</summary>
    private static readonly string[] Neutral = ["openid", "profile", "email", "offline_access", "offline", "refresh_token"];

    /// <summary>True only where every scope says that it reads, and there is one that does.</summary>
    public static bool OnlyRead(IReadOnlyList<string> scopes)
    {
        var opening = scopes.Except(Neutral, StringComparer.OrdinalIgnoreCase).ToList();
        return opening.Count > 0 && opening.TrueForAll(scope =>
        {
            var words = NameParts.Of(scope).ConvertAll(part => part.Text);
            return words.Exists(Reading.Contains) && !words.Exists(Writing.Contains);
        });
    }
}
