using ClariBI.Sandbox.Admin;
using ClariBI.Sandbox.Data;
using ClariBI.Sandbox.Mcp;
using ClariBI.Sandbox.OAuth;
using ClariBI.Sandbox.Query;
using ClariBI.Sandbox.Tools;

namespace ClariBI.Sandbox;

internal static class SandboxSetup
{
    /// <summary>The dates of the data follow this clock, which --now can fix; tokens follow the real one.</summary>
    public const string Calendar = "calendar";

    public static WebApplicationBuilder AddSandbox(this WebApplicationBuilder builder)
    {
        var options = SandboxOptions.From(builder.Configuration);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddFilter("ModelContextProtocol", LogLevel.Warning);
        builder.Services
            .AddSingleton(options)
            .AddSingleton(TimeProvider.System)
            .AddKeyedSingleton(Calendar, options.Clock())
            .AddSingleton<PublicOrigin>()
            .AddSingleton<GrantFile>()
            .AddSingleton<GrantStore>()
            .AddSingleton<CodeStore>()
            .AddSingleton<Workspace>()
            .AddSingleton<ChartEdits>()
            .AddSingleton<ChartRunner>()
            .AddSingleton<CohortRunner>()
            .AddSingleton<ChartReading>()
            .AddTools()
            .AddSingleton<RequestLog>()
            .AddSingleton<Faults>()
            .AddSingleton<AdminServer>()
            .AddHostedService(services => services.GetRequiredService<AdminServer>())
            .AddAmplitudeMcp();

        return builder;
    }
}
