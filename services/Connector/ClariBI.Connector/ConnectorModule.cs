using ClariBI.Connector.Authorizations;
using ClariBI.Connector.Authorizations.Discovery;
using ClariBI.Connector.Authorizations.Registration;
using ClariBI.Connector.Calls;
using ClariBI.Connector.Calls.Sending;
using ClariBI.Connector.Data;
using ClariBI.Connector.DataSources;
using ClariBI.Connector.DataSources.Checks;
using ClariBI.Connector.DataSources.Doctor;
using ClariBI.Connector.DataSources.History;
using ClariBI.Connector.DataSources.Projects;
using ClariBI.Connector.DataSources.States;
using ClariBI.Connector.Grants;
using ClariBI.Connector.Mcp;
using ClariBI.Connector.Tools;
using ClariBI.Connector.Tools.Pins;
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
using Microsoft.Extensions.Options;

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
        // The SDK logs every 401 and every probe that a server does not know as a failure; what matters of them is logged here.
        builder.Logging.AddFilter("ModelContextProtocol", LogLevel.Critical);
        builder.Services.AddGuardedHttpClient(OAuthHttpClient).AddHttpMessageHandler<TraceHandler>();
        builder.Services.AddGuardedHttpClient(McpHttpClient).AddHttpMessageHandler<DeepDefinitions>().AddHttpMessageHandler<TraceHandler>();
        builder.AddAuthorizations();
        builder.AddSessions();
        builder.AddVendors();
        builder.AddToolAdministration();
        builder.Services.AddSingleton<VaultClient>();
        builder.Services.AddScoped<ConnectorStore>();
        builder.AddConnectionLife();
        builder.AddCalls();
        return builder;
    }

    public static void AddConnectorConsumers(this IBusRegistrationConfigurator bus)
    {
        bus.AddServiceResponder<GetDataSourcesConsumer>(Service);
        bus.AddServiceConsumer<GrantInvalidatedConsumer>(Service);
        bus.AddServiceConsumer<GrantRefreshedConsumer>(Service);
        bus.AddServiceConsumer<GrantRefreshFailedConsumer>(Service);
        bus.AddServiceConsumer<GrantRevocationSettledConsumer>(Service);
        bus.AddServiceResponder<ListToolsConsumer>(Service);
        bus.AddServiceResponder<CallToolConsumer>(Service);
    }

    public static RouteGroupBuilder MapConnector(this IEndpointRouteBuilder endpoints)
    {
        var connector = endpoints.MapGroup("").WithGroupName(Service).WithTags("Connector").RequireAuthorization();
        connector.MapListVendors();
        connector.MapStartAuthorization();
        connector.MapStartServiceAccount();
        connector.MapClientMetadata();
        connector.MapGetAuthorization();
        connector.MapCancelAuthorization();
        connector.MapCompleteAuthorization();
        connector.MapCreateDataSource();
        connector.MapReadDataSources();
        connector.MapToolAdministration();
        connector.MapListCalls();
        connector.MapMakeCall();
        connector.MapReadCredentialAccess();
        connector.MapDisconnectDataSource();
        connector.MapDeleteDataSource();
        connector.MapConnectionLife();
        return connector;
    }

    private static void AddAuthorizations(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ConnectorSecrets>();
        builder.Services.AddSingleton<BrowserBinding>();
        builder.Services.AddSingleton<ServerProbe>();
        builder.Services.AddSingleton<MetadataReader>();
        builder.Services.AddSingleton<AuthorizationServers>();
        builder.Services.AddSingleton<VendorDiscovery>();
        builder.Services.AddSingleton<CodeExchange>();
        builder.Services.AddSingleton<DynamicRegistration>();
        builder.Services.AddSingleton<ClientProbe>();
        builder.Services.AddSingleton<ConsentSecrets>();
        builder.Services.AddScoped<RegistrationStore>();
        builder.Services.AddScoped<ClientRegistrations>();
        builder.Services.AddScoped<ScopeMemory>();
        builder.Services.AddScoped<AsWhom>();
        builder.Services.AddScoped<SignInPlaces>();
        builder.Services.AddScoped<ConnectingTargets>();
        builder.Services.AddScoped<AuthorizationStarter>();
        builder.Services.AddScoped<ServiceAccountStarter>();
        builder.Services.AddScoped<AuthorizationCompletion>();
        builder.Services.AddScoped<TokenIntake>();
        builder.Services.AddScoped<AccountReader>();
        builder.Services.AddSingleton<AbandonedAuthorizations>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<AbandonedAuthorizations>());
    }

    private static void AddVendors(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IValidateOptions<ConnectorOptions>, CatalogueOptionsValidation>();
        builder.Services.AddSingleton<SandboxProbe>();
        builder.Services.AddSingleton<VendorCatalogue>();
    }

    private static void MapConnectionLife(this IEndpointRouteBuilder connector)
    {
        connector.MapChangeDataSource();
        connector.MapListProjects();
        connector.MapGetTimeline();
        connector.MapRunDoctor();
    }

    private static void AddConnectionLife(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<ConnectionLifeOptions>().BindConfiguration(ConnectionLifeOptions.SectionName).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddScoped<IDataSourceHistory, DataSourceHistory>();
        builder.Services.AddScoped<DataSourceStates>();
        builder.Services.AddScoped<DataSourceConnecting>();
        builder.Services.AddScoped<DataSourceEnding>();
        builder.Services.AddScoped<DataSourceHealth>();
        builder.Services.AddScoped<DataSourceChanges>();
        builder.Services.AddScoped<AccountProjects>();
        builder.Services.AddScoped<ToolInventory>();
        builder.Services.AddScoped<ConnectionCheck>();
        builder.Services.AddScoped<RegistrationProbe>();
        builder.Services.AddScoped<ServerExamination>();
        builder.Services.AddScoped<AccountExamination>();
        builder.Services.AddScoped<ConnectionDoctor>();
        builder.Services.AddSingleton<DoctorGate>();
        builder.Services.AddTransient<TraceHandler>();
        builder.Services.AddSingleton<ConnectionChecks>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<ConnectionChecks>());
    }

    private static void AddSessions(this WebApplicationBuilder builder)
    {
        builder.Services.AddTransient<DeepDefinitions>();
        builder.Services.AddSingleton<McpEras>();
        builder.Services.AddSingleton<McpSessionFactory>();
        builder.Services.AddSingleton<McpSessions>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<McpSessions>());
        builder.Services.AddSingleton<ToolInventories>();
        builder.Services.AddSingleton<ISwept>(provider => provider.GetRequiredService<ToolInventories>());
        builder.Services.AddSingleton<ISwept>(provider => provider.GetRequiredService<McpEras>());
        builder.Services.AddSingleton<SessionCaches>();
        builder.Services.AddSingleton<DataSourceTools>();
    }

    private static void AddCalls(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<CallLimits>();
        builder.Services.AddSingleton<CallLimiters>();
        builder.Services.AddSingleton<ISwept>(provider => provider.GetRequiredService<CallLimiters>());
        builder.Services.AddSingleton<CallRetries>();
        builder.Services.AddSingleton<VendorCalls>();
        builder.Services.AddSingleton<CallLog>();
        builder.Services.AddScoped<ScopeNotes>();
        builder.Services.AddScoped<CallNotes>();
        builder.Services.AddScoped<ToolCaller>();
        builder.Services.AddSingleton<CallRetention>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<CallRetention>());
    }

    private static void AddToolAdministration(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ToolPins>();
        builder.Services.AddSingleton<ISwept>(provider => provider.GetRequiredService<ToolPins>());
        builder.Services.AddScoped<ToolBaselines>();
        builder.Services.AddScoped<ToolChanges>();
        builder.Services.AddScoped<ToolPage>();
        builder.Services.AddScoped<ToolDecisions>();
    }

    private static void MapToolAdministration(this IEndpointRouteBuilder connector)
    {
        connector.MapListDataSourceTools();
        connector.MapSwitchTool();
        connector.MapApproveTools();
        connector.MapSetDataClasses();
        connector.MapReadOnlyProof();
    }
}
