using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace ClariBI.Gateway.Tests;

public sealed class EdgeTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_service_gets_the_caller_by_token_and_never_the_session_cookie()
    {
        await using var host = new GatewayHost();
        using var browser = host.NewBrowser();
        await GatewayHost.RegisterAsync(browser, "ada@example.com", Ct);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/vendors");
        request.Headers.Add("Authorization", "Bearer forged");

        var seen = await (await browser.SendAsync(request, Ct)).Content.ReadFromJsonAsync<JsonElement>(Ct);

        seen.GetProperty("path").GetString().ShouldBe("/api/vendors");
        seen.GetProperty("authorization").GetString()!.Split('.').Length.ShouldBe(3);
        seen.GetProperty("authorization").GetString()!.ShouldNotContain("forged");
        seen.GetProperty("cookie").GetString()!.ShouldNotContain("claribi-session");
    }

    [Theory]
    [InlineData("connector")]
    [InlineData("charts")]
    [InlineData("vault")]
    public async Task Every_address_in_a_services_document_reaches_it(string service)
    {
        await using var host = new GatewayHost();
        using var browser = host.NewBrowser();
        await GatewayHost.RegisterAsync(browser, "ada@example.com", Ct);
        using var document = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "openapi", $"{service}.json"), Ct));

        foreach (var path in document.RootElement.GetProperty("paths").EnumerateObject().Select(path => path.Name))
        {
            var answer = await browser.GetAsync(path.Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal), Ct);

            answer.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        }
    }

    [Fact]
    public async Task Nothing_reaches_a_service_without_a_session()
    {
        await using var host = new GatewayHost();
        using var browser = host.NewBrowser();
        foreach (var path in (string[])["/api/vendors", "/api/data-sources/x", "/api/dashboards", "/api/analyses"])
        {
            await SessionTests.ShouldBeProblemAsync(await browser.GetAsync(path, Ct), HttpStatusCode.Unauthorized, "sign-in-required");
        }
    }

    [Fact]
    public async Task Vendors_read_the_client_metadata_document_without_a_session()
    {
        await using var host = new GatewayHost();
        using var browser = host.NewBrowser();

        var seen = await browser.GetFromJsonAsync<JsonElement>("/oauth/client-metadata.json", Ct);

        seen.GetProperty("path").GetString().ShouldBe("/oauth/client-metadata.json");
    }

    [Theory]
    [InlineData("connector")]
    [InlineData("charts")]
    [InlineData("vault")]
    public async Task Every_path_of_a_services_document_leads_to_it(string service)
    {
        await using var host = new GatewayHost();
        using var browser = host.NewBrowser();
        await GatewayHost.RegisterAsync(browser, "ada@example.com", Ct);
        var document = JsonSerializer.Deserialize<JsonElement>(await File.ReadAllTextAsync(Document(service), Ct));

        foreach (var path in document.GetProperty("paths").EnumerateObject().Select(path => path.Name.Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal)))
        {
            (await browser.GetAsync(path, Ct)).StatusCode.ShouldBe(HttpStatusCode.OK, path);
        }
    }

    [Fact]
    public async Task A_service_that_is_down_is_a_problem_document()
    {
        await using var host = new GatewayHost();
        using var browser = host.NewBrowser();
        await GatewayHost.RegisterAsync(browser, "ada@example.com", Ct);

        await SessionTests.ShouldBeProblemAsync(
            await browser.GetAsync("/api/conversations", Ct), HttpStatusCode.BadGateway, "service-unavailable");
    }

    [Fact]
    public async Task An_unknown_address_under_api_is_a_problem_document()
    {
        await using var host = new GatewayHost();
        using var browser = host.NewBrowser();

        await SessionTests.ShouldBeProblemAsync(await browser.GetAsync("/api/nothing", Ct), HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task A_wrong_content_type_a_wrong_method_and_a_NUL_are_named_as_such()
    {
        await using var host = new GatewayHost();
        using var browser = host.NewBrowser();
        using var text = new StringContent("name=x", System.Text.Encoding.UTF8, "text/plain");
        using var nul = new StringContent("""{"email":"a\u0000@example.com","password":"p"}""", System.Text.Encoding.UTF8, "application/json");

        await SessionTests.ShouldBeProblemAsync(
            await browser.PostAsync("/api/session", text, Ct), HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
        await SessionTests.ShouldBeProblemAsync(
            await browser.PatchAsync("/api/session", text, Ct), HttpStatusCode.MethodNotAllowed, "method-not-allowed");
        await SessionTests.ShouldBeProblemAsync(await browser.PostAsync("/api/session", nul, Ct), HttpStatusCode.BadRequest, "bad-request");
        using var odd = new StringContent("{}");
        odd.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse("application/json; charset=nope");
        await SessionTests.ShouldBeProblemAsync(
            await browser.PostAsync("/api/session", odd, Ct), HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    public async Task Another_site_cannot_act_with_the_cookie(string header, string value)
    {
        await using var host = new GatewayHost();
        using var browser = host.NewBrowser();
        await GatewayHost.RegisterAsync(browser, "ada@example.com", Ct);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/workspaces") { Content = JsonContent.Create(new { name = "Stolen" }) };
        request.Headers.Add(header, value);

        await SessionTests.ShouldBeProblemAsync(await browser.SendAsync(request, Ct), HttpStatusCode.Forbidden, "cross-site-request");
        (await browser.GetFromJsonAsync<JsonElement>("/api/workspaces", Ct)).GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Every_answer_carries_the_security_headers()
    {
        await using var host = new GatewayHost();
        using var browser = host.NewBrowser();

        foreach (var path in (string[])["/api/session", "/api/vendors", "/api/nothing"])
        {
            var headers = (await browser.GetAsync(path, Ct)).Headers;
            headers.GetValues("Content-Security-Policy").Single().ShouldContain("frame-ancestors 'none'");
            headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");
            headers.Contains("Server").ShouldBeFalse();
        }
    }

    private static string Document(string service)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "ClariBI.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder.FullName, "deploy", "openapi", $"{service}.json");
    }
}
