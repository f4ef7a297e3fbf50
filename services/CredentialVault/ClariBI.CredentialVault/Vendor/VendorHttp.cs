using System.Net.Http.Headers;
using System.Text;
using ClariBI.CredentialVault.Secrets;

namespace ClariBI.CredentialVault.Vendor;

/// <summary>Forms to a vendor's OAuth endpoints, with the client's way to authenticate (RFC 6749 section 2.3.1).</summary>
internal sealed class VendorHttp(IHttpClientFactory clients)
{
    public const string ClientName = "vault-vendor";

    /// <summary>The client's identity in the form; nothing where it goes into the header.</summary>
    public static FormBody AddClient(FormBody form, HeldTokens tokens) =>
        UsesHeader(tokens) ? form : form.Add("client_id", tokens.ClientId).Add("client_secret", tokens.ClientSecret);

    /// <returns>The answer with its body unread, so that no buffer of the HTTP client keeps it.</returns>
    public async Task<HttpResponseMessage> PostAsync(string address, FormBody form, HeldTokens tokens, CancellationToken cancellationToken)
    {
        using var http = clients.CreateClient(ClientName);
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = form };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (UsesHeader(tokens))
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Basic(tokens));
        }

        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    private static bool UsesHeader(HeldTokens tokens) => tokens is { ClientAuthentication: "client_secret_basic", ClientSecret: not null };

    /// <summary>A header is a string to the HTTP stack: this copy of the client secret cannot be cleared.</summary>
    private static string Basic(HeldTokens tokens)
    {
        using var pair = new SecretBuffer();
        FormBody.Encode(Encoding.UTF8.GetBytes(tokens.ClientId), pair);
        pair.Write(":"u8);
        FormBody.Encode(tokens.ClientSecret!.Utf8, pair);
        return Convert.ToBase64String(pair.Written.Span);
    }
}
