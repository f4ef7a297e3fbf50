using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace ClariBI.ServiceDefaults;

internal static class Telemetry
{
    /// <summary>Every module names its activity source and meter <c>ClariBI.Something</c>; MassTransit's own is <c>MassTransit</c>.</summary>
    private static readonly string[] Sources = ["ClariBI.*", "MassTransit"];

    public static void AddTelemetry(this WebApplicationBuilder builder, string service)
    {
        builder.Logging.AddOpenTelemetry(logging => logging.IncludeScopes = true);
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(service, serviceNamespace: "claribi"))
            .WithMetrics(metrics => metrics
                .AddAspNetCoreInstrumentation().AddHttpClientInstrumentation().AddRuntimeInstrumentation().AddMeter(Sources))
            .WithTracing(tracing => tracing
                .AddAspNetCoreInstrumentation(asp => asp.Filter = context => !context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal))
                .AddHttpClientInstrumentation()
                .AddSource(Sources));

        // Nothing is sent unless an operator names a collector, by the variable that OpenTelemetry itself defines.
        if (!string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            telemetry.UseOtlpExporter();
        }
    }
}
