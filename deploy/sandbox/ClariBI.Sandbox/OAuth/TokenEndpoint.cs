using System.Text.Json.Serialization;
using ClariBI.Sandbox.Admin;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ClariBI.Sandbox.OAuth;

/// <summary>The token and revocation endpoints.</summary>
internal static class TokenEndpoint
{
    public static void MapTokenEndpoint(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/token", Exchange);
        routes.MapPost("/revoke", Revoke);
    }

    private static async Task<IResult> Exchange(HttpContext context, GrantStore grants, CodeStore codes, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (!context.Request.HasFormContentType)
        {
            return OAuthError.Json("invalid_request", "The body must be form-urlencoded");
        }

        var form = await context.Request.ReadFormAsync(cancellationToken);
        context.Response.Headers.CacheControl = "no-store";
        var client = grants.FindClient(form["client_id"]);
        if (client is null || (client.SecretHash is { } hash && hash != Secrets.Hash(form["client_secret"].ToString())))
        {
            return OAuthError.Json("invalid_client", "Unknown client, or wrong client secret", StatusCodes.Status401Unauthorized);
        }

        var services = context.RequestServices;
        return form["grant_type"].ToString() switch
        {
            "authorization_code" when services.GetRequiredService<Faults>().Take("code_expired") => OAuthError.Json("invalid_grant", "The authorization code has expired"),
            "authorization_code" => RedeemCode(form, client, grants, codes, clock, services.GetRequiredService<SandboxOptions>()),
            "refresh_token" when grants.Refresh(form["refresh_token"].ToString(), client.Id) is { } tokens => Reply(tokens, services.GetRequiredService<SandboxOptions>()),
            "refresh_token" => OAuthError.Json("invalid_grant", "The refresh token is invalid, expired or revoked"),
            _ => OAuthError.Json("unsupported_grant_type", "grant_type must be authorization_code or refresh_token"),
        };
    }

    private static IResult RedeemCode(IFormCollection form, Client client, GrantStore grants, CodeStore codes, TimeProvider clock, SandboxOptions options)
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

        if (code.ExpiresAt <= clock.GetUtcNow())
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

        var (grantId, tokens) = grants.Open(client, code.OrganisationId, code.Scopes);
        code.GrantId = grantId;
        return Reply(tokens, options);
    }

    private static async Task<IResult> Revoke(HttpContext context, GrantStore grants, CancellationToken cancellationToken)
    {
        if (context.Request.HasFormContentType)
        {
            var form = await context.Request.ReadFormAsync(cancellationToken);
            grants.RevokeToken(form["token"].ToString(), form["client_id"]);
        }

        return TypedResults.Ok();
    }

    private static JsonHttpResult<TokenReply> Reply(IssuedTokens tokens, SandboxOptions options) =>
        TypedResults.Json(new TokenReply(tokens.AccessToken, "Bearer", options.TokenLife, tokens.RefreshToken, string.Join(' ', tokens.Scopes)));

    private sealed record TokenReply(
        [property: JsonPropertyName("access_token")] string AccessToken,
        [property: JsonPropertyName("token_type")] string TokenType,
        [property: JsonPropertyName("expires_in")] int ExpiresIn,
        [property: JsonPropertyName("refresh_token"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? RefreshToken,
        [property: JsonPropertyName("scope")] string Scope);
}
