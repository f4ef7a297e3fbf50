using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;

namespace ClariBI.Sandbox.OAuth;

/// <summary>RFC 7591, open to everyone.</summary>
internal static class Registration
{
    private const int LongestName = 100;
    private static readonly string[] Methods = ["none", "client_secret_post"];

    /// <summary>Schemes that browsers act upon themselves; any other but http is an app's own (RFC 8252 section 7.1).</summary>
    private static readonly string[] NeverApps = ["javascript", "vbscript", "data", "file", "blob", "about", "ftp", "ws", "wss", "mailto", "view-source", "filesystem"];

    public static void MapRegistration(this IEndpointRouteBuilder routes) => routes.MapPost("/register", Register);

    private static async Task<IResult> Register(HttpContext context, GrantStore grants, Regions regions, TimeProvider clock, CancellationToken cancellationToken)
    {
        RegistrationRequest? request;
        try
        {
            request = await context.Request.ReadFromJsonAsync<RegistrationRequest>(cancellationToken);
        }
        catch (Exception error) when (error is System.Text.Json.JsonException or InvalidOperationException)
        {
            request = null;
        }

        if (request is null)
        {
            return OAuthError.Json("invalid_client_metadata", "The body must be a JSON object of client metadata");
        }

        if (request.RedirectUris is not { Length: > 0 and <= 20 } redirects || !Array.TrueForAll(redirects, IsAllowedRedirect))
        {
            return OAuthError.Json("invalid_redirect_uri", "redirect_uris must hold https addresses, http ones on this machine, or ones of an app's own scheme, without a fragment");
        }

        var method = request.Method ?? "none";
        if (!Methods.Contains(method))
        {
            return OAuthError.Json("invalid_client_metadata", "token_endpoint_auth_method must be none or client_secret_post");
        }

        var secret = method == "none" ? null : Secrets.New("cs_");
        var client = new Client(Secrets.NewId(), Readable(request.Name), redirects, secret is null ? null : Secrets.Hash(secret)) { Region = regions.Of(context) };
        grants.Add(client);
        return TypedResults.Json(new RegistrationReply(client.Id, secret, secret is null ? null : 0, clock.GetUtcNow().ToUnixTimeSeconds(), client.Name, redirects,
            ["authorization_code", "refresh_token"], ["code"], method, request.Scope ?? string.Join(' ', Scopes.All)), statusCode: StatusCodes.Status201Created);
    }

    /// <summary>People decide by this name: nothing in it may be invisible or turn the text around it, and it has to fit.</summary>
    private static string Readable(string? name)
    {
        var shown = string.Concat((name ?? "").EnumerateRunes().Where(rune => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate)).Take(LongestName)).Trim();
        return shown.Length == 0 ? "Unnamed client" : shown;
    }

    private static bool IsAllowedRedirect(string redirect) =>
        Uri.TryCreate(redirect, UriKind.Absolute, out var uri) && uri.Fragment.Length == 0 && (uri.Scheme != Uri.UriSchemeHttp || uri.IsLoopback) && !NeverApps.Contains(uri.Scheme);

    private sealed record RegistrationRequest(
        [property: JsonPropertyName("client_name")] string? Name,
        [property: JsonPropertyName("redirect_uris")] string[]? RedirectUris,
        [property: JsonPropertyName("token_endpoint_auth_method")] string? Method,
        [property: JsonPropertyName("scope")] string? Scope);

    private sealed record RegistrationReply(
        [property: JsonPropertyName("client_id")] string ClientId,
        [property: JsonPropertyName("client_secret"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ClientSecret,
        [property: JsonPropertyName("client_secret_expires_at"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? SecretExpiresAt,
        [property: JsonPropertyName("client_id_issued_at")] long IssuedAt,
        [property: JsonPropertyName("client_name")] string Name,
        [property: JsonPropertyName("redirect_uris")] string[] RedirectUris,
        [property: JsonPropertyName("grant_types")] string[] GrantTypes,
        [property: JsonPropertyName("response_types")] string[] ResponseTypes,
        [property: JsonPropertyName("token_endpoint_auth_method")] string Method,
        [property: JsonPropertyName("scope")] string Scope);
}
