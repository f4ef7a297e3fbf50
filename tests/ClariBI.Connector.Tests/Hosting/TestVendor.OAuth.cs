using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace ClariBI.Connector.Tests.Hosting;

public sealed partial class TestVendor
{
    private IResult Authorize(HttpContext context)
    {
        var query = context.Request.Query;
        var answer = new Dictionary<string, string?> { ["state"] = query["state"], ["iss"] = CallbackIssuer };
        if (ConsentError is not null)
        {
            answer["error"] = ConsentError;
        }
        else
        {
            var code = Random();
            codes[code] = (query["code_challenge"].ToString(), query["resource"].ToString(), query["redirect_uri"].ToString());
            answer["code"] = code;
        }

        return Results.Redirect(QueryHelpers.AddQueryString(query["redirect_uri"].ToString(), answer.Where(pair => pair.Value is not null)));
    }

    private async Task<IResult> TokenAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        if (TokenError is not null)
        {
            return Results.Json(new { error = TokenError }, statusCode: TokenError == "invalid_client" ? 401 : 400);
        }

        if (form["grant_type"] == "refresh_token")
        {
            Refreshes++;
            return RefreshTokens.TryRemove(form["refresh_token"].ToString(), out _) && form["resource"] == Url
                ? Grant()
                : Results.Json(new { error = "invalid_grant" }, statusCode: 400);
        }

        var challenge = WebEncoders.Base64UrlEncode(SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(form["code_verifier"].ToString())));
        return codes.TryRemove(form["code"].ToString(), out var code) && code.Challenge == challenge && form["client_secret"] == "secret-of-the-client"
            && code.Resource == Url && form["resource"] == Url && code.RedirectUri == form["redirect_uri"]
            ? Grant()
            : Results.Json(new { error = "invalid_grant" }, statusCode: 400);
    }

    private IResult Grant()
    {
        var (access, refresh) = ($"access-{Random()}", $"refresh-{Random()}");
        (AccessTokens[access], RefreshTokens[refresh]) = (true, true);
        return Results.Json(new { access_token = access, refresh_token = refresh, token_type = "Bearer", expires_in = ExpiresIn, scope = "mcp:read offline_access" });
    }
}
