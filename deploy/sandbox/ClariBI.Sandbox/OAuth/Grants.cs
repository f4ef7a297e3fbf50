namespace ClariBI.Sandbox.OAuth;

/// <summary>A registered client. A client without a secret is public.</summary>
internal sealed record Client(string Id, string Name, string[] RedirectUris, string? SecretHash);

/// <summary>One consent and all the tokens that came of it. Revoking it ends every one of them.</summary>
internal sealed record Grant(string Id, string ClientId, string ClientName, string OrganisationId, string[] Scopes, DateTimeOffset CreatedAt)
{
    public bool Revoked { get; init; }

    public string? RevokedBecause { get; init; }

    public string? AccessHash { get; init; }

    public DateTimeOffset AccessExpiresAt { get; init; }

    public string? RefreshHash { get; init; }

    /// <summary>Refresh tokens already exchanged: seeing one again means it leaked.</summary>
    public string[] SpentRefreshHashes { get; init; } = [];

    public bool MayWrite => Scopes.Contains(OAuth.Scopes.Write);
}

internal sealed record IssuedTokens(string AccessToken, string? RefreshToken, string[] Scopes);
