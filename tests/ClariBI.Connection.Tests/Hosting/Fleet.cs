using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Npgsql;

[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace ClariBI.Connection.Tests.Hosting;

/// <summary>The tests that need the fleet; it starts with the first of them.</summary>
[CollectionDefinition("fleet")]
public sealed class FleetCollection : ICollectionFixture<Fleet>;

/// <summary>Four Connectors and four vaults as processes on one RabbitMQ and one PostgreSQL, and the Amplitude sandbox behind a proxy.</summary>
public sealed class Fleet : IAsyncLifetime
{
    public const int Replicas = 4;
    private readonly string folder = Directory.CreateTempSubdirectory("claribi-connection-").FullName;

    /// <summary>Where the output of the processes stays; <c>tests/run.sh</c> sets it.</summary>
    private readonly string? keptLogs = Environment.GetEnvironmentVariable("CLARIBI_CONNECTION_LOGS");
    private readonly Dictionary<string, string> environment = [];
    private readonly List<ServiceProcess> connectors = [];
    private readonly List<ServiceProcess> vaults = [];
    private ServiceProcess sandbox = null!;
    private int started;

    internal VendorProxy Proxy { get; private set; } = null!;

    internal HttpClient Admin { get; private set; } = null!;

    internal string InternalKey { get; } = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    internal IReadOnlyList<ServiceProcess> Vaults => vaults;

    internal Uri Connector(int replica) => connectors[replica % connectors.Count].Address;

    public async ValueTask InitializeAsync()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await DropDatabasesAsync(cancellationToken);
        Proxy = await VendorProxy.StartAsync();
        var admin = new Uri($"http://127.0.0.1:{ServiceProcess.FreePort()}");
        sandbox = ServiceProcess.Start(
            "deploy/sandbox/ClariBI.Sandbox", Path.Combine(folder, "sandbox.log"), new Dictionary<string, string>(),
            "--users", "1500", "--data", Path.Combine(folder, "sandbox"), "--admin-urls", admin.ToString(), "--public-url", Proxy.Address.ToString().TrimEnd('/'));
        Proxy.Target = sandbox.Address;
        Admin = new HttpClient { BaseAddress = admin };

        var vendor = Proxy.Address.ToString().TrimEnd('/');
        foreach (var (name, value) in new Dictionary<string, string>
        {
            ["Internal__Key"] = InternalKey,
            ["Database__Provider"] = "Postgres",
            ["Database__Postgres"] = Servers.Postgres,
            ["Messaging__RabbitMq"] = Servers.RabbitMq,
            ["Vault__KeyFile"] = Path.Combine(folder, "keys.json"),
            ["Connector__SandboxUrl"] = vendor,
            ["Connector__PublicUrl"] = "http://localhost:8080",
            ["Outbound__AllowedOrigins__0"] = vendor,

            // Nine processes share the machine: what is slow here is not the vendor.
            ["Connector__OAuthTimeout"] = "00:01:00",
            ["Connector__SessionTimeout"] = "00:01:00",
        })
        {
            environment[name] = value;
        }

        // The first of each makes the database; the others find it.
        await StartAsync(vaults, 1, cancellationToken);
        await StartAsync(connectors, 1, cancellationToken);
        await Task.WhenAll(StartAsync(vaults, Replicas - 1, cancellationToken), StartAsync(connectors, Replicas - 1, cancellationToken));
        await sandbox.WaitAsync("/health", cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in connectors.Concat(vaults).Append(sandbox))
        {
            await process.DisposeAsync();
        }

        await Proxy.DisposeAsync();
        Admin.Dispose();
        if (keptLogs is not null)
        {
            Directory.CreateDirectory(keptLogs);
            foreach (var log in Directory.EnumerateFiles(folder, "*.log"))
            {
                File.Copy(log, Path.Combine(keptLogs, Path.GetFileName(log)), overwrite: true);
            }
        }

        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Four vaults again, after some were killed.</summary>
    internal async Task MendAsync(CancellationToken cancellationToken)
    {
        foreach (var dead in vaults.Where(vault => vault.HasExited).ToArray())
        {
            vaults.Remove(dead);
            await dead.DisposeAsync();
        }

        await StartAsync(vaults, Replicas - vaults.Count, cancellationToken);
    }

    internal async Task SetAsync(object settings) => (await Admin.PostAsJsonAsync("/settings", settings)).EnsureSuccessStatusCode();

    internal async Task FaultAsync(object fault) => (await Admin.PostAsJsonAsync("/faults", fault)).EnsureSuccessStatusCode();

    /// <summary>Everything as it was at the start, apart from what is connected.</summary>
    internal async Task ResetVendorAsync()
    {
        Proxy.AfterToken = null;
        await FaultAsync(new { kind = "none" });
        await SetAsync(new { refresh = "rotate", tokenLife = 3600 });
        await Admin.DeleteAsync(new Uri("/requests", UriKind.Relative));
    }

    internal async Task<List<JsonElement>> RequestsAsync(string? path = null) =>
        [.. (await Admin.GetFromJsonAsync<JsonElement>("/requests")).EnumerateArray().Where(seen => path is null || seen.GetProperty("path").GetString() == path)];

    internal async Task<int> CountAsync(string kind) => (await RequestsAsync()).Count(seen => seen.GetProperty("kind").GetString() == kind);

    internal async Task<int> CountRpcAsync(string method) =>
        (await RequestsAsync("/mcp")).Count(seen => seen.TryGetProperty("rpcMethod", out var rpc) && rpc.GetString() == method);

    internal async Task ForgetRequestsAsync() => (await Admin.DeleteAsync(new Uri("/requests", UriKind.Relative))).EnsureSuccessStatusCode();

    internal async Task<string> LogsAsync() =>
        string.Join('\n', await Task.WhenAll(Directory.EnumerateFiles(folder, "*.log").Select(file => File.ReadAllTextAsync(file))));

    private async Task StartAsync(List<ServiceProcess> running, int count, CancellationToken cancellationToken)
    {
        var (project, name) = running == vaults
            ? ("services/CredentialVault/ClariBI.CredentialVault.Host", "vault")
            : ("services/Connector/ClariBI.Connector.Host", "connector");
        var fresh = Enumerable.Range(0, count)
            .Select(_ => ServiceProcess.Start(project, Path.Combine(folder, $"{name}-{Interlocked.Increment(ref started)}.log"), environment)).ToList();
        running.AddRange(fresh);
        await Task.WhenAll(fresh.Select(process => process.WaitAsync("/health/ready", cancellationToken)));
    }

    private static async Task DropDatabasesAsync(CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Servers.Postgres) { Database = "postgres" }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        foreach (var name in new[] { "claribi_connector", "claribi_vault" })
        {
            await using var command = connection.CreateCommand();
            command.CommandText = $"drop database if exists {name} with (force)";
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
