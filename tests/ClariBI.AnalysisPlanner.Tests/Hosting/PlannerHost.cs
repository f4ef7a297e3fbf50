using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ClariBI.ServiceDefaults.Callers;
using MassTransit;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ClariBI.AnalysisPlanner.Tests.Hosting;

/// <summary>The real host on its own SQLite file and in-memory bus, with stand-ins for the Connector and for Charts.</summary>
public sealed class PlannerHost : WebApplicationFactory<Program>, IAsyncLifetime
{
    private readonly DirectoryInfo folder;
    private readonly List<HostReceiveEndpointHandle> endpoints = [];

    public PlannerHost()
        : this(Directory.CreateTempSubdirectory("claribi-planner-"))
    {
    }

    /// <summary>On a folder that another host used before: the process after a crash.</summary>
    internal PlannerHost(DirectoryInfo folder) => this.folder = folder;

    public ConnectorStandIn Connector { get; } = new();

    public ChartsStandIn Charts { get; } = new();

    public BusLog Events { get; } = new();

    internal DirectoryInfo Folder => folder;

    internal bool KeepsFolder { get; init; }

    /// <summary>The calendar of questions stands still there.</summary>
    internal DateTimeOffset? Now { get; init; }

    public IBus Bus => Services.GetRequiredService<IBus>();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _ = Server;
        await Task.WhenAll(endpoints.Select(endpoint => endpoint.Ready));
    }

    /// <summary>A client that is signed in to a workspace.</summary>
    public HttpClient Enter(Guid workspaceId) => CreateDefaultClient(new SignIn(
        Services.GetRequiredService<InternalTokens>(), new Caller(Guid.CreateVersion7(), "Ada", workspaceId, "member")));

    /// <summary>A workspace of its own with one connected data source.</summary>
    public (HttpClient Client, Guid Workspace, Guid DataSource) Workspace()
    {
        var workspace = Guid.CreateVersion7();
        return (Enter(workspace), workspace, Connector.Connect(workspace).Id);
    }

    public static Task<JsonNode> EndedAsync(HttpClient client, Guid analysisId) => StatusAsync(
        client, analysisId, status => status is not ("queued" or "running"));

    public static Task<JsonNode> StatusAsync(HttpClient client, Guid analysisId, Func<string, bool> accept) => Eventually.GetAsync(
        async () => (await client.GetFromJsonAsync<JsonNode>($"/api/analyses/{analysisId}", Ct))!,
        analysis => accept(analysis["status"]!.GetValue<string>()));

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (!KeepsFolder && folder.Exists)
        {
            folder.Delete(recursive: true);
            folder.Refresh();
        }
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("Internal:Key", Convert.ToBase64String(new byte[32]));
        builder.UseSetting("Database:Folder", folder.FullName);
        builder.UseSetting("Planner:ServiceTimeout", "00:00:02");
        builder.UseSetting("Planner:Lease", "00:00:10");
        builder.UseSetting("Planner:RecoveryInterval", "00:00:00.250");
        builder.UseSetting("Planner:StreamHeartbeat", "00:00:00.200");
        builder.UseSetting("Planner:Now", Now?.ToString("O"));
        builder.ConfigureTestServices(services => services.AddHostedService(provider => new Neighbours(this, provider.GetRequiredService<IBusControl>())));
    }

    /// <summary>The other services are there before this one starts to work, as they are in one process.</summary>
    private sealed class Neighbours(PlannerHost host, IBusControl bus) : IHostedLifecycleService
    {
        public Task StartingAsync(CancellationToken cancellationToken)
        {
            host.endpoints.AddRange([host.Connector.Connect(bus), host.Charts.Connect(bus), host.Events.Connect(bus)]);
            return Task.CompletedTask;
        }

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class SignIn(InternalTokens tokens, Caller caller) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Authorization = new("Bearer", tokens.Issue(caller, "planner"));
            return base.SendAsync(request, cancellationToken);
        }
    }
}
