using ClariBI.Gateway.Sessions;
using ClariBI.ServiceDefaults.Callers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Transforms;

namespace ClariBI.Gateway.Routes;

/// <summary>
/// Forwards public paths to the services that own them, when they run in processes of their own. Each forwarded request carries
/// an internal token for that one service instead of the session cookie.
/// </summary>
public static class ServiceRoutes
{
    private const string ServiceKey = "service";

    /// <summary>Resource names under <c>/api</c>, by owning service.</summary>
    private static readonly (string Service, string[] Resources)[] Owners =
    [
        ("connector", ["vendors", "authorizations", "oauth", "data-sources", "doctor"]),
        ("planner", ["analyses", "conversations", "suggestions"]),
        ("charts", ["charts", "dashboards"]),
        ("vault", ["encryption-keys"]),
    ];

    /// <summary>Reads <c>Gateway:Services:{service}</c>, the base address of each service.</summary>
    public static WebApplicationBuilder AddServiceRoutes(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<InternalTokens>();
        var addresses = builder.Configuration.GetSection($"{GatewayOptions.SectionName}:Services");
        builder.Services.AddReverseProxy()
            .LoadFromMemory([.. Owners.SelectMany(Routes)], [.. Owners.Select(owner => Cluster(owner.Service, addresses[owner.Service]))])
            .AddTransforms(context =>
            {
                var service = context.Route.Metadata![ServiceKey];
                context.AddRequestTransform(request =>
                {
                    Rewrite(request, service);
                    return ValueTask.CompletedTask;
                });
            });
        return builder;
    }

    public static IEndpointRouteBuilder MapServiceRoutes(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapReverseProxy();
        return endpoints;
    }

    private static IEnumerable<RouteConfig> Routes((string Service, string[] Resources) owner)
    {
        foreach (var resource in owner.Resources)
        {
            // A browser returns here from the vendor, perhaps with its session expired: the connector shows it a page.
            var policy = resource == "oauth" ? "anonymous" : "default";
            yield return Route(owner.Service, $"{owner.Service}-{resource}", $"/api/{resource}/{{**rest}}", policy);
        }

        if (owner.Service == "connector")
        {
            // The client id metadata document: vendors fetch it.
            yield return Route(owner.Service, "connector-client-metadata", "/oauth/client-metadata.json", "anonymous");
        }

        yield return Route(owner.Service, $"{owner.Service}-document", $"/openapi/{owner.Service}.json", "anonymous");
    }

    private static RouteConfig Route(string service, string id, string path, string policy) => new()
    {
        RouteId = id,
        ClusterId = service,
        AuthorizationPolicy = policy,
        Match = new RouteMatch { Path = path },
        Metadata = new Dictionary<string, string> { [ServiceKey] = service },
    };

    private static ClusterConfig Cluster(string service, string? address) => new()
    {
        ClusterId = service,
        Destinations = new Dictionary<string, DestinationConfig>
        {
            [service] = new()
            {
                Address = address ?? throw new InvalidOperationException(
                    $"Gateway__Services__{service} is not set: give the base address of that service, for example http://{service}:8080."),
            },
        },
    };

    private static void Rewrite(RequestTransformContext request, string service)
    {
        var context = request.HttpContext;
        var headers = request.ProxyRequest.Headers;
        headers.Remove(HeaderNames.Authorization);
        headers.Remove(HeaderNames.Cookie);

        var session = SessionCookie.NameFor(context.RequestServices.GetRequiredService<IOptions<GatewayOptions>>().Value);
        var cookies = context.Request.Cookies.Where(cookie => !cookie.Key.StartsWith(session, StringComparison.Ordinal))
            .Select(cookie => $"{cookie.Key}={Uri.EscapeDataString(cookie.Value)}").ToArray();
        if (cookies.Length > 0)
        {
            headers.TryAddWithoutValidation(HeaderNames.Cookie, string.Join("; ", cookies));
        }

        if (Caller.TryFrom(context.User) is { } caller)
        {
            var token = context.RequestServices.GetRequiredService<InternalTokens>().Issue(caller, service);
            headers.TryAddWithoutValidation(HeaderNames.Authorization, $"Bearer {token}");
        }
    }
}
