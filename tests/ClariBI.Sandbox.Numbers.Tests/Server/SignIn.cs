using System.Buffers.Text;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace ClariBI.Sandbox.Numbers.Tests.Server;

/// <summary>Gets a token as a browser and a client would, whatever pages come on the way.</summary>
internal static class SignIn
{
    private const string Redirect = "http://localhost:8900/callback";
    private const string Verifier = "a-verifier-that-is-long-enough-for-rfc-7636-to-like-it";

    public static async Task<string> TokenAsync(Uri sandbox, string organisation)
    {
        using var handler = new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new() };
        using var http = new HttpClient(handler) { BaseAddress = sandbox };
        using var registered = await http.PostAsJsonAsync("/register", new { client_name = "Numbers", redirect_uris = new[] { Redirect }, token_endpoint_auth_method = "none" });
        var clientId = (await registered.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("client_id").GetString()!;
        var request = QueryHelpers.AddQueryString("/authorize", new Dictionary<string, string?>
        {
            ["client_id"] = clientId,
            ["redirect_uri"] = Redirect,
            ["response_type"] = "code",
            ["scope"] = "mcp:read",
            ["state"] = "1",
            ["code_challenge"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier))),
            ["code_challenge_method"] = "S256",
        });
        var code = await ConsentAsync(http, request, organisation);
        using var reply = await http.PostAsync("/token", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["client_id"] = clientId,
            ["code"] = code,
            ["code_verifier"] = Verifier,
            ["redirect_uri"] = Redirect,
        }));
        return (await reply.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString()!;
    }

    private static async Task<string> ConsentAsync(HttpClient http, string address, string organisation)
    {
        var reply = await http.GetAsync(address);
        for (var page = 0; page < 6; page++)
        {
            if (reply.Headers.Location is { } location)
            {
                if (location.ToString().StartsWith(Redirect, StringComparison.Ordinal))
                {
                    return QueryHelpers.ParseQuery(location.Query)["code"].ToString();
                }

                address = new Uri(new Uri(http.BaseAddress!, address), location).PathAndQuery;
                reply = await http.GetAsync(address);
                continue;
            }

            var html = await reply.Content.ReadAsStringAsync();
            reply.StatusCode.ShouldBe(HttpStatusCode.OK, html);
            var form = HtmlForm.Read(html, organisation);
            address = new Uri(new Uri(http.BaseAddress!, address), form.Action.Length == 0 ? address : form.Action).PathAndQuery;
            reply = await http.PostAsync(address, new FormUrlEncodedContent(form.Fields));
        }

        throw new InvalidOperationException("No code after six pages.");
    }
}
