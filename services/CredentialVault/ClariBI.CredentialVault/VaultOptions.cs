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

    /// <summary>How long the access log tells who used which grant.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan AccessLogRetention { get; init; } = TimeSpan.FromDays(90);

    /// <summary>How long a vendor that is away is asked again to revoke what was given back.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "90.00:00:00")]
    public TimeSpan RevocationPatience { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How soon after a rotation another one may make a new key: versions are never removed while something needs them.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "30.00:00:00")]
    public TimeSpan NewKeyInterval { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How many credentials a key rotation changes in one transaction.</summary>
    [Range(1, 1000)]
    public int RotationBatch { get; init; } = 50;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (KeyFile.Length == 0 && KeyVaultUri.Length == 0)
        {
            yield return new ValidationResult("The vault has no keys. Set Vault__KeyFile to a path or Vault__KeyVaultUri to an Azure Key Vault.");
        }

        if (KeyVaultUri.Length > 0 && !(Uri.TryCreate(KeyVaultUri, UriKind.Absolute, out var vault) && vault.Scheme == Uri.UriSchemeHttps))
        {
            yield return new ValidationResult("Vault__KeyVaultUri is not an https address. It looks like https://name.vault.azure.net.");
        }
    }
}
