using System.Reflection;
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
        if (options.EuUrls is not null)
        {
            // The EU's come last: Regions tells the listeners apart by that.
            builder.WebHost.UseUrls([.. SandboxOptions.Split(options.Urls), .. SandboxOptions.Split(options.EuUrls)]);
        }

        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddFilter("ModelContextProtocol", LogLevel.Error);
        builder.Services
            .AddSingleton(options)
            .AddSingleton(TimeProvider.System)
            .AddKeyedSingleton(Calendar, options.Clock())
            .AddSingleton<Regions>()
            .AddSingleton<PublicOrigin>()
            .AddSingleton<GrantFile>()
            .AddSingleton<GrantStore>()
            .AddSingleton<CodeStore>()
            .AddSingleton<SignIns>()
            .AddSingleton<SavedPages>()
            .AddSingleton<Authorization>()
            .AddSingleton<TokenEndpoint>()
            .AddSingleton<Workspace>()
            .AddSingleton<ChartEdits>()
            .AddSingleton<ChartKinds>()
            .AddSingleton<ChartRunner>()
            .AddSingleton<CohortRunner>()
            .AddSingleton<ChartReading>()
            .AddTools()
            .AddSingleton<RequestLog>()
            .AddSingleton<Faults>()
            .AddSingleton<ResultFaults>()
            .AddSingleton<ToolDrift>()
            .AddSingleton<AdminServer>()
            .AddHostedService(services => services.GetRequiredService<AdminServer>())
            .AddAmplitudeMcp(options);

        builder.Services.AddEvery<IChartKind>();
        return builder;
    }

    private static void AddEvery<T>(this IServiceCollection services)
    {
        foreach (var type in Assembly.GetExecutingAssembly().GetTypes().Where(type => type is { IsAbstract: false } && type.IsAssignableTo(typeof(T))))
        {
            services.AddSingleton(typeof(T), type);
        }
    }
}
