using System.Collections.Concurrent;
using System.Security.Cryptography;
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
    SecretClient secrets, IOptions<VaultOptions> options, TimeProvider clock, ILogger<AzureKeyVaultKeys> logger) : IKeyEncryptionKeys, IDisposable
{
    private static readonly TimeSpan CurrentLifetime = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan OutageLifetime = TimeSpan.FromSeconds(30);
    private readonly ConcurrentDictionary<string, KeyEncryptionKey> versions = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim asking = new(1, 1);
    private CurrentKey? current;

    public KeyProvider Provider => KeyProvider.AzureKeyVault;

    private string Name => options.Value.KeyVaultSecret;

    public async ValueTask<KeyEncryptionKey> CurrentAsync(CancellationToken cancellationToken)
    {
        if (current is { } cached && cached.Until > clock.GetUtcNow())
        {
            return cached.Key;
        }

        // One asks, the others wait for its answer.
        await asking.WaitAsync(cancellationToken);
        try
        {
            return current is { } fresh && fresh.Until > clock.GetUtcNow() ? fresh.Key : await RenewAsync(cancellationToken);
        }
        finally
        {
            asking.Release();
        }
    }

    public async ValueTask<KeyEncryptionKey> NewestAsync(CancellationToken cancellationToken)
    {
        var key = await AskAsync(async () => Remember(await NewestEnabledAsync(cancellationToken)));
        current = new CurrentKey(key, clock.GetUtcNow() + CurrentLifetime);
        return key;
    }

    public async ValueTask<KeyEncryptionKey> GetAsync(string version, CancellationToken cancellationToken)
    {
        if (versions.TryGetValue(version, out var known))
        {
            return known;
        }

        return await AskAsync(async () =>
        {
            try
            {
                return Remember(await secrets.GetSecretAsync(Name, version, cancellationToken: cancellationToken));
            }
            catch (RequestFailedException missing) when (missing.Status is 404 or 400)
            {
                throw new KeyVersionMissingException(version);
            }
            catch (RequestFailedException disabled) when (IsDisabled(disabled))
            {
                throw new KeyVersionMissingException(version, "it is disabled in the Key Vault; enable it again");
            }
        });
    }

    public async ValueTask<KeyEncryptionKey> AddAsync(CancellationToken cancellationToken)
    {
        var key = RandomNumberGenerator.GetBytes(KeyEncryptionKey.Bytes);
        var added = await AskAsync(async () => Remember(await secrets.SetSecretAsync(Name, Convert.ToBase64String(key), cancellationToken)));
        current = new CurrentKey(added, clock.GetUtcNow() + CurrentLifetime);
        return added;
    }

    public async ValueTask<IReadOnlyList<string>> VersionsAsync(CancellationToken cancellationToken) =>
        await AskAsync(async () => (await PropertiesAsync(cancellationToken)).ConvertAll(properties => properties.Version));

    public void Dispose() => asking.Dispose();

    private async Task<KeyEncryptionKey> RenewAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await NewestAsync(cancellationToken);
        }
        catch (KeysUnavailableException exception) when (current is not null)
        {
            // Its version is recorded with what it wraps, so a key that is no longer the newest still opens later.
            LogKept(exception, current.Key.Version);
            current = current with { Until = clock.GetUtcNow() + OutageLifetime };
            return current.Key;
        }
    }

    /// <summary>Asked without a version, the Key Vault answers with its newest, and refuses when that one is disabled.</summary>
    private async Task<KeyVaultSecret> NewestEnabledAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await secrets.GetSecretAsync(Name, cancellationToken: cancellationToken);
        }
        catch (RequestFailedException disabled) when (IsDisabled(disabled))
        {
            var newest = (await PropertiesAsync(cancellationToken)).Where(properties => properties.Enabled != false).MaxBy(properties => properties.CreatedOn)
                ?? throw new KeysUnavailableException($"Every version of the Key Vault secret {Name} is disabled. Enable one.");
            return await secrets.GetSecretAsync(Name, newest.Version, cancellationToken: cancellationToken);
        }
    }

    private async Task<List<SecretProperties>> PropertiesAsync(CancellationToken cancellationToken)
    {
        var list = new List<SecretProperties>();
        await foreach (var properties in secrets.GetPropertiesOfSecretVersionsAsync(Name, cancellationToken))
        {
            list.Add(properties);
        }

        return list;
    }

    private async Task<T> AskAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (RequestFailedException exception)
        {
            throw new KeysUnavailableException(exception.Status switch
            {
                404 => $"The Key Vault has no secret {Name}. Make it with 32 random bytes in base64 as its value, or name another in Vault__KeyVaultSecret.",
                401 or 403 => $"The Key Vault does not let ClariBI use the secret {Name} (HTTP {exception.Status}). Give its identity the permissions get, list and set on secrets.",
                0 => "The Key Vault cannot be reached. Try again in a moment.",
                _ => $"The Key Vault answered HTTP {exception.Status}. Try again in a moment.",
            }, exception);
        }
        catch (AuthenticationFailedException exception)
        {
            throw new KeysUnavailableException("ClariBI could not sign in to the Key Vault. Check the identity the vault runs as.", exception);
        }
        catch (AggregateException exception)
        {
            // The client's own retries ran out.
            throw new KeysUnavailableException("The Key Vault cannot be reached. Try again in a moment.", exception);
        }
    }

    private KeyEncryptionKey Remember(KeyVaultSecret secret)
    {
        var key = new byte[KeyEncryptionKey.Bytes];
        return Convert.TryFromBase64String(secret.Value ?? "", key, out var length) && length == key.Length
            ? versions.GetOrAdd(secret.Properties.Version, version => new KeyEncryptionKey(version, key))
            : throw new KeysUnavailableException($"Version {secret.Properties.Version} of the Key Vault secret {secret.Name} is not base64 of {KeyEncryptionKey.Bytes} bytes. Disable it or add a correct version.");
    }

    private static bool IsDisabled(RequestFailedException exception) =>
        exception.Status == 403 && exception.Message.Contains("disabled", StringComparison.OrdinalIgnoreCase);

    [LoggerMessage(LogLevel.Warning, "The Key Vault does not answer; key version {Version} wraps until it does.")]
    private partial void LogKept(Exception exception, string version);

    private sealed record CurrentKey(KeyEncryptionKey Key, DateTimeOffset Until);
}
