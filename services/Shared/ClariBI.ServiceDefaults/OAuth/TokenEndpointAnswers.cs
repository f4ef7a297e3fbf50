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
    /// The error code of RFC 6749 section 5.2. Only a 400 or a 401 carries one (some vendors send it with a 200): what a proxy or an overloaded server says is
    /// no word about the grant or the client. With a 401 the library reports the status alone; the code is in its JSON.
    /// </summary>
    /// <returns>Null when the answer is no OAuth error.</returns>
    public static string? ErrorCode(ProtocolResponse response)
    {
        ArgumentNullException.ThrowIfNull(response);
        if ((int)response.HttpStatusCode is not (200 or 400 or 401))
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
