using System.Text.Json.Serialization;
using ClariBI.Contracts;

namespace ClariBI.CredentialVault.Keys;

[JsonConverter(typeof(SnakeCaseEnumConverter<KeyProvider>))]
internal enum KeyProvider
{
    KeyFile,
    AzureKeyVault,
}

/// <summary>The versioned keys that wrap data keys. Old versions stay readable, the current one wraps.</summary>
internal interface IKeyEncryptionKeys
{
    KeyProvider Provider { get; }

    /// <summary>The newest version; what was known a moment ago may do.</summary>
    /// <exception cref="KeysUnavailableException">There is none to be had now.</exception>
    ValueTask<KeyEncryptionKey> CurrentAsync(CancellationToken cancellationToken);

    /// <summary>The newest version, asked for anew.</summary>
    /// <exception cref="KeysUnavailableException">There is none to be had now.</exception>
    ValueTask<KeyEncryptionKey> NewestAsync(CancellationToken cancellationToken);

    /// <exception cref="KeyVersionMissingException">The version was deleted, disabled or belongs to another installation.</exception>
    /// <exception cref="KeysUnavailableException">It cannot be had now.</exception>
    ValueTask<KeyEncryptionKey> GetAsync(string version, CancellationToken cancellationToken);

    /// <summary>Makes a new random version, which is the current one from then on.</summary>
    /// <exception cref="KeysUnavailableException">It could not be stored.</exception>
    ValueTask<KeyEncryptionKey> AddAsync(CancellationToken cancellationToken);

    /// <exception cref="KeysUnavailableException">They cannot be listed now.</exception>
    ValueTask<IReadOnlyList<string>> VersionsAsync(CancellationToken cancellationToken);
}

/// <param name="Key">32 bytes; held as long as the process runs, never handed out by reference to be cleared.</param>
internal sealed record KeyEncryptionKey(string Version, byte[] Key)
{
    public const int Bytes = 32;

    public override string ToString() => $"key version {Version}";
}

/// <summary>The store of the keys cannot be read now, or holds something that is no key. The message says what to do.</summary>
internal class KeysUnavailableException(string message, Exception? inner = null) : InvalidOperationException(message, inner);

internal sealed class KeyVersionMissingException(string version, string? cause = null)
    : InvalidOperationException($"The key-encryption key version {version} is not there{(cause is null ? "" : $": {cause}")}. Restore the key file or the Key Vault secret it came from.");
