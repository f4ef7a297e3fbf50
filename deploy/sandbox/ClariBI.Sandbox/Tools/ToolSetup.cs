using System.Reflection;
using ClariBI.Sandbox.Experiments;
using ClariBI.Sandbox.Mcp;

namespace ClariBI.Sandbox.Tools;

internal static class ToolSetup
{
    public static IServiceCollection AddTools(this IServiceCollection services)
    {
        services
            .AddSingleton<Additions>()
            .AddSingleton<TaxonomyReading>()
            .AddSingleton<EntityCatalogue>()
            .AddSingleton<SavedCharts>()
            .AddSingleton<UserReading>()
            .AddSingleton<ReplayReading>()
            .AddSingleton<ExperimentRunner>()
            .AddSingleton<QueryAmplitudeData>()
            .AddSingleton<ITool>(provider => provider.GetRequiredService<QueryAmplitudeData>());
        foreach (var family in Assembly.GetExecutingAssembly().GetTypes().Where(type => type is { IsAbstract: false } && type.IsAssignableTo(typeof(IToolFamily))))
        {
            services.AddSingleton(typeof(IToolFamily), family);
        }

        return services;
    }
}
