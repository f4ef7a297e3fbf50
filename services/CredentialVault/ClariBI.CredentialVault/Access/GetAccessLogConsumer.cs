using ClariBI.Contracts.CredentialVault;
using ClariBI.CredentialVault.Data;
using ClariBI.ServiceDefaults.Internal;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.CredentialVault.Access;

internal sealed class GetAccessLogConsumer(VaultDbContext db, ServiceProofs proofs) : IConsumer<GetAccessLog>
{
    private const int Most = 500;

    public async Task Consume(ConsumeContext<GetAccessLog> context)
    {
        var request = context.Message;
        if (!proofs.Check(request.Proof, $"{request.WorkspaceId:N}", $"{request.GrantId:N}"))
        {
            await context.RespondAsync(new VaultRequestRefused("The request does not come from a ClariBI service."));
            return;
        }

        var entries = await db.AccessLog.AsNoTracking()
            .Where(row => row.GrantId == request.GrantId && row.WorkspaceId == request.WorkspaceId)
            .OrderByDescending(row => row.At).ThenByDescending(row => row.Id).Take(Math.Clamp(request.Limit, 1, Most))
            .Select(row => new CredentialAccess(row.At, row.Service, row.Purpose, row.Outcome, row.Generation, row.LeaseExpiresAt))
            .ToListAsync(context.CancellationToken);
        await context.RespondAsync(new AccessLog(entries));
    }
}
