using System.Security.Cryptography;
using System.Text.Json;
using ClariBI.Contracts.CredentialVault;
using ClariBI.Messaging.Sealing;
using ClariBI.ServiceDefaults.Internal;
using MassTransit;

namespace ClariBI.Connector.Grants;

/// <summary>The vault over the bus. Tokens travel sealed in both directions.</summary>
internal sealed class VaultClient(IClientFactory clients, ServiceProofs proofs)
{
    private static readonly RequestTimeout Patience = RequestTimeout.After(s: 45);

    /// <exception cref="VaultUnavailableException">The vault did not answer, or would not take the grant.</exception>
    public Task<GrantStored> StoreAsync(Guid grantId, Guid workspaceId, string vendor, GrantTokens tokens, CancellationToken cancellationToken) =>
        AskAsync(async () =>
        {
            var key = (await clients.CreateRequestClient<GetSealingKey>(Patience)
                .GetResponse<SealingKey>(new GetSealingKey(), cancellationToken)).Message;
            if (!proofs.Check(key.Proof, key.PublicKey))
            {
                throw new VaultUnavailableException("The credential vault could not prove who it is; the two services do not share the internal key.");
            }

            var plaintext = JsonSerializer.SerializeToUtf8Bytes(tokens);
            try
            {
                var box = SealedBox.Seal(plaintext, key.PublicKey, $"grant:{workspaceId:N}:{grantId:N}");
                var proof = proofs.Make(ConnectorModule.Service, $"{workspaceId:N}", $"{grantId:N}", box.Ciphertext);
                var response = await clients.CreateRequestClient<StoreGrant>(Patience).GetResponse<GrantStored, VaultRequestRefused>(
                    new StoreGrant(grantId, workspaceId, vendor, box, proof), cancellationToken);
                return response.Is(out Response<GrantStored>? stored) ? stored.Message : throw Refused(response);
            }
            finally
            {
                CryptographicOperations.ZeroMemory(plaintext);
            }
        });

    /// <param name="rejectedGeneration">The generation that the vendor answered 401 to.</param>
    /// <param name="acceptedGeneration">The generation that works although the vault was told of it as rejected.</param>
    /// <exception cref="LeaseRefusedException">The vault has no token to hand out.</exception>
    /// <exception cref="VaultUnavailableException">The vault did not answer.</exception>
    public Task<Lease> LeaseAsync(
        Guid grantId, Guid workspaceId, int? rejectedGeneration, string purpose, CancellationToken cancellationToken, int? acceptedGeneration = null) =>
        AskAsync(async () =>
        {
            using var key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
            var publicKey = SealedBox.PublicKeyOf(key);
            var proof = proofs.Make(ConnectorModule.Service, $"{workspaceId:N}", $"{grantId:N}", publicKey);
            var response = await clients.CreateRequestClient<LeaseAccessToken>(Patience).GetResponse<AccessTokenLeased, LeaseRefused>(
                new LeaseAccessToken(grantId, workspaceId, publicKey, rejectedGeneration, purpose, proof, acceptedGeneration), cancellationToken);
            if (response.Is(out Response<LeaseRefused>? refused))
            {
                throw new LeaseRefusedException(refused.Message.Reason, refused.Message.Detail, refused.Message.RetryAt);
            }

            response.Is(out Response<AccessTokenLeased>? leased);
            var lease = leased!.Message;
            var token = SealedBox.Open(lease.Token, key, $"lease:{workspaceId:N}:{grantId:N}:{lease.Generation}");
            return new Lease(token, lease.Generation, lease.ExpiresAt, lease.TokenExpiresAt, lease.RefreshedAt);
        });

    /// <exception cref="VaultUnavailableException">The vault did not answer.</exception>
    public Task<GrantRevoked> RevokeAsync(Guid grantId, Guid workspaceId, CancellationToken cancellationToken, string? vendorName = null) =>
        AskAsync(async () =>
        {
            var response = await clients.CreateRequestClient<RevokeGrant>(Patience).GetResponse<GrantRevoked, VaultRequestRefused>(
                Revocation(grantId, workspaceId, vendorName), cancellationToken);
            return response.Is(out Response<GrantRevoked>? revoked) ? revoked.Message : throw Refused(response);
        });

    /// <summary>
    /// The same as a command for the outbox, to <see cref="VaultQueues.RevokeGrant"/>: for a grant that nobody waits for, so
    /// that it is revoked also when this process dies or the vault is away for days.
    /// </summary>
    public RevokeGrant Revocation(Guid grantId, Guid workspaceId, string? vendorName = null) =>
        new(grantId, workspaceId, proofs.Make(ConnectorModule.Service, $"{workspaceId:N}", $"{grantId:N}"), vendorName);

    /// <exception cref="VaultUnavailableException">The vault did not answer.</exception>
    public Task<AccessLog> AccessLogAsync(Guid grantId, Guid workspaceId, int limit, CancellationToken cancellationToken) =>
        AskAsync(async () =>
        {
            var proof = proofs.Make(ConnectorModule.Service, $"{workspaceId:N}", $"{grantId:N}");
            var response = await clients.CreateRequestClient<GetAccessLog>(Patience).GetResponse<AccessLog, VaultRequestRefused>(
                new GetAccessLog(grantId, workspaceId, limit, proof), cancellationToken);
            return response.Is(out Response<AccessLog>? log) ? log.Message : throw Refused(response);
        });

    private static VaultUnavailableException Refused<TAnswer>(Response<TAnswer, VaultRequestRefused> response)
        where TAnswer : class =>
        new(response.Is(out Response<VaultRequestRefused>? refused) ? refused.Message.Detail : "The credential vault gave an unknown answer.");

    private static async Task<T> AskAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (RequestException exception)
        {
            throw new VaultUnavailableException("The credential vault does not answer. Try again in a moment.", exception);
        }
    }
}

internal sealed class VaultUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

internal sealed class LeaseRefusedException(LeaseRefusal reason, string detail, DateTimeOffset? retryAt = null) : Exception(detail)
{
    public LeaseRefusal Reason { get; } = reason;

    /// <summary>When the vault asks the vendor again, where that is known.</summary>
    public DateTimeOffset? RetryAt { get; } = retryAt;
}
