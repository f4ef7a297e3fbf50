using System.ComponentModel.DataAnnotations;

namespace ClariBI.CredentialVault;

/// <summary>Where the vault's key-encryption keys live and how patient it is. Bound from the <c>Vault</c> section.</summary>
public sealed class VaultOptions : IValidatableObject
{
    public const string SectionName = "Vault";

    /// <summary>A file of versioned keys, made with mode 0600 when it does not exist. For one machine.</summary>
    public string KeyFile { get; init; } = "";

    /// <summary>An Azure Key Vault (<c>https://name.vault.azure.net</c>) whose secret holds the keys; wins over <see cref="KeyFile"/>.</summary>
    public string KeyVaultUri { get; init; } = "";

    /// <summary>The secret in the Key Vault. Each of its versions is a key of 32 bytes in base64; the newest enabled one wraps.</summary>
    public string KeyVaultSecret { get; init; } = "claribi-key-encryption-key";

    /// <summary>Longest wait for a vendor's token or revocation endpoint.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan VendorTimeout { get; init; } = TimeSpan.FromSeconds(15);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (KeyFile.Length == 0 && KeyVaultUri.Length == 0)
        {
            yield return new ValidationResult("The vault has no keys. Set Vault__KeyFile to a path or Vault__KeyVaultUri to an Azure Key Vault.");
        }
    }
}
