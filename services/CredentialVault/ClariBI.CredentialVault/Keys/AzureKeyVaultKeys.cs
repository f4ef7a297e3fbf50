using System.Collections.Concurrent;
using Azure;
using Azure.Identity;
using Azure.Security.KeyVault.Secrets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ClariBI.CredentialVault.Keys;

/// <summary>
/// Keys in an Azure Key Vault secret, a key per secret version. Keys are cached by version; which version is current is asked
/// again after five minutes, so that a new one is taken up without a restart; the last one stays in use while it cannot be asked.
/// </summary>
internal sealed partial class AzureKeyVaultKeys(
    SecretClient secrets, IOptions<VaultOptions> options, TimeProvider clock, ILogger<AzureKeyVaultKeys> logger) : IKeyEncryptionKeys
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

        try
        {
            var key = Remember(await secrets.GetSecretAsync(options.Value.KeyVaultSecret, cancellationToken: cancellationToken));
            current = (key, now + CurrentLifetime);
            return key;
        }
        catch (Exception exception) when (current is not null && exception is (RequestFailedException or AuthenticationFailedException))
        {
            // Its version is recorded with what it wraps, so a key that is no longer the newest still opens later.
            LogKept(exception, current.Value.Key.Version);
            return current.Value.Key;
        }
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

    [LoggerMessage(LogLevel.Warning, "The Key Vault does not answer; key version {Version} wraps until it does.")]
    private partial void LogKept(Exception exception, string version);
}
