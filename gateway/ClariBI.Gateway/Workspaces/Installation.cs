using ClariBI.Gateway.Data;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.Gateway.Workspaces;

/// <summary>Who administers what all workspaces share: the owners of the first workspace, in whichever workspace they are.</summary>
internal static class Installation
{
    /// <summary>The ids of workspaces grow with time (RFC 9562, version 7), so the index answers.</summary>
    public static Task<bool> IsRunByAsync(this GatewayDbContext db, Guid accountId, CancellationToken cancellationToken) =>
        db.Memberships.AnyAsync(
            membership => membership.AccountId == accountId && membership.Role == WorkspaceRole.Owner
                && membership.WorkspaceId == db.Workspaces.OrderBy(workspace => workspace.Id).Select(workspace => workspace.Id).First(),
            cancellationToken);
}
