using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ClariBI.Contracts.CredentialVault;
using ClariBI.Messaging.Sealing;

namespace ClariBI.CredentialVault.Tests.Hosting;

public sealed record StoredGrant(Guid Id, Guid Workspace, IssuedTokens Tokens);

/// <summary>The vault's messages as the Connector sends them.</summary>
public static class VaultRequests
{
    /// <summary>Stores a grant whose tokens the token server knows.</summary>
    /// <param name="life">Of the access token; an hour when null.</param>
    /// <param name="tokens">Changes what is stored.</param>
    public static async Task<StoredGrant> StoreAsync(
        this VaultHost host, CancellationToken cancellationToken, TimeSpan? life = null, Guid? id = null, Guid? workspace = null,
        Func<GrantTokens, GrantTokens>? tokens = null)
    {
        var grant = new StoredGrant(id ?? Guid.NewGuid(), workspace ?? Guid.NewGuid(), host.TokenServer.Issue());
        var answer = await host.SendAsync(grant, life ?? TimeSpan.FromHours(1), cancellationToken, tokens: tokens);
        answer.ShouldBeOfType<GrantStored>();
        return grant;
    }

    public static GrantTokens Tokens(this VaultHost host, StoredGrant grant, TimeSpan life) => new(
        grant.Tokens.Access, grant.Tokens.Refresh, host.Clock.GetUtcNow() + life, "mcp:read offline_access", host.TokenServer.Url,
        $"{host.TokenServer.Url}/token", $"{host.TokenServer.Url}/revoke", host.TokenServer.Url, "client-1", "secret-of-the-client",
        "client_secret_post");

    public static async Task<object> SendAsync(
        this VaultHost host, StoredGrant grant, TimeSpan life, CancellationToken cancellationToken,
        Func<StoreGrant, StoreGrant>? change = null, Func<GrantTokens, GrantTokens>? tokens = null)
    {
        var stored = host.Tokens(grant, life);
        var json = JsonSerializer.SerializeToUtf8Bytes(tokens is null ? stored : tokens(stored));
        return await host.SendJsonAsync(grant, json, cancellationToken, change);
    }

    public static async Task<object> SendJsonAsync(
        this VaultHost host, StoredGrant grant, byte[] json, CancellationToken cancellationToken, Func<StoreGrant, StoreGrant>? change = null)
    {
        var key = await host.GetAsync<GetSealingKey, SealingKey>(new GetSealingKey(), cancellationToken);
        host.Proofs.Check(key.Proof, key.PublicKey).ShouldBeTrue();
        var box = SealedBox.Seal(json, key.PublicKey, $"grant:{grant.Workspace:N}:{grant.Id:N}");
        var message = new StoreGrant(
            grant.Id, grant.Workspace, "test", box, host.Proofs.Make("connector", $"{grant.Workspace:N}", $"{grant.Id:N}", box.Ciphertext));
        return await host.AskAsync<StoreGrant, GrantStored, VaultRequestRefused>(change is null ? message : change(message), cancellationToken);
    }

    /// <returns>The access token with its generation, or the refusal.</returns>
    public static async Task<(string? Token, int Generation, LeaseRefused? Refused)> LeaseAsync(
        this VaultHost host, Guid grant, Guid workspace, CancellationToken cancellationToken, int? rejected = null,
        Func<LeaseAccessToken, LeaseAccessToken>? change = null)
    {
        using var key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var publicKey = SealedBox.PublicKeyOf(key);
        var message = new LeaseAccessToken(
            grant, workspace, publicKey, rejected, "tools/call test", host.Proofs.Make("connector", $"{workspace:N}", $"{grant:N}", publicKey));
        var answer = await host.AskAsync<LeaseAccessToken, AccessTokenLeased, LeaseRefused>(change is null ? message : change(message), cancellationToken);
        if (answer is LeaseRefused refused)
        {
            return (null, 0, refused);
        }

        var leased = (AccessTokenLeased)answer;
        var token = SealedBox.Open(leased.Token, key, $"lease:{workspace:N}:{grant:N}:{leased.Generation}");
        return (Encoding.UTF8.GetString(token), leased.Generation, null);
    }

    public static Task<(string? Token, int Generation, LeaseRefused? Refused)> LeaseAsync(
        this VaultHost host, StoredGrant grant, CancellationToken cancellationToken, int? rejected = null) =>
        host.LeaseAsync(grant.Id, grant.Workspace, cancellationToken, rejected);

    public static async Task<GrantRevoked> RevokeAsync(this VaultHost host, StoredGrant grant, CancellationToken cancellationToken) =>
        (GrantRevoked)await host.AskAsync<RevokeGrant, GrantRevoked, VaultRequestRefused>(host.Revocation(grant), cancellationToken);

    public static RevokeGrant Revocation(this VaultHost host, StoredGrant grant) =>
        new(grant.Id, grant.Workspace, host.Proofs.Make("connector", $"{grant.Workspace:N}", $"{grant.Id:N}"));

    public static async Task<IReadOnlyList<CredentialAccess>> AccessLogAsync(this VaultHost host, StoredGrant grant, CancellationToken cancellationToken) =>
        ((AccessLog)await host.AskAsync<GetAccessLog, AccessLog, VaultRequestRefused>(
            new GetAccessLog(grant.Id, grant.Workspace, 100, host.Proofs.Make("connector", $"{grant.Workspace:N}", $"{grant.Id:N}")),
            cancellationToken)).Entries;
}
