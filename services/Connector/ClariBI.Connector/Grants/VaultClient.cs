using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ClariBI.Contracts.CredentialVault;
using ClariBI.Messaging.Sealing;
using ClariBI.ServiceDefaults.Internal;
using MassTransit;

namespace ClariBI.Connector.Grants;

/// <param name="ExpiresAt">When the lease ends.</param>
internal sealed record Lease(string AccessToken, int Generation, DateTimeOffset ExpiresAt, DateTimeOffset? TokenExpiresAt, DateTimeOffset? RefreshedAt);

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
    /// <exception cref="LeaseRefusedException">The vault has no token to hand out.</exception>
    /// <exception cref="VaultUnavailableException">The vault did not answer.</exception>
    public Task<Lease> LeaseAsync(Guid grantId, Guid workspaceId, int? rejectedGeneration, string purpose, CancellationToken cancellationToken) =>
        AskAsync(async () =>
        {
            using var key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
            var publicKey = SealedBox.PublicKeyOf(key);
            var proof = proofs.Make(ConnectorModule.Service, $"{workspaceId:N}", $"{grantId:N}", publicKey);
            var response = await clients.CreateRequestClient<LeaseAccessToken>(Patience).GetResponse<AccessTokenLeased, LeaseRefused>(
                new LeaseAccessToken(grantId, workspaceId, publicKey, rejectedGeneration, purpose, proof), cancellationToken);
            if (response.Is(out Response<LeaseRefused>? refused))
            {
                throw new LeaseRefusedException(refused.Message.Reason, refused.Message.Detail);
            }

            response.Is(out Response<AccessTokenLeased>? leased);
            var lease = leased!.Message;
            var token = SealedBox.Open(lease.Token, key, $"lease:{workspaceId:N}:{grantId:N}:{lease.Generation}");
            try
            {
                return new Lease(Encoding.UTF8.GetString(token), lease.Generation, lease.ExpiresAt, lease.TokenExpiresAt, lease.RefreshedAt);
            }
            finally
            {
                CryptographicOperations.ZeroMemory(token);
            }
        });

    /// <exception cref="VaultUnavailableException">The vault did not answer.</exception>
    public Task<GrantRevoked> RevokeAsync(Guid grantId, Guid workspaceId, CancellationToken cancellationToken, string? vendorName = null) =>
        AskAsync(async () =>
        {
            var proof = proofs.Make(ConnectorModule.Service, $"{workspaceId:N}", $"{grantId:N}");
            var response = await clients.CreateRequestClient<RevokeGrant>(Patience).GetResponse<GrantRevoked, VaultRequestRefused>(
                new RevokeGrant(grantId, workspaceId, proof, vendorName), cancellationToken);
            return response.Is(out Response<GrantRevoked>? revoked) ? revoked.Message : throw Refused(response);
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

internal sealed class LeaseRefusedException(LeaseRefusal reason, string detail) : Exception(detail)
{
    public LeaseRefusal Reason { get; } = reason;
}
