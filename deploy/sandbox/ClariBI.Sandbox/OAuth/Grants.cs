namespace ClariBI.Sandbox.OAuth;

/// <summary>A registered client. A client without a secret is public.</summary>
internal sealed record Client(string Id, string Name, string[] RedirectUris, string? SecretHash)
{
    public string Region { get; init; } = Regions.Us;

    /// <summary>Id of the organisation whose service account this is; null for clients that people sign in to.</summary>
    public string? ServiceOf { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
}

/// <summary>One consent and all the tokens that came of it. Revoking it ends every one of them.</summary>
internal sealed record Grant(string Id, string ClientId, string ClientName, string OrganisationId, string[] Scopes, DateTimeOffset CreatedAt)
{
    public string Region { get; init; } = Regions.Us;

    /// <summary>E-mail of who signed in; whoever is first in org.json when the grant is older than accounts.</summary>
    public string? Account { get; init; }

    /// <summary>A service account's, so nobody signed in.</summary>
    public bool IsService { get; init; }

    public bool Revoked { get; init; }

    public string? RevokedBecause { get; init; }

    public string? AccessHash { get; init; }

    public DateTimeOffset AccessExpiresAt { get; init; }

    /// <summary>Access tokens of a service account that came before and still live: its programs share the grant, not the token.</summary>
    public EarlierToken[] EarlierAccess { get; init; } = [];

    public string? RefreshHash { get; init; }

    /// <summary>Refresh tokens already exchanged: seeing one again means it leaked.</summary>
    public string[] SpentRefreshHashes { get; init; } = [];

    public bool MayRead => Scopes.Contains(OAuth.Scopes.Read);

    public bool MayWrite => Scopes.Contains(OAuth.Scopes.Write);
}

internal sealed record EarlierToken(string Hash, DateTimeOffset ExpiresAt);

internal sealed record IssuedTokens(string AccessToken, string? RefreshToken, string[] Scopes);
