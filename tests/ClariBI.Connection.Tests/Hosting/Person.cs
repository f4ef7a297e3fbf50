using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using ClariBI.ServiceDefaults.Callers;
using ClariBI.ServiceDefaults.Internal;
using ClariBI.Testing;
using Microsoft.Extensions.Options;

namespace ClariBI.Connection.Tests.Hosting;

/// <summary>An owner of a workspace, as the gateway presents them to the Connector, with one browser.</summary>
internal sealed partial class Person(Fleet fleet, Guid? workspace = null) : IDisposable
{
    private readonly Caller caller = new(Guid.NewGuid(), "Ada", workspace ?? Guid.NewGuid(), "owner");
    private readonly InternalTokens tokens = new(new InternalKey(Options.Create(new InternalOptions { Key = fleet.InternalKey })), TimeProvider.System);
    private readonly HttpClient browser = new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { Timeout = TimeSpan.FromSeconds(120) };
    private string? cookie;

    public Guid Workspace => caller.WorkspaceId;

    public void Dispose() => browser.Dispose();

    /// <param name="replica">Which Connector is asked.</param>
    public async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(HttpMethod method, string path, object? body = null, int replica = 0)
    {
        using var response = await RawAsync(method, path, body, replica);
        var text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text));
    }

    public async Task<JsonElement> GetAsync(string path, int replica = 0)
    {
        var (status, body) = await SendAsync(HttpMethod.Get, path, null, replica);
        status.ShouldBe(HttpStatusCode.OK, body.ToString());
        return body;
    }

    public Task<(HttpStatusCode Status, JsonElement Body)> CallAsync(string dataSource, string tool, object arguments, int replica = 0) =>
        SendAsync(HttpMethod.Post, $"/api/data-sources/{dataSource}/calls", new { tool, arguments }, replica);

    /// <summary>A cheap reading call that succeeds on every account.</summary>
    public Task<(HttpStatusCode Status, JsonElement Body)> ReadAsync(string dataSource, int replica = 0, string word = "play") =>
        CallAsync(dataSource, "search_amp_entities", new { queries = new[] { word }, rationale = "test" }, replica);

    /// <summary>The wizard: start, consent, callback on another replica, finish on a third.</summary>
    /// <returns>The data source's id.</returns>
    public async Task<string> ConnectAsync(string? reconnect = null, string organisation = "northwind")
    {
        var authorization = await AuthorizeAsync(reconnect, organisation);
        authorization.GetProperty("status").GetString().ShouldBe("authorized", authorization.ToString());
        var (status, source) = await SendAsync(
            HttpMethod.Post, "/api/data-sources",
            new { authorizationId = authorization.GetProperty("id").GetString(), name = "Product analytics", projectId = "100001", dataSourceId = reconnect }, replica: 2);
        status.ShouldBeOneOf(HttpStatusCode.Created, HttpStatusCode.OK);
        return source.GetProperty("id").GetString()!;
    }

    /// <returns>The authorization after its callback: authorized or failed.</returns>
    public async Task<JsonElement> AuthorizeAsync(string? reconnect = null, string organisation = "northwind")
    {
        var (status, started) = await SendAsync(HttpMethod.Post, "/api/authorizations", new { vendor = "amplitude", region = "sandbox", dataSourceId = reconnect });
        status.ShouldBe(HttpStatusCode.Created, started.ToString());
        var callback = await ConsentAsync(new Uri(started.GetProperty("authorizeUrl").GetString()!), organisation);
        using var returned = await RawAsync(HttpMethod.Get, callback.PathAndQuery, null, replica: 1);
        returned.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        return await Eventually.GetAsync(
            () => GetAsync($"/api/authorizations/{started.GetProperty("id").GetString()}", replica: 3),
            now => now.GetProperty("status").GetString() is "authorized" or "failed", because: "the decision about the authorization");
    }

    public async Task<JsonElement> StartAsync(int replica = 0)
    {
        var (status, started) = await SendAsync(HttpMethod.Post, "/api/authorizations", new { vendor = "amplitude", region = "sandbox" }, replica);
        status.ShouldBe(HttpStatusCode.Created, started.ToString());
        return started;
    }

    /// <summary>The vendor sends the browser back.</summary>
    /// <returns>Where our callback sends it then.</returns>
    public async Task<string> ReturnAsync(string callback, int replica = 0)
    {
        using var response = await RawAsync(HttpMethod.Get, callback, null, replica);
        response.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        return response.Headers.Location!.OriginalString;
    }

    /// <summary>Signs in at the vendor, and consents.</summary>
    /// <returns>Where the vendor sends the browser.</returns>
    public static async Task<Uri> ConsentAsync(Uri authorizeUrl, string organisation = "northwind")
    {
        using var vendor = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() });
        var signIn = await vendor.GetStringAsync(authorizeUrl);
        using var chosen = new FormUrlEncodedContent(new Dictionary<string, string>(Fields(signIn)) { ["account"] = WebUtility.HtmlDecode(Account().Match(signIn).Groups[1].Value) });
        using var signedIn = await vendor.PostAsync(new Uri(authorizeUrl, "/sign-in"), chosen);
        var form = Fields(await vendor.GetStringAsync(new Uri(authorizeUrl, signedIn.Headers.Location!)));
        (form["organisation"], form["decision"]) = (organisation, "allow");
        using var content = new FormUrlEncodedContent(form);
        using var response = await vendor.PostAsync(new Uri(authorizeUrl, "/authorize"), content);
        return response.Headers.Location.ShouldNotBeNull(await response.Content.ReadAsStringAsync());
    }

    private static Dictionary<string, string> Fields(string page) =>
        Hidden().Matches(page).ToDictionary(match => match.Groups[1].Value, match => WebUtility.HtmlDecode(match.Groups[2].Value));

    public async Task<HttpResponseMessage> RawAsync(HttpMethod method, string path, object? body, int replica)
    {
        using var request = new HttpRequestMessage(method, new Uri(fleet.Connector(replica), path));
        request.Content = body is null ? null : JsonContent.Create(body);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", tokens.Issue(caller, "connector"));
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        var response = await browser.SendAsync(request);
        if (response.Headers.TryGetValues("Set-Cookie", out var cookies))
        {
            cookie = cookies.Single().Split(';')[0];
        }

        return response;
    }

    [GeneratedRegex("""<input type="hidden" name="([^"]+)" value="([^"]*)">""")]
    private static partial Regex Hidden();

    [GeneratedRegex("""name="account" value="([^"]+)""")]
    private static partial Regex Account();
}
