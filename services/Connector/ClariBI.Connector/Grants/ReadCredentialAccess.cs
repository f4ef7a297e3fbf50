using System.ComponentModel.DataAnnotations;
using ClariBI.Connector.Data;
using ClariBI.Connector.DataSources;
using ClariBI.Contracts.CredentialVault;
using ClariBI.ServiceDefaults.Callers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.Connector.Grants;

/// <summary>Who used the credential of a data source, from the vault's log. A reconnect begins a new credential and a new log.</summary>
internal static class ReadCredentialAccess
{
    public static void MapReadCredentialAccess(this IEndpointRouteBuilder connector) =>
        connector.MapGet("/api/data-sources/{id:guid}/credential-access", HandleAsync).WithName(nameof(ReadCredentialAccess))
            .WithSummary("List the latest uses of a data source's credential, newest first")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<Results<Ok<IReadOnlyList<CredentialAccess>>, ProblemHttpResult>> HandleAsync(
        Guid id, Caller caller, ConnectorDbContext db, VaultClient vault, CancellationToken cancellationToken, [Range(1, 500)] int limit = 100)
    {
        var grant = await db.DataSources.In(caller).Where(row => row.Id == id).Select(row => (Guid?)row.GrantId).SingleOrDefaultAsync(cancellationToken);
        if (grant is null)
        {
            return DataSourceProblems.NotFound();
        }

        try
        {
            return TypedResults.Ok((await vault.AccessLogAsync(grant.Value, caller.WorkspaceId, limit, cancellationToken)).Entries);
        }
        catch (VaultUnavailableException unavailable)
        {
            return DataSourceProblems.VaultUnavailable(unavailable);
        }
    }
}
