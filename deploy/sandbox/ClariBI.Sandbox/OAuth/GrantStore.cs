namespace ClariBI.Sandbox.OAuth;

/// <summary>Every client and grant, under one lock: a sandbox has few of both.</summary>
internal sealed class GrantStore
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Client> clients;
    private readonly Dictionary<string, Grant> grants;
    private readonly GrantFile file;
    private readonly TimeProvider clock;
    private readonly SandboxOptions options;

    public GrantStore(GrantFile file, TimeProvider clock, SandboxOptions options)
    {
        (this.file, this.clock, this.options) = (file, clock, options);
        var saved = file.Read();
        clients = saved.Clients.ToDictionary(client => client.Id);
        grants = saved.Grants.ToDictionary(grant => grant.Id);
    }

    public void Add(Client client) => Change(() => clients[client.Id] = client);

    public Client? FindClient(string? id, string region)
    {
        lock (gate)
        {
            return id is not null && clients.TryGetValue(id, out var client) && client.Region == region ? client : null;
        }
    }

    public Grant[] List()
    {
        lock (gate)
        {
            return [.. grants.Values.OrderBy(grant => grant.CreatedAt)];
        }
    }

    public (string GrantId, IssuedTokens Tokens) Open(Client client, string organisationId, string? account, string[] scopes) => Change(() =>
    {
        var grant = new Grant(Secrets.NewId(), client.Id, client.Name, organisationId, scopes, clock.GetUtcNow()) { Region = client.Region, Account = account, IsService = client.ServiceOf is not null };
        return (grant.Id, Issue(grant));
    });

    /// <summary>Exchanges a refresh token; null when it is unknown, revoked, another client's, or used before. By option the old one stays and none comes back.</summary>
    public IssuedTokens? Refresh(string refreshToken, string clientId) => Change(() =>
    {
        var hash = Secrets.Hash(refreshToken);
        var grant = grants.Values.FirstOrDefault(grant => grant.ClientId == clientId && (grant.RefreshHash == hash || grant.SpentRefreshHashes.Contains(hash)));
        if (grant is null || grant.Revoked)
        {
            return null;
        }

        if (grant.RefreshHash != hash)
        {
            grants[grant.Id] = grant with { Revoked = true, RevokedBecause = "refresh token reused" };
            return null;
        }

        if (options.Refresh == "keep")
        {
            return Issue(grant, keepRefresh: true);
        }

        return Issue(grant with { SpentRefreshHashes = [.. grant.SpentRefreshHashes.TakeLast(99), hash] });
    });

    /// <summary>RFC 7009: either token ends the whole grant.</summary>
    public void RevokeToken(string token, string? clientId, string region) => Change(() =>
    {
        var hash = Secrets.Hash(token);
        var grant = grants.Values.FirstOrDefault(grant => grant.AccessHash == hash || grant.RefreshHash == hash || grant.SpentRefreshHashes.Contains(hash));
        if (grant is { Revoked: false } && grant.Region == region && (clientId is null || grant.ClientId == clientId))
        {
            grants[grant.Id] = grant with { Revoked = true, RevokedBecause = "revoked by the client" };
        }

        return true;
    });

    public void RevokeGrant(string grantId, string because) => Change(() => grants[grantId] = grants[grantId] with { Revoked = true, RevokedBecause = because });

    public Grant? FindByAccessToken(string token, string region)
    {
        var hash = Secrets.Hash(token);
        lock (gate)
        {
            var grant = grants.Values.FirstOrDefault(grant => grant.AccessHash == hash);
            return grant is { Revoked: false } && grant.Region == region && grant.AccessExpiresAt > clock.GetUtcNow() ? grant : null;
        }
    }

    private IssuedTokens Issue(Grant grant, bool keepRefresh = false)
    {
        var access = Secrets.New("amp_at_");
        var refresh = !keepRefresh && grant.Scopes.Contains(Scopes.OfflineAccess) ? Secrets.New("amp_rt_") : null;
        grants[grant.Id] = grant with
        {
            AccessHash = Secrets.Hash(access),
            AccessExpiresAt = clock.GetUtcNow().AddSeconds(options.TokenLife),
            RefreshHash = refresh is null ? grant.RefreshHash : Secrets.Hash(refresh),
        };
        return new(access, refresh, grant.Scopes);
    }

    private T Change<T>(Func<T> change)
    {
        lock (gate)
        {
            var result = change();
            file.Write(new([.. clients.Values], [.. grants.Values]));
            return result;
        }
    }
}
