using ClariBI.Contracts.Charts;
using ClariBI.ServiceDefaults.Callers;
using MassTransit;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace ClariBI.Charts.Tests;

/// <summary>The real host on its own SQLite file, with a clock that stands still and a stand-in for the planner.</summary>
public sealed class ChartsHost : WebApplicationFactory<Program>, IAsyncLifetime
{
    private readonly DirectoryInfo folder;
    private readonly TimeProvider time;
    private readonly (string Key, string Value)[] settings;

    public ChartsHost()
        : this(Directory.CreateTempSubdirectory("claribi-charts-"), null)
    {
    }

    internal ChartsHost(params (string Key, string Value)[] settings)
        : this(Directory.CreateTempSubdirectory("claribi-charts-"), null, settings)
    {
    }

    /// <summary>On a folder that another host may share (a second process), where null with a clock that stands still.</summary>
    internal ChartsHost(DirectoryInfo folder, TimeProvider? time, params (string Key, string Value)[] settings)
    {
        this.folder = folder;
        this.time = time ?? Clock;
        this.settings = settings;
    }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));

    public PlannerStandIn Planner { get; } = new();

    public async ValueTask InitializeAsync()
    {
        _ = Server;
        await Planner.ConnectAsync(Services.GetRequiredService<IBusControl>());
    }

    /// <summary>A client that is signed in to a workspace.</summary>
    public HttpClient Enter(Guid workspaceId, string name = "Ada") =>
        CreateDefaultClient(new SignIn(Services.GetRequiredService<InternalTokens>(), new Caller(Guid.CreateVersion7(), name, workspaceId, "member")));

    public async Task<ChartDrawn> DrawAsync(DrawChart message)
    {
        await using var scope = Services.CreateAsyncScope();
        var answer = await scope.ServiceProvider.GetRequiredService<IRequestClient<DrawChart>>().GetResponse<ChartDrawn>(message);
        return answer.Message;
    }

    public Task PublishAsync<T>(T message)
        where T : class => Services.GetRequiredService<IBus>().Publish(message);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (folder.Exists)
        {
            folder.Delete(recursive: true);
            folder.Refresh();
        }
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("Internal:Key", Convert.ToBase64String(new byte[32]));
        builder.UseSetting("Database:Folder", folder.FullName);
        foreach (var (key, value) in settings)
        {
            builder.UseSetting(key, value);
        }

        builder.ConfigureTestServices(services => services.AddSingleton(time));
    }

    private sealed class SignIn(InternalTokens tokens, Caller caller) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Authorization = new("Bearer", tokens.Issue(caller, "charts"));
            return base.SendAsync(request, cancellationToken);
        }
    }
}
