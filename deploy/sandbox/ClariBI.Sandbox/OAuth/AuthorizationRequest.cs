using System.Net;
using Microsoft.AspNetCore.WebUtilities;

namespace ClariBI.Sandbox.OAuth;

/// <summary>What a client asks for at /authorize. It travels through both pages as hidden fields and is checked anew at each step; any "resource" (RFC 8707) is welcome and means nothing.</summary>
internal sealed record AuthorizationRequest(string? ClientId, string RedirectUri, string? ResponseType, string? Scope, string? State, string Challenge, string? Method)
{
    public static AuthorizationRequest From(Func<string, string?> read) => new(
        read("client_id"), read("redirect_uri") ?? "", read("response_type"), read("scope"), read("state"), read("code_challenge") ?? "", read("code_challenge_method"));

    /// <summary>Null when the request may go on. An unknown client or redirect is never redirected to.</summary>
    public IResult? Check(GrantStore grants, string region, out Client? client)
    {
        client = grants.FindClient(ClientId, region);
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

    /// <summary>Address of the consent page for this request; "select_account" asks for the sign-in page first.</summary>
    public string Path(string? prompt = null) => QueryHelpers.AddQueryString("/authorize", Fields().Append(KeyValuePair.Create("prompt", prompt)).Where(field => field.Value is not null));

    public string HiddenFields() => string.Concat(Fields().Where(field => field.Value is not null).Select(field => $"""<input type="hidden" name="{field.Key}" value="{WebUtility.HtmlEncode(field.Value)}">"""));

    private Dictionary<string, string?> Fields() => new()
    {
        ["client_id"] = ClientId,
        ["redirect_uri"] = RedirectUri,
        ["response_type"] = ResponseType,
        ["scope"] = Scope,
        ["state"] = State,
        ["code_challenge"] = Challenge,
        ["code_challenge_method"] = Method,
    };
}
