using System.ComponentModel.DataAnnotations;

namespace ClariBI.Connector.Authorizations.Registration;

/// <summary>One of <c>Connector:Clients</c>: a client that the operator registered with a vendor by hand.</summary>
public sealed class ConfiguredClient
{
    /// <summary>The authorization server that knows it, or empty where <see cref="Vendor"/> names the row of the catalogue.</summary>
    public string Issuer { get; init; } = "";

    public string Vendor { get; init; } = "";

    [Required]
    public string ClientId { get; init; } = "";

    public string ClientSecret { get; init; } = "";

    /// <summary><c>none</c>, <c>client_secret_post</c> or <c>client_secret_basic</c>; empty: what the vendor supports.</summary>
    [RegularExpression("^$|^none$|^client_secret_(post|basic)$")]
    public string Method { get; init; } = "";

    internal bool IsFor(string issuer, string vendor) =>
        Issuer.Length > 0 ? Issuer == issuer && (Vendor.Length == 0 || Vendor == vendor) : Vendor.Length > 0 && Vendor == vendor;
}
