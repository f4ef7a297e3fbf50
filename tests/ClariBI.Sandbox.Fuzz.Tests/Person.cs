using System.Buffers.Text;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ClariBI.Sandbox.Fuzz.Tests;

/// <summary>Signs in through whatever HTML forms the authorization endpoint shows: fields as they come, the first choice, the first button.</summary>
internal static partial class Person
{
    private const string Redirect = "http://localhost:8900/callback";
    private const string Verifier = "a-verifier-that-is-long-enough-for-rfc-7636-to-like-it";

    public static async Task<string> SignInAsync(HttpClient http, string scope)
    {
        using var registered = await http.PostAsJsonAsync("/register", new { client_name = "Fuzzer", redirect_uris = new[] { Redirect }, token_endpoint_auth_method = "none" });
        var clientId = (await registered.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("client_id").GetString()!;
        var challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));
        var code = await CodeAsync(http, $"/authorize?client_id={clientId}&redirect_uri={Uri.EscapeDataString(Redirect)}&response_type=code&scope={Uri.EscapeDataString(scope)}&state=s&code_challenge={challenge}&code_challenge_method=S256");
        using var tokens = await http.PostAsync("/token", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["client_id"] = clientId,
            ["code"] = code,
            ["code_verifier"] = Verifier,
            ["redirect_uri"] = Redirect,
        }));
        return (await tokens.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString()!;
    }

    private static async Task<string> CodeAsync(HttpClient http, string path)
    {
        using var first = new HttpRequestMessage(HttpMethod.Get, path);
        var (request, address) = (first, new Uri(http.BaseAddress!, path));
        for (var step = 0; step < 10; step++)
        {
            using var reply = await http.SendAsync(request);
            if (reply.Headers.Location is { } location)
            {
                address = new(address, location);
                if (address.AbsoluteUri.StartsWith(Redirect, StringComparison.Ordinal))
                {
                    return Uri.UnescapeDataString(Code().Match(address.Query).Groups[1].Value);
                }

                request = new(HttpMethod.Get, address);
                continue;
            }

            var page = await reply.Content.ReadAsStringAsync();
            reply.IsSuccessStatusCode.ShouldBeTrue(page);
            (request, address) = Submit(page, address);
        }

        throw new InvalidOperationException("The forms never led to a code.");
    }

    private static (HttpRequestMessage Request, Uri Address) Submit(string page, Uri address)
    {
        var form = Form().Match(page);
        form.Success.ShouldBeTrue(page);
        var fields = new Dictionary<string, string>();
        foreach (var tag in Control().Matches(form.Groups["inside"].Value).Select(match => match.Value))
        {
            var (name, isButton) = (Attribute(tag, "name"), tag.StartsWith("<button", StringComparison.Ordinal));
            if (name is not null && (!fields.ContainsKey(name) || tag.Contains(" checked", StringComparison.Ordinal)))
            {
                fields[name] = Attribute(tag, "value") ?? (isButton ? "" : "someone@example.com");
            }
        }

        address = new(address, Attribute(form.Groups["tag"].Value, "action") ?? address.AbsoluteUri);
        return (new(HttpMethod.Post, address) { Content = new FormUrlEncodedContent(fields) }, address);
    }

    private static string? Attribute(string tag, string name) =>
        Regex.Match(tag, $"\\b{name}=\"([^\"]*)\"") is { Success: true } match ? WebUtility.HtmlDecode(match.Groups[1].Value) : null;

    [GeneratedRegex("[?&]code=([^&]*)")]
    private static partial Regex Code();

    [GeneratedRegex("(?<tag><form[^>]*>)(?<inside>.*?)</form>", RegexOptions.Singleline)]
    private static partial Regex Form();

    [GeneratedRegex("<(input|button)\\b[^>]*>")]
    private static partial Regex Control();
}
