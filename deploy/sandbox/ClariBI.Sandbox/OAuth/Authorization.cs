using ClariBI.Sandbox.Data;
using Microsoft.AspNetCore.WebUtilities;

namespace ClariBI.Sandbox.OAuth;

/// <summary>The authorization endpoint: a consent page, then a code (or a refusal) to the client's redirect.</summary>
internal static class Authorization
{
    public static void MapAuthorization(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/authorize", Ask);
        routes.MapPost("/authorize", Decide);
    }

    private static IResult Ask(HttpContext context, GrantStore grants, Workspace workspace)
    {
        var request = AuthorizationRequest.From(name => context.Request.Query[name]);
        return request.Check(grants, out var client) ?? ConsentPage.Render(request, client!, workspace.Organisations);
    }

    private static async Task<IResult> Decide(HttpContext context, GrantStore grants, CodeStore codes, Workspace workspace, CancellationToken cancellationToken)
    {
        if (!context.Request.HasFormContentType)
        {
            return Pages.Html("Cannot authorize", "<p>The consent form was not sent as a form.</p>", StatusCodes.Status400BadRequest);
        }

        var form = await context.Request.ReadFormAsync(cancellationToken);
        var request = AuthorizationRequest.From(name => form[name]);
        if (request.Check(grants, out var client) is { } refusal)
        {
            return refusal;
        }

        if (form["decision"] != "allow")
        {
            return request.Refuse("access_denied", "The user denied the request");
        }

        if (!workspace.Organisations.Any(organisation => organisation.Id == form["organisation"]))
        {
            return request.Refuse("invalid_request", "No such organisation");
        }

        var code = codes.Add(client!.Id, request.RedirectUri, request.Challenge, form["organisation"]!, Scopes.Parse(request.Scope)!);
        return request.Redirect(new() { ["code"] = code });
    }
}

internal sealed record AuthorizationRequest(string? ClientId, string RedirectUri, string? ResponseType, string? Scope, string? State, string Challenge, string? Method)
{
    public static AuthorizationRequest From(Func<string, string?> read) => new(
        read("client_id"), read("redirect_uri") ?? "", read("response_type"), read("scope"), read("state"), read("code_challenge") ?? "", read("code_challenge_method"));

    /// <summary>Null when the request may go on. An unknown client or redirect is never redirected to.</summary>
    public IResult? Check(GrantStore grants, out Client? client)
    {
        client = grants.FindClient(ClientId);
        if (client is null)
        {
            return Pages.Html("Cannot authorize", "<p>This client is not registered here. Register it again.</p>", StatusCodes.Status400BadRequest);
        }

        if (!client.RedirectUris.Contains(RedirectUri, StringComparer.Ordinal))
        {
            return Pages.Html("Cannot authorize", "<p>The redirect address is not one the client registered.</p>", StatusCodes.Status400BadRequest);
        }

        return ResponseType != "code" ? Refuse("unsupported_response_type", "response_type must be code")
            : Method != "S256" || Challenge.Length is < 43 or > 128 ? Refuse("invalid_request", "PKCE with code_challenge_method S256 is required")
            : Scopes.Parse(Scope) is null ? Refuse("invalid_scope", "Scopes are mcp:read, mcp:write and offline_access")
            : null;
    }

    public IResult Refuse(string error, string description) => Redirect(new() { ["error"] = error, ["error_description"] = description });

    public IResult Redirect(Dictionary<string, string?> answer)
    {
        if (State is not null)
        {
            answer["state"] = State;
        }

        return TypedResults.Redirect(QueryHelpers.AddQueryString(RedirectUri, answer));
    }
}
