using ClariBI.Connector.Tools.Naming;

namespace ClariBI.Connector.Tools;

/// <summary>Reads the names of OAuth scopes, which no rule binds: <c>mcp:read</c>, <c>crm.objects.contacts.read</c>, <c>repo</c>.</summary>
internal static class ScopeWords
{
    private static readonly string[] Reading = ["read", "readonly", "view", "viewer", "list", "get", "search", "query"];

    private static readonly string[] Writing =
        ["write", "writeonly", "readwrite", "rw", "edit", "update", "create", "delete", "remove", "manage", "admin", "modify", "send", "full", "all", "execute"];

    /// <summary>Beside a reading word they only say how much is read.</summary>
    private static readonly string[] Whole = ["full", "all"];

    /// <summary>They open no data; who signed in and for how long.</summary>
    private static readonly string[] Neutral = ["openid", "profile", "email", "offline_access", "offline", "refresh_token"];

    /// <summary>Whether a scope plainly lets one change something; of most words nobody can tell.</summary>
    public static bool Writes(string scope)
    {
        var words = Words(scope);
        return words.Exists(word => Writing.Contains(word) && !(Whole.Contains(word) && words.Exists(Reading.Contains)));
    }

    /// <summary>Whether a scope plainly lets one read, and nothing else.</summary>
    public static bool Reads(string scope) => Words(scope).Exists(Reading.Contains) && !Writes(scope);

    /// <summary>True only where every scope says that it reads, and there is one that does.</summary>
    public static bool OnlyRead(IReadOnlyList<string> scopes)
    {
        var opening = scopes.Except(Neutral, StringComparer.OrdinalIgnoreCase).ToList();
        return opening.Count > 0 && opening.TrueForAll(scope =>
        {
            var words = Words(scope);
            return words.Exists(Reading.Contains) && !words.Exists(Writing.Contains);
        });
    }

    private static List<string> Words(string scope) => NameParts.Of(scope).ConvertAll(part => part.Text);
}
