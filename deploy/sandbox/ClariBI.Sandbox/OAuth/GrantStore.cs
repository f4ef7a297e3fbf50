namespace ClariBI.Sandbox.OAuth;

/// <summary>Every client and grant, under one lock: a sandbox has few of both.</summary>
internal sealed class GrantStore
{
    private const int MostIdleClients = 5000;
    private const int MostEarlierTokens = 20;
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(1);
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

    public void Add(Client client) => Change(() => clients[client.Id] = client with { CreatedAt = clock.GetUtcNow() });

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

    /// <summary>Makes a grant, except for a service account that has one already: its sessions go on with the new token.</summary>
    public (string GrantId, IssuedTokens Tokens) Open(Client client, string organisationId, string? account, string[] scopes) => Change(() =>
    {
        var open = client.ServiceOf is null ? null : grants.Values.FirstOrDefault(grant => grant.ClientId == client.Id && !grant.Revoked);
        var grant = open is null
            ? new(Secrets.NewId(), client.Id, client.Name, organisationId, scopes, clock.GetUtcNow()) { Region = client.Region, Account = account, IsService = client.ServiceOf is not null }
            : open with { EarlierAccess = [.. open.EarlierAccess.Append(new(open.AccessHash!, open.AccessExpiresAt)).Where(token => token.ExpiresAt > clock.GetUtcNow()).TakeLast(MostEarlierTokens)] };
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

        // Grace: a client whose renewal was interrupted may present the token before the latest once more.
        if (grant.RefreshHash != hash && !(options.Refresh == "grace" && grant.SpentRefreshHashes[^1] == hash))
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
        var grant = grants.Values.FirstOrDefault(grant => grant.AccessHash == hash || Array.Exists(grant.EarlierAccess, token => token.Hash == hash) || grant.RefreshHash == hash || grant.SpentRefreshHashes.Contains(hash));
        if (grant is { Revoked: false } && grant.Region == region && (clientId is null || grant.ClientId == clientId))
        {
            grants[grant.Id] = grant with { Revoked = true, RevokedBecause = "revoked by the client" };
        }

        return true;
    });

    public void RevokeGrant(string grantId, string because) => Change(() => grants.TryGetValue(grantId, out var grant) ? grants[grantId] = grant with { Revoked = true, RevokedBecause = because } : null);

    /// <summary>What an administrator of the organization does: every grant ends.</summary>
    public void RevokeAll(string because) => Change(() =>
    {
        foreach (var grant in grants.Values.Where(grant => !grant.Revoked).ToArray())
        {
            grants[grant.Id] = grant with { Revoked = true, RevokedBecause = because };
        }

        return true;
    });

    /// <summary>Access tokens end before their time; refresh tokens stay.</summary>
    public void ExpireAccess() => Change(() =>
    {
        foreach (var grant in grants.Values.Where(grant => !grant.Revoked).ToArray())
        {
            grants[grant.Id] = grant with { AccessExpiresAt = clock.GetUtcNow(), EarlierAccess = [] };
        }

        return true;
    });

    /// <summary>What a vendor does that cleans up: registered clients are unknown from now on; service accounts stay.</summary>
    public void ForgetClients() => Change(() =>
    {
        foreach (var client in clients.Values.Where(client => client.ServiceOf is null).ToArray())
        {
            clients.Remove(client.Id);
        }

        return true;
    });

    public Grant? FindByAccessToken(string token, string region)
    {
        var hash = Secrets.Hash(token);
        lock (gate)
        {
            var now = clock.GetUtcNow();
            return grants.Values.FirstOrDefault(grant => grant is { Revoked: false } && grant.Region == region
                && ((grant.AccessHash == hash && grant.AccessExpiresAt > now) || Array.Exists(grant.EarlierAccess, token => token.Hash == hash && token.ExpiresAt > now)));
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
            Forget();
            file.Write(new([.. clients.Values], [.. grants.Values]));
            return result;
        }
    }

    /// <summary>Grants that nobody can use any more go after a day, and so do the oldest of too many clients that have no grant.</summary>
    private void Forget()
    {
        var past = clock.GetUtcNow() - Remembered;
        foreach (var grant in grants.Values.Where(grant => (grant.Revoked || grant.RefreshHash is null) && grant.AccessExpiresAt < past).ToArray())
        {
            grants.Remove(grant.Id);
        }

        if (clients.Count > MostIdleClients)
        {
            var used = grants.Values.Select(grant => grant.ClientId).ToHashSet();
            foreach (var client in clients.Values.Where(client => client.ServiceOf is null && !used.Contains(client.Id)).OrderBy(client => client.CreatedAt).SkipLast(MostIdleClients).ToArray())
            {
                clients.Remove(client.Id);
            }
        }
    }
}
