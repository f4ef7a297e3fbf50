using ClariBI.Gateway.Accounts;
using ClariBI.Gateway.Data;
using ClariBI.Gateway.Workspaces;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ClariBI.Gateway.Sessions;

/// <summary>What the SPA is told about who is signed in.</summary>
internal sealed class SessionReader(GatewayDbContext db, IOptions<GatewayOptions> options)
{
    public async Task<SessionResponse> ReadAsync(Account? account, Guid? workspaceId, CancellationToken cancellationToken)
    {
        var open = options.Value.OpenRegistration || !await db.Users.AnyAsync(cancellationToken);
        if (account is null)
        {
            return new SessionResponse(false, open, null, null, [], false);
        }

        var workspaces = await ListAsync(account.Id, cancellationToken);
        return new SessionResponse(
            true, open, new UserResponse(account.Id, account.Email!, account.DisplayName),
            workspaces.FirstOrDefault(workspace => workspace.Id == workspaceId), workspaces,
            await db.IsRunByAsync(account.Id, cancellationToken));
    }

    /// <summary>The workspaces of an account, by name.</summary>
    public async Task<IReadOnlyList<WorkspaceResponse>> ListAsync(Guid accountId, CancellationToken cancellationToken) =>
        await db.Memberships.Where(membership => membership.AccountId == accountId)
            .OrderBy(membership => membership.Workspace!.Name)
            .Select(membership => new WorkspaceResponse(membership.WorkspaceId, membership.Workspace!.Name, membership.Role))
            .ToListAsync(cancellationToken);

    /// <summary>The membership a new session begins in: the oldest.</summary>
    public Task<Membership?> FirstMembershipAsync(Guid accountId, CancellationToken cancellationToken) =>
        db.Memberships.Where(membership => membership.AccountId == accountId)
            .OrderBy(membership => membership.Since).FirstOrDefaultAsync(cancellationToken);
}
