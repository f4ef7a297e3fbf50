namespace ClariBI.CredentialVault.Keys;

/// <summary>The versioned keys that wrap data keys. Old versions stay readable, the current one wraps.</summary>
internal interface IKeyEncryptionKeys
{
    ValueTask<KeyEncryptionKey> CurrentAsync(CancellationToken cancellationToken);

    /// <exception cref="KeyVersionMissingException">The version was deleted or belongs to another installation.</exception>
    ValueTask<KeyEncryptionKey> GetAsync(string version, CancellationToken cancellationToken);
}

/// <param name="Key">32 bytes; held as long as the process runs, never handed out by reference to be cleared.</param>
internal sealed record KeyEncryptionKey(string Version, byte[] Key);

internal sealed class KeyVersionMissingException(string version)
    : InvalidOperationException($"The key-encryption key version {version} is not there. Restore the key file or the Key Vault secret it came from.");
