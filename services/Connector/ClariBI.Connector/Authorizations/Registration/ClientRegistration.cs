using System.Text.Json.Serialization;
using ClariBI.Contracts;

namespace ClariBI.Connector.Authorizations.Registration;

[JsonConverter(typeof(SnakeCaseEnumConverter<ClientKind>))]
internal enum ClientKind
{
    /// <summary>RFC 7591.</summary>
    Dynamic,

    /// <summary>The client id is the address of our metadata document.</summary>
    MetadataDocument,

    /// <summary>From <c>Connector:Clients</c>.</summary>
    Configured,

    /// <summary>A person typed it in, for one workspace.</summary>
    Given,
}

/// <summary>ClariBI as one authorization server knows it, per issuer, redirect address and owner. Never used with another issuer.</summary>
internal sealed class ClientRegistration
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string Issuer { get; init; }

    public required string RedirectUri { get; init; }

    /// <summary>Empty for a client that all workspaces share; else the workspace whose own it is, or becomes once it is proven.</summary>
    public string Owner { get; init; } = "";

    public ClientKind Kind { get; init; }

    /// <summary>Empty while somebody registers it.</summary>
    public required string ClientId { get; init; }

    /// <summary>Null for a public client.</summary>
    public string? SealedSecret { get; init; }

    /// <summary><c>none</c>, <c>client_secret_post</c> or <c>client_secret_basic</c>.</summary>
    public required string AuthenticationMethod { get; init; }

    /// <summary>Null when the secret does not expire.</summary>
    public DateTimeOffset? SecretExpiresAt { get; init; }

    public required DateTimeOffset RegisteredAt { get; init; }

    /// <summary>Until when whoever registers it has to be done; null when it is.</summary>
    public DateTimeOffset? LeasedUntil { get; init; }

    /// <summary>When the vendor last gave a token to it.</summary>
    public DateTimeOffset? ProvenAt { get; init; }

    /// <summary>Since when somebody went to the consent page with it and gave up; null: nobody.</summary>
    public DateTimeOffset? SuspectSince { get; init; }

    public string SecretBinding => $"client:{Id:N}";
}
