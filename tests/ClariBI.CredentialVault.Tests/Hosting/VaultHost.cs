using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ClariBI.Contracts.CredentialVault;
using ClariBI.CredentialVault.Data;
using ClariBI.Messaging;
using ClariBI.Messaging.Sealing;
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

/// <summary>The vault as its own process runs it; two of them may share a folder, as two replicas share a database.</summary>
public sealed class VaultHost : IAsyncLifetime
{
    private readonly bool ownsFolder;
    private readonly string internalKey;
    private WebApplication app = null!;

    public VaultHost()
        : this(null)
    {
    }

    private VaultHost(VaultHost? first)
    {
        ownsFolder = first is null;
        Folder = first?.Folder ?? Directory.CreateTempSubdirectory("claribi-vault-").FullName;
        internalKey = first?.internalKey ?? Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        Clock = first?.Clock ?? new ShiftedClock();
        TokenServer = first?.TokenServer!;
    }

    public string Folder { get; }

    public ShiftedClock Clock { get; }

    public TokenServer TokenServer { get; private set; }

    public EndedGrants Ended => app.Services.GetRequiredService<EndedGrants>();

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
            ["Internal:Key"] = internalKey,
            ["Database:Folder"] = Folder,
            ["Vault:KeyFile"] = Path.Combine(Folder, "keys.json"),
            ["Vault:VendorTimeout"] = "00:00:05",
            ["Outbound:AllowedOrigins:0"] = TokenServer.Url,
        });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock));
        builder.Services.AddSingleton<EndedGrants>();
        builder.WebHost.UseTestServer();
        builder.AddServiceDefaults("test");
        builder.AddInternalCallers("vault");
        builder.AddCredentialVault();
        builder.AddMessaging(bus =>
        {
            bus.AddCredentialVaultConsumers();
            bus.AddServiceConsumer<EndedGrantsConsumer>("test");
        });
        app = builder.Build();
        app.UseServiceDefaults();
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

    internal async Task<T> WithDatabaseAsync<T>(Func<VaultDbContext, Task<T>> use)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<VaultDbContext>());
    }

    public async Task<object> AskAsync<TRequest, TAnswer, TRefusal>(TRequest request, CancellationToken cancellationToken)
        where TRequest : class
        where TAnswer : class
        where TRefusal : class
    {
        var client = app.Services.GetRequiredService<IBus>().CreateRequestClient<TRequest>(RequestTimeout.After(s: 60));
        return (await client.GetResponse<TAnswer, TRefusal>(request, cancellationToken)).Message;
    }

    /// <summary>Stores a grant whose tokens the token server knows.</summary>
    public async Task<StoredGrant> StoreAsync(CancellationToken cancellationToken, TimeSpan? life = null, Guid? id = null, Guid? workspace = null)
    {
        var grant = new StoredGrant(id ?? Guid.NewGuid(), workspace ?? Guid.NewGuid(), TokenServer.Issue());
        var answer = await SendAsync(grant, life ?? TimeSpan.FromHours(1), cancellationToken);
        answer.ShouldBeOfType<GrantStored>();
        return grant;
    }

    public async Task<object> SendAsync(StoredGrant grant, TimeSpan life, CancellationToken cancellationToken, Func<StoreGrant, StoreGrant>? change = null)
    {
        var key = (await app.Services.GetRequiredService<IBus>().CreateRequestClient<GetSealingKey>().GetResponse<SealingKey>(new GetSealingKey(), cancellationToken)).Message;
        Proofs.Check(key.Proof, key.PublicKey).ShouldBeTrue();
        var tokens = new GrantTokens(
            grant.Tokens.Access, grant.Tokens.Refresh, Clock.GetUtcNow() + life, "mcp:read offline_access", TokenServer.Url, $"{TokenServer.Url}/token",
            $"{TokenServer.Url}/revoke", TokenServer.Url, "client-1", "secret-of-the-client", "client_secret_post");
        var box = SealedBox.Seal(JsonSerializer.SerializeToUtf8Bytes(tokens), key.PublicKey, $"grant:{grant.Workspace:N}:{grant.Id:N}");
        var message = new StoreGrant(
            grant.Id, grant.Workspace, "test", box, Proofs.Make("connector", $"{grant.Workspace:N}", $"{grant.Id:N}", box.Ciphertext));
        return await AskAsync<StoreGrant, GrantStored, VaultRequestRefused>(change is null ? message : change(message), cancellationToken);
    }

    /// <returns>The access token with its generation, or the refusal.</returns>
    public async Task<(string? Token, int Generation, LeaseRefused? Refused)> LeaseAsync(
        Guid grant, Guid workspace, CancellationToken cancellationToken, int? rejected = null, Func<LeaseAccessToken, LeaseAccessToken>? change = null)
    {
        using var key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var publicKey = SealedBox.PublicKeyOf(key);
        var message = new LeaseAccessToken(
            grant, workspace, publicKey, rejected, "tools/call test", Proofs.Make("connector", $"{workspace:N}", $"{grant:N}", publicKey));
        var answer = await AskAsync<LeaseAccessToken, AccessTokenLeased, LeaseRefused>(change is null ? message : change(message), cancellationToken);
        if (answer is LeaseRefused refused)
        {
            return (null, 0, refused);
        }

        var leased = (AccessTokenLeased)answer;
        var token = SealedBox.Open(leased.Token, key, $"lease:{workspace:N}:{grant:N}:{leased.Generation}");
        return (Encoding.UTF8.GetString(token), leased.Generation, null);
    }
}

public sealed record StoredGrant(Guid Id, Guid Workspace, IssuedTokens Tokens);
