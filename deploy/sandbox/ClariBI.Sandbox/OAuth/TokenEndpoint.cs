using System.Text.Json.Serialization;
using ClariBI.Sandbox.Admin;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ClariBI.Sandbox.OAuth;

/// <summary>The token and revocation endpoints; errors as RFC 6749 section 5.2 names them.</summary>
internal sealed class TokenEndpoint(GrantStore grants, CodeStore codes, Regions regions, SandboxOptions options, Faults faults)
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/token", (HttpContext context, TokenEndpoint endpoint, CancellationToken cancellationToken) => endpoint.ExchangeAsync(context, cancellationToken));
        routes.MapPost("/revoke", (HttpContext context, TokenEndpoint endpoint, CancellationToken cancellationToken) => endpoint.RevokeAsync(context, cancellationToken));
    }

    private async Task<IResult> ExchangeAsync(HttpContext context, CancellationToken cancellationToken)
    {
        (context.Response.Headers.CacheControl, context.Response.Headers.Pragma) = ("no-store", "no-cache");
        if (!context.Request.HasFormContentType)
        {
            return OAuthError.Json("invalid_request", "The body must be form-urlencoded");
        }

        var form = await context.Request.ReadFormAsync(cancellationToken);
        if (Missing(form) is { } missing)
        {
            return OAuthError.Json("invalid_request", $"{missing} is missing or given twice");
        }

        var client = grants.FindClient(form["client_id"], regions.Of(context));
        if (client is null || (client.SecretHash is { } hash && !Secrets.Matches(form["client_secret"], hash)))
        {
            return OAuthError.Json("invalid_client", "Unknown client, or wrong client secret", StatusCodes.Status401Unauthorized);
        }

        return form["grant_type"].ToString() switch
        {
            "authorization_code" when faults.Take("code_expired") is not null => OAuthError.Json("invalid_grant", "The authorization code has expired"),
            "authorization_code" => RedeemCode(form, client),
            "refresh_token" when grants.Refresh(form["refresh_token"].ToString(), client.Id) is { } tokens => Reply(tokens),
            "refresh_token" => OAuthError.Json("invalid_grant", "The refresh token is invalid, expired or revoked"),
            "client_credentials" => ServeAccount(form, client),
            _ => OAuthError.Json("unsupported_grant_type", "grant_type must be authorization_code, refresh_token or, for service accounts, client_credentials"),
        };
    }

    /// <summary>The first parameter the grant type needs that is not there exactly once.</summary>
    private static string? Missing(IFormCollection form)
    {
        string[] needed = form["grant_type"].ToString() switch
        {
            "authorization_code" => ["grant_type", "client_id", "code", "code_verifier", "redirect_uri"],
            "refresh_token" => ["grant_type", "client_id", "refresh_token"],
            "client_credentials" => ["grant_type", "client_id", "client_secret"],
            _ => ["grant_type"],
        };
        return Array.Find(needed, name => form[name] is not [{ Length: > 0 }]);
    }

    private IResult RedeemCode(IFormCollection form, Client client)
    {
        var code = codes.Find(form["code"].ToString());
        if (code is null || code.ClientId != client.Id)
        {
            return OAuthError.Json("invalid_grant", "The authorization code is invalid");
        }

        if (!code.Spend())
        {
            if (code.GrantId is { } stolen)
            {
                grants.RevokeGrant(stolen, "authorization code reused");
            }

            return OAuthError.Json("invalid_grant", "The authorization code was used before");
        }

        if (codes.HasExpired(code))
        {
            return OAuthError.Json("invalid_grant", "The authorization code has expired");
        }

        if (code.RedirectUri != form["redirect_uri"])
        {
            return OAuthError.Json("invalid_grant", "redirect_uri differs from the one authorized");
        }

        if (!Secrets.VerifierMatches(form["code_verifier"].ToString(), code.Challenge))
        {
            return OAuthError.Json("invalid_grant", "code_verifier does not match the code challenge");
        }

        var (grantId, tokens) = grants.Open(client, code.OrganisationId, code.Account, code.Scopes);
        code.GrantId = grantId;
        return Reply(tokens);
    }

    /// <summary>Service accounts read, and come back with their secret instead of a refresh token.</summary>
    private IResult ServeAccount(IFormCollection form, Client client) =>
        client.ServiceOf is not { } organisation ? OAuthError.Json("unauthorized_client", "Only service accounts may use client_credentials")
        : Scopes.Parse(form["scope"]) is not [Scopes.Read] ? OAuthError.Json("invalid_scope", "Service accounts have the scope mcp:read")
        : Reply(grants.Open(client, organisation, null, [Scopes.Read]).Tokens);

    private async Task<IResult> RevokeAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (context.Request.HasFormContentType)
        {
            var form = await context.Request.ReadFormAsync(cancellationToken);
            grants.RevokeToken(form["token"].ToString(), form["client_id"], regions.Of(context));
        }

        return TypedResults.Ok();
    }

    private JsonHttpResult<TokenReply> Reply(IssuedTokens tokens) =>
        TypedResults.Json(new TokenReply(tokens.AccessToken, "Bearer", options.TokenLife, tokens.RefreshToken, string.Join(' ', tokens.Scopes)));

    private sealed record TokenReply(
        [property: JsonPropertyName("access_token")] string AccessToken,
        [property: JsonPropertyName("token_type")] string TokenType,
        [property: JsonPropertyName("expires_in")] int ExpiresIn,
        [property: JsonPropertyName("refresh_token"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? RefreshToken,
        [property: JsonPropertyName("scope")] string Scope);
}
