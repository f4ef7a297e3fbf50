using System.Text.Json.Serialization;
using ClariBI.ServiceDefaults.Callers;
using ClariBI.ServiceDefaults.Internal;
using ClariBI.ServiceDefaults.OpenApi;
using ClariBI.ServiceDefaults.Outbound;
using ClariBI.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace ClariBI.ServiceDefaults;

/// <summary>What every ClariBI process does alike: telemetry, health, problem documents, internal callers, outbound HTTP.</summary>
public static class ServiceDefaultsExtensions
{
    /// <summary>Adds the defaults. <paramref name="service"/> names the process in traces and metrics.</summary>
    public static WebApplicationBuilder AddServiceDefaults(this WebApplicationBuilder builder, string service)
    {
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "HH:mm:ss.fff ";
        });
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.Configure<JsonOptions>(json =>
        {
            json.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;

            // A number in a string would be taken too, and the documents would then call every number "integer or string".
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
        });
        builder.AddTelemetry(service);
        builder.AddProblems();
        builder.AddInternalKey();
        builder.AddOutboundHttp();
        builder.Services.AddHealthChecks();
        builder.Services.AddAuthorization(CallerPolicy.Configure);
        return builder;
    }

    /// <summary>Problem documents for every failure, sign-in, health under <c>/health</c> and the OpenAPI documents.</summary>
    public static WebApplication UseServiceDefaults(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseMiddleware<RefuseCharset>();
        app.UseMiddleware<RefuseNul>();
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/health/ready").AllowAnonymous();
        app.MapServiceDocuments();
        return app;
    }
}
