using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using ClariBI.Testing;
using Shouldly;

namespace ClariBI.EndToEnd.Tests;

/// <summary>Somebody with an account and a workspace of their own, and a browser that keeps cookies and follows no redirects.</summary>
internal sealed partial class Person : IDisposable
{
    private readonly HttpClient browser = new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() })
    {
        BaseAddress = Product.Address,
        Timeout = TimeSpan.FromSeconds(90),
    };

    public HttpClient Browser => browser;

    public string Email { get; } = $"{Guid.NewGuid():N}@example.com";

    public static async Task<Person> RegisterAsync(CancellationToken ct, string workspace = "Acme")
    {
        var person = new Person();
        await person.PostAsync(
            "/api/accounts", new { email = person.Email, password = "correct horse battery", displayName = "Ada", workspaceName = workspace },
            HttpStatusCode.Created, ct);
        return person;
    }

    public async Task<JsonElement> GetAsync(string path, CancellationToken ct, HttpStatusCode expected = HttpStatusCode.OK) =>
        await ReadAsync(await browser.GetAsync(path, ct), expected, ct);

    public async Task<JsonElement> PostAsync(string path, object? body, HttpStatusCode expected, CancellationToken ct) =>
        await ReadAsync(await browser.PostAsJsonAsync(path, body ?? new { }, ct), expected, ct);

    /// <summary>Starts an authorization; what comes back is waiting for consent.</summary>
    public Task<JsonElement> StartAuthorizationAsync(CancellationToken ct) =>
        PostAsync("/api/authorizations", new { vendor = "amplitude", region = "sandbox" }, HttpStatusCode.Created, ct);

    /// <summary>Does what a person does on the sign-in and consent pages and returns where the vendor sends the browser.</summary>
    public static async Task<Uri> ConsentAsync(JsonElement authorization, CancellationToken ct, bool allow = true, string? organisation = null)
    {
        using var vendor = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() });
        var signIn = await vendor.GetStringAsync(authorization.GetProperty("authorizeUrl").GetString(), ct);
        using var chosen = new FormUrlEncodedContent(new Dictionary<string, string>(Fields(signIn)) { ["account"] = WebUtility.HtmlDecode(Account().Match(signIn).Groups[1].Value) });
        var signedIn = await vendor.PostAsync(new Uri(Product.Sandbox, "/sign-in"), chosen, ct);
        signedIn.StatusCode.ShouldBe(HttpStatusCode.SeeOther, await signedIn.Content.ReadAsStringAsync(ct));
        var page = await vendor.GetStringAsync(new Uri(Product.Sandbox, signedIn.Headers.Location!), ct);
        var form = Fields(page);
        form["organisation"] = organisation ?? Organisation().Match(page).Groups[1].Value;
        form["decision"] = allow ? "allow" : "deny";
        using var content = new FormUrlEncodedContent(form);
        var response = await vendor.PostAsync(new Uri(Product.Sandbox, "/authorize"), content, ct);
        response.Headers.Location.ShouldNotBeNull(await response.Content.ReadAsStringAsync(ct));
        return response.Headers.Location;
    }

    /// <summary>Follows the vendor's redirect to our callback, and waits until the authorization is decided.</summary>
    public async Task<JsonElement> ReturnAsync(Uri callback, JsonElement authorization, CancellationToken ct)
    {
        var response = await browser.GetAsync(callback, ct);
        response.StatusCode.ShouldBe(HttpStatusCode.SeeOther, await response.Content.ReadAsStringAsync(ct));
        var id = authorization.GetProperty("id").GetString();
        return await Eventually.GetAsync(
            () => GetAsync($"/api/authorizations/{id}", ct),
            now => now.GetProperty("status").GetString() is "authorized" or "failed", because: "the decision about the authorization");
    }

    /// <summary>The whole wizard; returns the data source.</summary>
    public async Task<JsonElement> ConnectSandboxAsync(CancellationToken ct, string name = "Product analytics")
    {
        var started = await StartAuthorizationAsync(ct);
        var authorization = await ReturnAsync(await ConsentAsync(started, ct), started, ct);
        authorization.GetProperty("status").GetString().ShouldBe("authorized", authorization.ToString());
        return await PostAsync("/api/data-sources", new { authorizationId = authorization.GetProperty("id").GetString(), name }, HttpStatusCode.Created, ct);
    }

    /// <summary>Asks and waits for the end of the analysis, whatever it is.</summary>
    public async Task<JsonElement> AskAsync(string question, CancellationToken ct, object? dataSourceId = null, object? conversationId = null)
    {
        var queued = await PostAsync("/api/analyses", new { question, dataSourceId, conversationId }, HttpStatusCode.Accepted, ct);
        var id = queued.GetProperty("id").GetString();
        return await Eventually.GetAsync(
            () => GetAsync($"/api/analyses/{id}", ct),
            now => now.GetProperty("status").GetString() is not ("queued" or "running"), TimeSpan.FromSeconds(60), "the end of the analysis");
    }

    public void Dispose() => browser.Dispose();

    private static Dictionary<string, string> Fields(string page) => Hidden().Matches(page).ToDictionary(match => match.Groups[1].Value, match => WebUtility.HtmlDecode(match.Groups[2].Value));

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response, HttpStatusCode expected, CancellationToken ct)
    {
        var body = await response.Content.ReadAsStringAsync(ct);
        response.StatusCode.ShouldBe(expected, $"{response.RequestMessage!.Method} {response.RequestMessage.RequestUri}: {body}");
        return body.Length == 0 ? default : JsonDocument.Parse(body).RootElement;
    }

    [GeneratedRegex("""<input type="hidden" name="([^"]+)" value="([^"]*)">""")]
    private static partial Regex Hidden();

    [GeneratedRegex("""name="account" value="([^"]+)""")]
    private static partial Regex Account();

    [GeneratedRegex("""name="organisation" value="([^"]+)""")]
    private static partial Regex Organisation();
}
