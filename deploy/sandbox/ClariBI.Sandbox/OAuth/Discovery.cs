namespace ClariBI.Sandbox.OAuth;

/// <summary>RFC 9728 at the bare path only, as the hosted server serves it, and RFC 8414.</summary>
internal static class Discovery
{
    public const string ProtectedResourcePath = "/.well-known/oauth-protected-resource";

    private static readonly string[] ReadAndWrite = [Scopes.Read, Scopes.Write];
    private static readonly string[] ResponseTypes = ["code"];
    private static readonly string[] GrantTypes = ["authorization_code", "refresh_token"];
    private static readonly string[] ChallengeMethods = ["S256"];
    private static readonly string[] AuthMethods = ["client_secret_post", "none"];

    public static void MapDiscovery(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(ProtectedResourcePath, (HttpContext context, PublicOrigin origin) => TypedResults.Ok(new
        {
            resource = origin.Of(context),
            authorization_servers = new[] { origin.Of(context) },
            scopes_supported = ReadAndWrite,
        }));
        routes.MapGet("/.well-known/oauth-authorization-server", (HttpContext context, PublicOrigin origin) =>
        {
            var issuer = origin.Of(context);
            return TypedResults.Ok(new
            {
                issuer,
                authorization_endpoint = issuer + "/authorize",
                token_endpoint = issuer + "/token",
                registration_endpoint = issuer + "/register",
                revocation_endpoint = issuer + "/revoke",
                response_types_supported = ResponseTypes,
                grant_types_supported = GrantTypes,
                code_challenge_methods_supported = ChallengeMethods,
                token_endpoint_auth_methods_supported = AuthMethods,
                scopes_supported = Scopes.All,
            });
        });
    }
}
