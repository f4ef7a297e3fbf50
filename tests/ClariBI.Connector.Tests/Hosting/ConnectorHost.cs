using System.Net.Http.Headers;
using System.Security.Cryptography;
using ClariBI.Connector.Authorizations;
using ClariBI.CredentialVault;
using ClariBI.Messaging;
using ClariBI.ServiceDefaults;
using ClariBI.ServiceDefaults.Callers;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace ClariBI.Connector.Tests.Hosting;

/// <summary>Connector and vault in one process, as the all-in-one host runs them, against a vendor of its own.</summary>
public sealed class ConnectorHost : IAsyncLifetime
{
    private readonly string internalKey = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
    private string? folder;
    private ShiftedClock? clock;
    private WebApplication app = null!;

    /// <summary>Set: another replica of that one, with its databases, its clock and its vendor, and a bus of its own.</summary>
    public ConnectorHost? Beside { get; init; }

    public TestVendor Vendor { get; private set; } = null!;

    public string Folder => folder ??= Beside?.Folder ?? Directory.CreateTempSubdirectory("claribi-connector-").FullName;

    public ShiftedClock Clock => clock ??= Beside?.Clock ?? new ShiftedClock();

    /// <summary>Settings beside or instead of the usual ones.</summary>
    public Dictionary<string, string?> Settings { get; } = [];

    public IServiceProvider Services => app.Services;

    public IBus Bus => app.Services.GetRequiredService<IBus>();

    public async ValueTask InitializeAsync()
    {
        Vendor = Beside?.Vendor ?? await TestVendor.StartAsync();
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Internal:Key"] = Beside?.internalKey ?? internalKey,
            ["Database:Folder"] = Folder,
            ["Vault:KeyFile"] = Path.Combine(Folder, "keys.json"),
            ["Connector:PublicUrl"] = "http://localhost:8080",
            ["Connector:SandboxUrl"] = Vendor.Url,
            ["Connector:OAuthTimeout"] = "00:00:05",
            ["Connector:SessionTimeout"] = "00:00:05",
            ["Outbound:AllowedOrigins:0"] = Vendor.Url,
            ["Outbound:AllowedOrigins:1"] = Vendor.Url.Replace("http:", "https:", StringComparison.Ordinal),
        });
        builder.Configuration.AddInMemoryCollection(Settings);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock));
        builder.WebHost.UseTestServer();
        builder.AddServiceDefaults("test");
        builder.AddInternalCallers("connector");
        builder.AddConnector().AddCredentialVault();
        builder.AddMessaging(bus =>
        {
            bus.AddConnectorConsumers();
            bus.AddCredentialVaultConsumers();
        });
        app = builder.Build();
        app.UseServiceDefaults();
        app.MapConnector();
        await app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        if (Beside is not null)
        {
            return;
        }

        await Vendor.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>A person with a browser of their own.</summary>
    public Person A(Guid? workspace = null, Guid? user = null, string role = "owner")
    {
        var caller = new Caller(user ?? Guid.NewGuid(), "Ada", workspace ?? Guid.NewGuid(), role);
        return new Person(this, caller);
    }

    /// <summary>What the clean-up does every minute.</summary>
    public Task CleanAsync() => Services.GetRequiredService<AbandonedAuthorizations>().CleanAsync(TestContext.Current.CancellationToken);

    internal HttpClient ClientFor(Caller? caller)
    {
        var client = app.GetTestClient();
        if (caller is not null)
        {
            var token = Services.GetRequiredService<InternalTokens>().Issue(caller, "connector");
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return client;
    }

    public async Task<Response<TAnswer, TFailure>> AskAsync<TRequest, TAnswer, TFailure>(TRequest request, CancellationToken cancellationToken)
        where TRequest : class
        where TAnswer : class
        where TFailure : class =>
        await Bus.CreateRequestClient<TRequest>(RequestTimeout.After(s: 60)).GetResponse<TAnswer, TFailure>(request, cancellationToken);
}
