using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ClariBI.ServiceDefaults.Callers;

namespace ClariBI.Connector.Tests.Hosting;

/// <summary>Somebody who is signed in, with the cookies of one browser.</summary>
public sealed class Person(ConnectorHost host, Caller caller)
{
    private static readonly HttpClient Web = new(new HttpClientHandler { AllowAutoRedirect = false });

    public Caller Caller => caller;

    public string? Cookie { get; set; }

    public async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(HttpMethod method, string path, object? body = null)
    {
        using var response = await RawAsync(method, path, body);
        var text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text));
    }

    public async Task<HttpResponseMessage> RawAsync(HttpMethod method, string path, object? body = null)
    {
        using var client = host.ClientFor(caller);
        using var request = new HttpRequestMessage(method, path);
        request.Content = body is null ? null : JsonContent.Create(body);
        if (Cookie is not null)
        {
            request.Headers.Add("Cookie", Cookie);
        }

        var response = await client.SendAsync(request);
        if (response.Headers.TryGetValues("Set-Cookie", out var cookies))
        {
            Cookie = cookies.Single().Split(';')[0];
        }

        return response;
    }

    public async Task<JsonElement> StartAsync(Guid? dataSourceId = null)
    {
        var (status, body) = await SendAsync(HttpMethod.Post, "/api/authorizations", new { vendor = "amplitude", region = "sandbox", dataSourceId });
        status.ShouldBe(HttpStatusCode.Created, body.ToString());
        return body;
    }

    /// <summary>Visits the consent page, which answers at once.</summary>
    /// <returns>Path and query of our callback.</returns>
    public static async Task<string> ConsentAsync(JsonElement authorization)
    {
        using var response = await Web.GetAsync(new Uri(authorization.GetProperty("authorizeUrl").GetString()!));
        return response.Headers.Location!.PathAndQuery;
    }

    /// <returns>Where the browser is sent.</returns>
    public async Task<string> ReturnAsync(string callback)
    {
        using var response = await RawAsync(HttpMethod.Get, callback);
        response.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        return response.Headers.Location!.OriginalString;
    }

    public async Task<JsonElement> ReadAsync(JsonElement authorization) =>
        (await SendAsync(HttpMethod.Get, $"/api/authorizations/{authorization.GetProperty("id").GetString()}")).Body;

    /// <summary>Start, consent, callback.</summary>
    public async Task<JsonElement> AuthorizeAsync(Guid? dataSourceId = null)
    {
        var authorization = await StartAsync(dataSourceId);
        await ReturnAsync(await ConsentAsync(authorization));
        return await ReadAsync(authorization);
    }

    public async Task<(HttpStatusCode Status, JsonElement Body)> FinishAsync(JsonElement authorization, string name = "Acme", string? projectId = null) =>
        await SendAsync(HttpMethod.Post, "/api/data-sources", new { authorizationId = authorization.GetProperty("id").GetString(), name, projectId });

    /// <returns>A connected data source.</returns>
    public async Task<JsonElement> ConnectAsync()
    {
        var (status, body) = await FinishAsync(await AuthorizeAsync());
        status.ShouldBe(HttpStatusCode.Created, body.ToString());
        return body;
    }
}
