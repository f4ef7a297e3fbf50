using System.Net;
using System.Net.Http.Headers;
using System.Net.Mime;
using System.Text.Json;

namespace ClariBI.Connector.Authorizations.Discovery;

/// <summary>Fetches metadata documents. Every address comes from outside and goes through the guarded client; redirects are not followed.</summary>
internal sealed class MetadataReader(IHttpClientFactory clients)
{
    /// <returns>Null when there is no document at the address.</returns>
    /// <exception cref="HttpRequestException">The server failed (5xx or 429), which says nothing about the document.</exception>
    public async Task<JsonElement?> GetAsync(Uri address, CancellationToken cancellationToken)
    {
        using var http = clients.CreateClient(ConnectorModule.OAuthHttpClient);
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(MediaTypeNames.Application.Json));

        // An MCP server that takes every GET for its stream would never finish the body.
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.StatusCode is >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests)
        {
            throw new HttpRequestException($"{address.Host} answered HTTP {(int)response.StatusCode}.", null, response.StatusCode);
        }

        if (!response.IsSuccessStatusCode || response.Content.Headers.ContentType?.MediaType is "text/event-stream" or "text/html")
        {
            return null;
        }

        try
        {
            var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            var json = await JsonSerializer.DeserializeAsync<JsonElement>(body, cancellationToken: cancellationToken);
            return json.ValueKind == JsonValueKind.Object ? json : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public static bool IsTrue(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    public static List<string> Texts(JsonElement json, string name) => ListedTexts(json, name) ?? [];

    /// <returns>Null when the document has no such list.</returns>
    public static List<string>? ListedTexts(JsonElement json, string name) =>
        json.TryGetProperty(name, out var values) && values.ValueKind == JsonValueKind.Array
            ? [.. values.EnumerateArray().Where(value => value.ValueKind == JsonValueKind.String).Select(value => value.GetString()!)]
            : null;
}
