using System.ComponentModel.DataAnnotations;
using ClariBI.Connector.Authorizations.Registration;
using ClariBI.ServiceDefaults.Callers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace ClariBI.Connector.Authorizations;

/// <param name="Region">One of the vendor's; not needed where it has one only, or takes an address.</param>
/// <param name="ServerUrl">The address of the MCP server, for vendors whose customers have their own.</param>
/// <param name="DataSourceId">The data source to connect again; null for a new one.</param>
/// <param name="Client">A client that was registered with the vendor by hand; kept for the workspace.</param>
/// <param name="StartOver">Register ClariBI with the vendor anew: the known registration leads nowhere.</param>
/// <param name="Confirm">What the problem <c>sign-in-elsewhere</c> named and the person agreed to.</param>
public sealed record StartAuthorizationRequest(
    [Required, StringLength(80)] string Vendor,
    [StringLength(80)] string? Region,
    Guid? DataSourceId,
    [StringLength(2000)] string? ServerUrl = null,
    GivenClient? Client = null,
    bool StartOver = false,
    [StringLength(2000)] string? Confirm = null);

internal static class StartAuthorization
{
    public static void MapStartAuthorization(this IEndpointRouteBuilder connector) =>
        connector.MapPost("/api/authorizations", HandleAsync).WithName(nameof(StartAuthorization)).WithSummary("Begin to connect an account")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status502BadGateway);

    private static async Task<Results<Created<AuthorizationResponse>, ProblemHttpResult>> HandleAsync(
        StartAuthorizationRequest request, Caller caller, ConnectingTargets targets, AuthorizationStarter starter,
        HttpContext context, CancellationToken cancellationToken)
    {
        var (target, problem) = await targets.FindAsync(
            new TargetRequest(request.Vendor, request.Region, request.ServerUrl, request.DataSourceId), caller, cancellationToken);
        if (target is null)
        {
            return problem!;
        }

        if (request.Client is not null && !caller.IsOwner)
        {
            // From then on the whole workspace signs in with it.
            return OwnerOnly.Problem("give a client");
        }

        try
        {
            var authorization = await starter.StartAsync(target, request, context, cancellationToken);
            return authorization.Status == AuthorizationStatus.Failed
                ? AuthorizationProblems.Failed(authorization)
                : TypedResults.Created($"/api/authorizations/{authorization.Id}", starter.Describe(authorization, target));
        }
        catch (ConnectingException failure)
        {
            return AuthorizationProblems.Connecting(failure);
        }
    }
}
