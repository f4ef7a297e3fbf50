using ClariBI.Gateway.Sessions;
using ClariBI.ServiceDefaults.Callers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace ClariBI.Gateway.Workspaces;

internal static class ListWorkspaces
{
    public static void MapListWorkspaces(this IEndpointRouteBuilder workspaces) =>
        workspaces.MapGet("/", HandleAsync).WithName(nameof(ListWorkspaces)).WithSummary("The workspaces you belong to");

    private static async Task<Ok<IReadOnlyList<WorkspaceResponse>>> HandleAsync(
        Caller caller, SessionReader reader, CancellationToken cancellationToken) =>
        TypedResults.Ok(await reader.ListAsync(caller.UserId, cancellationToken));
}
