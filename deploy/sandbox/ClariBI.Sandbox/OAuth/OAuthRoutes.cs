namespace ClariBI.Sandbox.OAuth;

internal static class OAuthRoutes
{
    public static void MapOAuth(this IEndpointRouteBuilder routes)
    {
        routes.MapDiscovery();
        routes.MapRegistration();
        Authorization.Map(routes);
        TokenEndpoint.Map(routes);
    }
}
