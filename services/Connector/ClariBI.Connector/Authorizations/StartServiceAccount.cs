using System.ComponentModel.DataAnnotations;
using ClariBI.ServiceDefaults.Callers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace ClariBI.Connector.Authorizations;

/// <param name="ClientId">Of the service account.</param>
/// <param name="DataSourceId">The data source to connect again; null for a new one.</param>
/// <param name="Confirm">What the problem <c>sign-in-elsewhere</c> named and the person agreed to.</param>
public sealed record StartServiceAccountRequest(
    [Required, StringLength(80)] string Vendor,
    [StringLength(80)] string? Region,
    [StringLength(2000)] string? ServerUrl,
    [Required, StringLength(500, MinimumLength = 1)] string ClientId,
    [Required, StringLength(2000, MinimumLength = 1)] string ClientSecret,
    Guid? DataSourceId = null,
    [StringLength(2000)] string? Confirm = null);

/// <summary>Connects with a service account's own credentials (RFC 6749 section 4.4) instead of a person's consent.</summary>
internal static class StartServiceAccount
{
    public static void MapStartServiceAccount(this IEndpointRouteBuilder connector) =>
        connector.MapPost("/api/authorizations/service-account", HandleAsync).WithName(nameof(StartServiceAccount))
            .WithSummary("Connect with a service account's credentials")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status502BadGateway);

    private static async Task<Results<Created<AuthorizationResponse>, ProblemHttpResult>> HandleAsync(
        StartServiceAccountRequest request, Caller caller, ConnectingTargets targets, ServiceAccountStarter starter, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var (target, problem) = await targets.FindAsync(
            new TargetRequest(request.Vendor, request.Region, request.ServerUrl, request.DataSourceId), caller, cancellationToken);
        if (target is null)
        {
            return problem!;
        }

        if (!target.Vendor.Quirks.ServiceAccounts)
        {
            return TypedResults.Problem(
                type: "service-accounts-not-offered", title: $"{target.Vendor.Name} is not connected with service accounts.",
                statusCode: StatusCodes.Status422UnprocessableEntity, detail: "Authorize with a person's account instead.");
        }

        try
        {
            var authorization = await starter.StartAsync(target, request, cancellationToken);
            return authorization.Status == AuthorizationStatus.Failed
                ? AuthorizationProblems.Failed(authorization)
                : TypedResults.Created(
                    $"/api/authorizations/{authorization.Id}", AuthorizationResponse.Of(authorization, clock.GetUtcNow(), address: null, target.Reconnected));
        }
        catch (ConnectingException failure)
        {
            return AuthorizationProblems.Connecting(failure);
        }
    }
}

/// <summary>Discovers, asks for a token, and goes on as after a consent.</summary>
internal sealed class ServiceAccountStarter(
    Discovery.VendorDiscovery discovery, SignInPlaces places, CodeExchange exchange, AuthorizationCompletion completion, ConnectorStore store)
{
    /// <exception cref="ConnectingException">The vendor cannot be asked, or refuses the credentials.</exception>
    public async Task<Authorization> StartAsync(ConnectingTarget target, StartServiceAccountRequest request, CancellationToken cancellationToken)
    {
        var metadata = await discovery.DiscoverAsync(target.Server, cancellationToken, target.Vendor.Quirks);
        await places.CheckAsync(target, metadata, new SignInConsent(Secret: true, request.Confirm, ServiceAccount: true), cancellationToken);

        // Nobody is there to be offline of: the account's own credentials renew the access.
        var scope = ScopeChoice.Choose(target.Vendor, metadata with { Scopes = [] }, ScopeLessons.None);
        var authorization = Authorization.Enter(target, metadata, scope, store.Clock.GetUtcNow());
        var answer = await exchange.AskForServiceAsync(
            authorization, new ServiceCredentials(request.ClientId.Trim(), request.ClientSecret.Trim(), metadata.AuthenticationMethods), cancellationToken);
        if (answer is ExchangeAnswer.Refused refused)
        {
            throw ConnectingException.ServiceAccountRefused(metadata.TokenEndpoint, refused);
        }

        // Saved by the completion, which gives the tokens back where that fails.
        store.Db.Authorizations.Add(authorization);
        await completion.EnterAsync(authorization, ((ExchangeAnswer.Granted)answer).Tokens);
        return authorization;
    }
}
