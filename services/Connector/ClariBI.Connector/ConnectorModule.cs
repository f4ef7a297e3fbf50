using ClariBI.Connector.Authorizations;
using ClariBI.Connector.Authorizations.Discovery;
using ClariBI.Connector.Authorizations.Registration;
using ClariBI.Connector.Calls;
using ClariBI.Connector.Data;
using ClariBI.Connector.DataSources;
using ClariBI.Connector.Grants;
using ClariBI.Connector.Mcp;
using ClariBI.Connector.Tools;
using ClariBI.Connector.Vendors;
using ClariBI.Data;
using ClariBI.Messaging;
using ClariBI.Messaging.Outbox;
using ClariBI.ServiceDefaults.OpenApi;
using ClariBI.ServiceDefaults.Outbound;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ClariBI.Connector;

/// <summary>Connects workspaces to vendors' MCP servers, and lets only reading calls through.</summary>
public static class ConnectorModule
{
    internal const string Service = "connector";
    internal const string OAuthHttpClient = "connector-oauth";
    internal const string McpHttpClient = "connector-mcp";

    public static WebApplicationBuilder AddConnector(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<ConnectorOptions>().BindConfiguration(ConnectorOptions.SectionName).ValidateDataAnnotations().ValidateOnStart();
        builder.AddServiceDatabase<ConnectorDbContext, SqliteConnectorDbContext, PostgresConnectorDbContext>(Service);
        builder.AddOutbox<ConnectorDbContext>();
        builder.AddServiceDocument(Service);
        builder.Services.AddValidation();
        // The SDK warns about every call to a tool it did not list itself, and about every server without its newest probe.
        builder.Logging.AddFilter("ModelContextProtocol", LogLevel.Error);
        builder.Services.AddGuardedHttpClient(OAuthHttpClient);
        builder.Services.AddGuardedHttpClient(McpHttpClient);
        builder.AddAuthorizations();
        builder.AddSessions();
        builder.Services.AddSingleton<SandboxProbe>();
        builder.Services.AddSingleton<VendorCatalogue>();
        builder.Services.AddSingleton<VaultClient>();
        builder.Services.AddScoped<ConnectorStore>();
        builder.Services.AddScoped<DataSourceConnecting>();
        builder.Services.AddScoped<DataSourceEnding>();
        builder.Services.AddScoped<DataSourceHealth>();
        builder.Services.AddScoped<ToolCaller>();
        return builder;
    }

    public static void AddConnectorConsumers(this IBusRegistrationConfigurator bus)
    {
        bus.AddServiceResponder<GetDataSourcesConsumer>(Service);
        bus.AddServiceConsumer<GrantInvalidatedConsumer>(Service);
        bus.AddServiceResponder<ListToolsConsumer>(Service);
        bus.AddServiceResponder<CallToolConsumer>(Service);
    }

    public static RouteGroupBuilder MapConnector(this IEndpointRouteBuilder endpoints)
    {
        var connector = endpoints.MapGroup("").WithGroupName(Service).WithTags("Connector").RequireAuthorization();
        connector.MapListVendors();
        connector.MapStartAuthorization();
        connector.MapGetAuthorization();
        connector.MapCancelAuthorization();
        connector.MapCompleteAuthorization();
        connector.MapCreateDataSource();
        connector.MapReadDataSources();
        connector.MapListDataSourceTools();
        connector.MapListCalls();
        connector.MapReadCredentialAccess();
        connector.MapDisconnectDataSource();
        connector.MapDeleteDataSource();
        return connector;
    }

    private static void AddAuthorizations(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ConnectorSecrets>();
        builder.Services.AddSingleton<BrowserBinding>();
        builder.Services.AddSingleton<VendorDiscovery>();
        builder.Services.AddSingleton<CodeExchange>();
        builder.Services.AddScoped<ClientRegistrations>();
        builder.Services.AddScoped<AuthorizationStarter>();
        builder.Services.AddScoped<AuthorizationCompletion>();
        builder.Services.AddScoped<TokenIntake>();
        builder.Services.AddScoped<AccountReader>();
        builder.Services.AddSingleton<AbandonedAuthorizations>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<AbandonedAuthorizations>());
    }

    private static void AddSessions(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<McpEras>();
        builder.Services.AddSingleton<McpSessionFactory>();
        builder.Services.AddSingleton<McpSessions>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<McpSessions>());
        builder.Services.AddSingleton<ToolInventories>();
        builder.Services.AddSingleton<SessionCaches>();
        builder.Services.AddSingleton<CallLimits>();
        builder.Services.AddSingleton<DataSourceTools>();
    }
}
