using System.ComponentModel.DataAnnotations;

namespace ClariBI.Connector.Authorizations.Registration;

/// <summary>A client that somebody registered with the vendor by hand.</summary>
/// <param name="Secret">Null for a public client.</param>
public sealed record GivenClient(
    [Required, StringLength(500, MinimumLength = 1)] string Id, [StringLength(2000)] string? Secret);
