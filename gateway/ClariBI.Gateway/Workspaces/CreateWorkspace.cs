using System.ComponentModel.DataAnnotations;
using ClariBI.Gateway.Data;
using ClariBI.Gateway.Sessions;
using ClariBI.ServiceDefaults.Callers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace ClariBI.Gateway.Workspaces;

public sealed record CreateWorkspaceRequest([Required, StringLength(80)] string Name);

internal static class CreateWorkspace
{
    public static void MapCreateWorkspace(this IEndpointRouteBuilder workspaces) =>
        workspaces.MapPost("/", HandleAsync).WithName(nameof(CreateWorkspace)).WithSummary("Create a workspace that you own");

    private static async Task<Created<WorkspaceResponse>> HandleAsync(
        CreateWorkspaceRequest request, Caller caller, GatewayDbContext db, TimeProvider clock, CancellationToken cancellationToken)
    {
        var workspace = Workspace.CreatedBy(caller.UserId, request.Name, clock.GetUtcNow());
        db.Workspaces.Add(workspace);
        await db.SaveChangesAsync(cancellationToken);
        return TypedResults.Created("/api/workspaces", new WorkspaceResponse(workspace.Id, workspace.Name, WorkspaceRole.Owner));
    }
}
