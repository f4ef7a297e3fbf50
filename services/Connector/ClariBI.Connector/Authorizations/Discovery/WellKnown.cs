namespace ClariBI.Connector.Authorizations.Discovery;

/// <summary>The addresses that metadata is looked for at, in the order of the MCP specification.</summary>
internal static class WellKnown
{
    /// <summary>RFC 9728: inserted before the path, then at the root.</summary>
    public static IEnumerable<Uri> ProtectedResource(Uri server)
    {
        var path = server.AbsolutePath.TrimEnd('/');
        if (path.Length > 0)
        {
            yield return new Uri(server, $"/.well-known/oauth-protected-resource{path}");
        }

        yield return new Uri(server, "/.well-known/oauth-protected-resource");
    }

    /// <summary>RFC 8414, then OpenID Connect Discovery; with a path in the issuer also OpenID's own form.</summary>
    public static IEnumerable<Uri> AuthorizationServer(Uri issuer)
    {
        var path = issuer.AbsolutePath.TrimEnd('/');
        yield return new Uri(issuer, $"/.well-known/oauth-authorization-server{path}");
        yield return new Uri(issuer, $"/.well-known/openid-configuration{path}");
        if (path.Length > 0)
        {
            yield return new Uri(issuer, $"{path}/.well-known/openid-configuration");
        }
    }

    /// <summary>Whether a token for <paramref name="resource"/> is one for <paramref name="server"/>: the same origin and a parent path.</summary>
    public static bool Covers(string resource, Uri server) =>
        Uri.TryCreate(resource, UriKind.Absolute, out var parent)
        && parent.Query.Length == 0 && parent.Fragment.Length == 0 && parent.UserInfo.Length == 0
        && Uri.Compare(parent, server, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0
        && $"{server.AbsolutePath.TrimEnd('/')}/".StartsWith($"{parent.AbsolutePath.TrimEnd('/')}/", StringComparison.Ordinal);
}
