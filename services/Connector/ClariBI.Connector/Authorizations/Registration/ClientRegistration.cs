namespace ClariBI.Connector.Authorizations.Registration;

/// <summary>ClariBI as one authorization server knows it (RFC 7591), per issuer and redirect address.</summary>
internal sealed class ClientRegistration
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string Issuer { get; init; }

    public required string RedirectUri { get; init; }

    public required string ClientId { get; init; }

    /// <summary>Null for a public client.</summary>
    public string? SealedSecret { get; init; }

    /// <summary><c>none</c>, <c>client_secret_post</c> or <c>client_secret_basic</c>.</summary>
    public required string AuthenticationMethod { get; init; }

    /// <summary>Null when the secret does not expire.</summary>
    public DateTimeOffset? SecretExpiresAt { get; init; }

    public required DateTimeOffset RegisteredAt { get; init; }

    public string SecretBinding => $"client:{Id:N}";
}
