using System.Net.Http.Headers;
using System.Security.Cryptography;
using ClariBI.CredentialVault.Data;
using ClariBI.Messaging;
using ClariBI.ServiceDefaults;
using ClariBI.ServiceDefaults.Callers;
using ClariBI.ServiceDefaults.Internal;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace ClariBI.CredentialVault.Tests.Hosting;

/// <summary>The vault as its own process runs it; several of them may share a folder, as replicas share a database.</summary>
public sealed class VaultHost : IAsyncLifetime
{
    private readonly bool ownsFolder;
    private WebApplication app = null!;

    public VaultHost()
        : this(null)
    {
    }

    private VaultHost(VaultHost? first)
    {
        ownsFolder = first is null;
        Folder = first?.Folder ?? Directory.CreateTempSubdirectory("claribi-vault-").FullName;
        InternalKey = first?.InternalKey ?? Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        Clock = first?.Clock ?? new ShiftedClock();
        TokenServer = first?.TokenServer!;
        Settings = new Dictionary<string, string?>(first?.Settings ?? []);
    }

    public string Folder { get; }

    public string InternalKey { get; }

    public string KeyFile => Path.Combine(Folder, "keys.json");

    public ShiftedClock Clock { get; }

    public TokenServer TokenServer { get; private set; }

    /// <summary>More configuration, set before the start.</summary>
    public Dictionary<string, string?> Settings { get; }

    public IServiceProvider Services => app.Services;

    public VaultEvents Events => app.Services.GetRequiredService<VaultEvents>();

    public ServiceProofs Proofs => app.Services.GetRequiredService<ServiceProofs>();

    /// <summary>Another process on the same database and keys.</summary>
    public async Task<VaultHost> ReplicaAsync()
    {
        var replica = new VaultHost(this);
        await replica.InitializeAsync();
        return replica;
    }

    public async ValueTask InitializeAsync()
    {
        TokenServer ??= await TokenServer.StartAsync();
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Internal:Key"] = InternalKey,
            ["Database:Folder"] = Folder,
            ["Vault:KeyFile"] = KeyFile,
            ["Vault:VendorTimeout"] = "00:00:05",
            ["Vault:NewKeyInterval"] = "00:00:00",
            ["Outbound:AllowedOrigins:0"] = TokenServer.Url,
        });
        builder.Configuration.AddInMemoryCollection(Settings);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock));
        builder.Services.AddSingleton<VaultEvents>();
        builder.WebHost.UseTestServer();
        builder.AddServiceDefaults("test");
        builder.AddInternalCallers("vault");
        builder.AddCredentialVault();
        builder.AddMessaging(bus =>
        {
            bus.AddCredentialVaultConsumers();
            bus.AddServiceConsumer<VaultEventsConsumer>("test");
        });
        app = builder.Build();
        app.UseServiceDefaults();
        app.MapCredentialVault();
        await app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        if (ownsFolder)
        {
            await TokenServer.DisposeAsync();
            Directory.Delete(Folder, recursive: true);
        }
    }

    /// <summary>The HTTP API as the gateway calls it for a person.</summary>
    public HttpClient Http(string role = "owner", Guid? workspace = null, bool runsInstallation = true)
    {
        var client = app.GetTestClient();
        var caller = new Caller(Guid.NewGuid(), "Ada", workspace ?? Guid.NewGuid(), role, runsInstallation);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer", app.Services.GetRequiredService<InternalTokens>().Issue(caller, "vault"));
        return client;
    }

    internal async Task<T> WithDatabaseAsync<T>(Func<VaultDbContext, Task<T>> use)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<VaultDbContext>());
    }

    /// <summary>Sends a command that nobody waits for, as an outbox does.</summary>
    public async Task SendAsync<TCommand>(string queue, TCommand command, CancellationToken cancellationToken)
        where TCommand : class
    {
        var endpoint = await app.Services.GetRequiredService<IBus>().GetSendEndpoint(new Uri($"queue:{queue}"));
        await endpoint.Send(command, cancellationToken);
    }

    public async Task<object> AskAsync<TRequest, TAnswer, TRefusal>(TRequest request, CancellationToken cancellationToken)
        where TRequest : class
        where TAnswer : class
        where TRefusal : class
    {
        var client = app.Services.GetRequiredService<IBus>().CreateRequestClient<TRequest>(RequestTimeout.After(s: 60));
        return (await client.GetResponse<TAnswer, TRefusal>(request, cancellationToken)).Message;
    }

    public async Task<TAnswer> GetAsync<TRequest, TAnswer>(TRequest request, CancellationToken cancellationToken)
        where TRequest : class
        where TAnswer : class =>
        (await app.Services.GetRequiredService<IBus>().CreateRequestClient<TRequest>(RequestTimeout.After(s: 60))
            .GetResponse<TAnswer>(request, cancellationToken)).Message;
}
