using ClariBI.Charts.Charts;
using ClariBI.Charts.Dashboards;
using ClariBI.Charts.Data;
using ClariBI.Charts.Sources;
using ClariBI.Charts.Tiles;
using ClariBI.Data;
using ClariBI.Messaging;
using ClariBI.ServiceDefaults.OpenApi;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ClariBI.Charts;

/// <summary>Charts, dashboards and the refreshing of their tiles.</summary>
public static class ChartsModule
{
    private const string Service = "charts";

    public static WebApplicationBuilder AddCharts(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<ChartsOptions>().BindConfiguration(ChartsOptions.SectionName)
            .ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddValidation();
        builder.AddServiceDatabase<ChartsDbContext, SqliteChartsDbContext, PostgresChartsDbContext>(Service);
        builder.AddServiceDocument(Service);
        builder.Services.AddSingleton<TileRefresher>();
        builder.Services.AddScoped<TileRefresh>();
        builder.Services.AddScoped<SourceStates>();
        builder.Services.AddHostedService<RefreshSchedule>();
        return builder;
    }

    public static void AddChartsConsumers(this IBusRegistrationConfigurator bus)
    {
        bus.AddServiceConsumer<DrawChartConsumer>(Service);
        bus.AddServiceConsumer<DataSourceConnectedConsumer>(Service);
        bus.AddServiceConsumer<DataSourceStateChangedConsumer>(Service);
        bus.AddServiceConsumer<DataSourceDisconnectedConsumer>(Service);
    }

    public static void MapCharts(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup("/api").WithGroupName(Service).RequireAuthorization();

        var charts = api.MapGroup("/charts").WithTags("Charts");
        charts.MapGetChart();
        charts.MapDownloadChartCsv();

        var dashboards = api.MapGroup("/dashboards").WithTags("Dashboards");
        dashboards.MapListDashboards();
        dashboards.MapCreateDashboard();
        dashboards.MapGetDashboard();
        dashboards.MapRenameDashboard();
        dashboards.MapDeleteDashboard();
        dashboards.MapArrangeTiles();

        var tiles = dashboards.MapGroup("/{id:guid}/tiles").WithTags("Tiles");
        tiles.MapPinChart();
        tiles.MapRefreshTile();
        tiles.MapRenameTile();
        tiles.MapRemoveTile();
    }
}
