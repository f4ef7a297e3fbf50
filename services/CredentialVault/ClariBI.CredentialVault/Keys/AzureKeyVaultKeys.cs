using System.Collections.Concurrent;
using Azure;
using Azure.Security.KeyVault.Secrets;
using Microsoft.Extensions.Options;

namespace ClariBI.CredentialVault.Keys;

/// <summary>
/// Keys in an Azure Key Vault secret, a key per secret version. Keys are cached by version; which version is current is asked
/// again after five minutes, so that a new one is taken up without a restart.
/// </summary>
internal sealed class AzureKeyVaultKeys(SecretClient secrets, IOptions<VaultOptions> options, TimeProvider clock) : IKeyEncryptionKeys
{
    private static readonly TimeSpan CurrentLifetime = TimeSpan.FromMinutes(5);
    private readonly ConcurrentDictionary<string, KeyEncryptionKey> versions = new(StringComparer.Ordinal);
    private (KeyEncryptionKey Key, DateTimeOffset Until)? current;

    public async ValueTask<KeyEncryptionKey> CurrentAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (current is { } cached && cached.Until > now)
        {
            return cached.Key;
        }

        var key = Remember(await secrets.GetSecretAsync(options.Value.KeyVaultSecret, cancellationToken: cancellationToken));
        current = (key, now + CurrentLifetime);
        return key;
    }

    public async ValueTask<KeyEncryptionKey> GetAsync(string version, CancellationToken cancellationToken)
    {
        if (versions.TryGetValue(version, out var known))
        {
            return known;
        }

        try
        {
            return Remember(await secrets.GetSecretAsync(options.Value.KeyVaultSecret, version, cancellationToken: cancellationToken));
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            throw new KeyVersionMissingException(version);
        }
    }

    private KeyEncryptionKey Remember(KeyVaultSecret secret)
    {
        var key = Convert.FromBase64String(secret.Value);
        return key.Length == 32
            ? versions.GetOrAdd(secret.Properties.Version, version => new KeyEncryptionKey(version, key))
            : throw new InvalidOperationException($"The Key Vault secret {secret.Name} is not base64 of 32 bytes.");
    }
}
