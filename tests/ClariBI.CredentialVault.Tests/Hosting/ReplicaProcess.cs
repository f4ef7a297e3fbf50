using System.Diagnostics;
using System.Net.Http.Json;
using System.Security.Cryptography;
using ClariBI.Contracts.CredentialVault;
using ClariBI.Messaging.Sealing;

namespace ClariBI.CredentialVault.Tests.Hosting;

/// <summary>A vault in a process of its own on a host's database and keys, to be killed.</summary>
internal sealed class ReplicaProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromMinutes(1) };

    private ReplicaProcess(Process process) => this.process = process;

    public static async Task<ReplicaProcess> StartAsync(VaultHost host, CancellationToken cancellationToken)
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        var path = Path.Combine(
            here.Parent!.Parent!.Parent!.Parent!.FullName, "ClariBI.CredentialVault.Replica", "bin", here.Parent.Name, here.Name, "ClariBI.CredentialVault.Replica.dll");
        var start = new ProcessStartInfo(Environment.ProcessPath!.EndsWith("dotnet", StringComparison.Ordinal) ? Environment.ProcessPath : "dotnet")
        {
            ArgumentList = { path },
            WorkingDirectory = host.Folder,
            RedirectStandardOutput = true,
            Environment =
            {
                ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
                ["Internal__Key"] = host.InternalKey,
                ["Database__Folder"] = host.Folder,
                ["Vault__KeyFile"] = host.KeyFile,
                ["Vault__VendorTimeout"] = "00:00:30",
                ["Outbound__AllowedOrigins__0"] = host.TokenServer.Url,
            },
        };
        var replica = new ReplicaProcess(Process.Start(start)!);
        const string Listening = "Now listening on: ";
        while (await replica.process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var at)
            {
                replica.http.BaseAddress = new Uri(line[(at + Listening.Length)..].Trim());
                _ = replica.process.StandardOutput.ReadToEndAsync(CancellationToken.None);
                return replica;
            }
        }

        throw new InvalidOperationException("The replica did not start.");
    }

    /// <summary>Asks for a token and does not care for the answer, which may never come.</summary>
    public async Task LeaseAsync(VaultHost host, StoredGrant grant, int? rejected)
    {
        using var key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var publicKey = SealedBox.PublicKeyOf(key);
        var message = new LeaseAccessToken(
            grant.Id, grant.Workspace, publicKey, rejected, "killed", host.Proofs.Make("connector", $"{grant.Workspace:N}", $"{grant.Id:N}", publicKey));
        try
        {
            using var response = await http.PostAsJsonAsync("/lease", message);
        }
        catch (HttpRequestException)
        {
            // It was killed.
        }
    }

    /// <summary>SIGKILL: no farewell, no clean-up.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            await KillAsync();
        }

        process.Dispose();
        http.Dispose();
    }
}
