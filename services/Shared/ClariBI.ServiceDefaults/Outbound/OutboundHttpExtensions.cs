using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ClariBI.ServiceDefaults.Outbound;

public static class OutboundHttpExtensions
{
    /// <summary>In kibibytes.</summary>
    private const int LongestHeaders = 32;

    internal static void AddOutboundHttp(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<OutboundOptions>().BindConfiguration(OutboundOptions.SectionName)
            .ValidateDataAnnotations()
            .Validate(options => options.OriginsAreAddresses, "Outbound__AllowedOrigins holds origins, for example http://localhost:8787.")
            .ValidateOnStart();
        builder.Services.TryAddSingleton<IHostLookup, SystemHostLookup>();
        builder.Services.TryAddTransient<OutboundGuard>();
    }

    /// <summary>
    /// A named HTTP client for addresses that came from outside: no private networks, no redirects, no cookies, no proxy (a proxy
    /// would look names up itself, after the check), nothing unpacked, a cap on headers and body. It throws <see cref="OutboundRefusedException"/> and <see cref="ResponseTooLargeException"/>.
    /// Its time-out is infinite: every call passes a token with its own.
    /// </summary>
    public static IHttpClientBuilder AddGuardedHttpClient(this IServiceCollection services, string name) =>
        services.AddHttpClient(name, client => client.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(provider => new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                UseProxy = false,
                AutomaticDecompression = DecompressionMethods.None,
                MaxResponseHeadersLength = LongestHeaders,
                ConnectTimeout = TimeSpan.FromSeconds(10),
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                ConnectCallback = provider.GetRequiredService<OutboundGuard>().ConnectAsync,
            })
            .AddHttpMessageHandler<OutboundGuard>();
}
