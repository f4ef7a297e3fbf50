using ClariBI.Connector.Data;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.Connector.Authorizations.Registration;

/// <summary>
/// The registrations in the database. Of several who need the same one at once, in this process or another, one registers:
/// a row without a client id is its lease, and the others wait for what comes of it.
/// </summary>
internal sealed class RegistrationStore(ConnectorDbContext db, ConnectorSecrets secrets, TimeProvider clock)
{
    private const string PendingPrefix = "pending:";
    private const string ReplacingPrefix = "replacing:";
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    /// <returns>Null also while somebody registers it.</returns>
    public Task<ClientRegistration?> FindAsync(string issuer, string redirectUri, string owner, CancellationToken cancellationToken) =>
        db.ClientRegistrations.AsNoTracking().SingleOrDefaultAsync(
            row => row.Issuer == issuer && row.RedirectUri == redirectUri && row.Owner == owner && row.ClientId != "", cancellationToken);

    public Task ForgetAsync(Guid registrationId, CancellationToken cancellationToken) =>
        db.ClientRegistrations.Where(row => row.Id == registrationId).ExecuteDeleteAsync(cancellationToken);

    public bool ExpiresSoon(ClientRegistration known) => known.SecretExpiresAt <= clock.GetUtcNow() + Authorization.Lifetime;

    /// <summary>Made a moment ago: another one in its place would lead nowhere else.</summary>
    public bool IsFresh(ClientRegistration known) => known.RegisteredAt + Fresh > clock.GetUtcNow();

    /// <summary>Somebody went to the consent page with this client and did not come back, and no token has been given to it since.</summary>
    public async Task<bool> IsSuspectAsync(ClientRegistration known, CancellationToken cancellationToken)
    {
        var (now, since) = (clock.GetUtcNow(), known.ProvenAt ?? known.RegisteredAt);
        return known.SuspectSince > since || await db.Authorizations.AnyAsync(
            row => row.RegistrationId == known.Id && row.Status == AuthorizationStatus.AwaitingConsent && row.ExpiresAt <= now && row.CreatedAt >= since,
            cancellationToken);
    }

    public Task SuspectAsync(Guid registrationId, CancellationToken cancellationToken) =>
        db.ClientRegistrations.Where(row => row.Id == registrationId)
            .ExecuteUpdateAsync(row => row.SetProperty(client => client.SuspectSince, clock.GetUtcNow()), cancellationToken);

    /// <summary>The owner of a client that somebody typed in, until the vendor gives a token to it: a typing mistake must not lock a workspace out.</summary>
    public static string Pending(Guid workspaceId) => $"{PendingPrefix}{workspaceId:N}:{Guid.CreateVersion7():N}";

    /// <summary>The vendor gave a token to the client. One that waited for that becomes the workspace's own.</summary>
    public async Task ProveAsync(Guid registrationId, CancellationToken cancellationToken)
    {
        var proven = await db.ClientRegistrations.AsNoTracking().SingleOrDefaultAsync(row => row.Id == registrationId, cancellationToken);
        if (proven is null)
        {
            return;
        }

        var owner = proven.Owner.StartsWith(PendingPrefix, StringComparison.Ordinal) ? proven.Owner[PendingPrefix.Length..].Split(':')[0] : proven.Owner;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (owner != proven.Owner)
        {
            await db.ClientRegistrations.Where(row => row.Issuer == proven.Issuer && row.RedirectUri == proven.RedirectUri && row.Owner == owner)
                .ExecuteDeleteAsync(cancellationToken);
        }

        await db.ClientRegistrations.Where(row => row.Id == registrationId).ExecuteUpdateAsync(
            row => row.SetProperty(client => client.ProvenAt, clock.GetUtcNow()).SetProperty(client => client.SuspectSince, (DateTimeOffset?)null)
                .SetProperty(client => client.Owner, owner),
            cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Clients that were typed in and never proven.</summary>
    public static Task ForgetPendingAsync(ConnectorDbContext db, DateTimeOffset before, CancellationToken cancellationToken) =>
        db.ClientRegistrations.Where(row => row.Owner.StartsWith(PendingPrefix) && row.RegisteredAt < before).ExecuteDeleteAsync(cancellationToken);

    public async Task<ClientRegistration> AddAsync(
        string issuer, string redirectUri, string owner, ClientKind kind, RegisteredClient client, CancellationToken cancellationToken)
    {
        var registration = Make(Guid.CreateVersion7(), issuer, redirectUri, owner, kind, client);
        if (await InsertedAsync(registration, cancellationToken))
        {
            return registration;
        }

        // Another request stored the same at the same moment.
        return await FindAsync(issuer, redirectUri, owner, cancellationToken) is { } theirs
            ? theirs
            : throw new InvalidOperationException($"The client for {issuer} could not be stored.");
    }

    /// <param name="replaced">Whose place it takes once it is registered; null: nobody's. A registration that fails changes nothing.</param>
    public async Task<ClientRegistration> RegisterOnceAsync(
        RegistrationKey key, Guid? replaced, Func<Task<RegisteredClient>> register, CancellationToken cancellationToken)
    {
        var (issuer, redirectUri, owner) = key;
        var place = replaced is null ? owner : $"{ReplacingPrefix}{owner}";
        while (true)
        {
            var now = clock.GetUtcNow();
            var lease = new ClientRegistration
            {
                Issuer = issuer,
                RedirectUri = redirectUri,
                Owner = place,
                ClientId = "",
                AuthenticationMethod = ClientMethods.None,
                RegisteredAt = now,
                LeasedUntil = now + Lease,
            };
            var leased = await InsertedAsync(lease, cancellationToken);
            if (await FindAsync(issuer, redirectUri, owner, cancellationToken) is { } theirs && theirs.Id != replaced)
            {
                if (leased)
                {
                    // Whoever was first is done already.
                    await ForgetAsync(lease.Id, CancellationToken.None);
                }

                return theirs;
            }

            if (leased)
            {
                return await FillAsync(lease, owner, register);
            }

            // Whoever held it died.
            await db.ClientRegistrations.Where(row => row.Issuer == issuer && row.RedirectUri == redirectUri && row.Owner == place && row.ClientId == "" && row.LeasedUntil < now)
                .ExecuteDeleteAsync(cancellationToken);
            await Task.Delay(Look, cancellationToken);
        }
    }

    private async Task<ClientRegistration> FillAsync(ClientRegistration lease, string owner, Func<Task<RegisteredClient>> register)
    {
        try
        {
            var filled = Make(lease.Id, lease.Issuer, lease.RedirectUri, owner, ClientKind.Dynamic, await register());
            await using var transaction = await db.Database.BeginTransactionAsync(CancellationToken.None);
            if (owner != lease.Owner)
            {
                await db.ClientRegistrations.Where(row => row.Issuer == filled.Issuer && row.RedirectUri == filled.RedirectUri && row.Owner == owner)
                    .ExecuteDeleteAsync(CancellationToken.None);
            }

            await db.ClientRegistrations.Where(row => row.Id == lease.Id).ExecuteUpdateAsync(
                row => row.SetProperty(client => client.Owner, owner)
                    .SetProperty(client => client.ClientId, filled.ClientId)
                    .SetProperty(client => client.SealedSecret, filled.SealedSecret)
                    .SetProperty(client => client.AuthenticationMethod, filled.AuthenticationMethod)
                    .SetProperty(client => client.SecretExpiresAt, filled.SecretExpiresAt)
                    .SetProperty(client => client.RegisteredAt, filled.RegisteredAt)
                    .SetProperty(client => client.LeasedUntil, (DateTimeOffset?)null),
                CancellationToken.None);
            await transaction.CommitAsync(CancellationToken.None);
            return filled;
        }
        catch
        {
            await ForgetAsync(lease.Id, CancellationToken.None);
            throw;
        }
    }

    private ClientRegistration Make(Guid id, string issuer, string redirectUri, string owner, ClientKind kind, RegisteredClient client) => new()
    {
        Id = id,
        Issuer = issuer,
        RedirectUri = redirectUri,
        Owner = owner,
        Kind = kind,
        ClientId = client.Id,
        SealedSecret = client.Secret is null ? null : secrets.Seal(client.Secret, $"client:{id:N}"),
        AuthenticationMethod = client.Method,
        SecretExpiresAt = client.SecretExpiresAt,
        RegisteredAt = clock.GetUtcNow(),
    };

    private async Task<bool> InsertedAsync(ClientRegistration registration, CancellationToken cancellationToken)
    {
        db.ClientRegistrations.Add(registration);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException)
        {
            // The unique index: somebody else was first.
            return false;
        }
        finally
        {
            db.Entry(registration).State = EntityState.Detached;
        }
    }
}

/// <param name="Owner">Empty: all workspaces share it.</param>
internal sealed record RegistrationKey(string Issuer, string RedirectUri, string Owner);
