using System.Net;
using System.Text.Json;
using Duende.IdentityModel.Client;

namespace ClariBI.ServiceDefaults.OAuth;

/// <summary>
/// How every service reads a token endpoint's answer and proves the client to it. The library's answers embed bodies that may
/// hold tokens: nothing but the error code is taken from them.
/// </summary>
public static class TokenEndpointAnswers
{
    /// <summary>
    /// Whether an answer with this status may say something about the grant or the client (RFC 6749 section 5.2): a 400 or a 401,
    /// and with some vendors a 200 or a 403. What a proxy or a server in trouble says is no such word.
    /// </summary>
    public static bool MayNameAnError(HttpStatusCode status) => (int)status is 200 or 400 or 401 or 403;

    /// <summary>The error code of RFC 6749 section 5.2. With a 401 the library reports the status alone; the code is in its JSON.</summary>
    /// <returns>Null when the answer is no OAuth error.</returns>
    public static string? ErrorCode(ProtocolResponse response)
    {
        ArgumentNullException.ThrowIfNull(response);
        if (!MayNameAnError(response.HttpStatusCode))
        {
            return null;
        }

        return response.Json is { ValueKind: JsonValueKind.Object } json
            && json.TryGetProperty("error", out var code) && code.ValueKind == JsonValueKind.String
                ? code.GetString()
                : null;
    }

    /// <param name="method"><c>none</c>, <c>client_secret_post</c> or <c>client_secret_basic</c>.</param>
    public static ClientCredentialStyle Style(string method) =>
        method == "client_secret_basic" ? ClientCredentialStyle.AuthorizationHeader : ClientCredentialStyle.PostBody;
}
