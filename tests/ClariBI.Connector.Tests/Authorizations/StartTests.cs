using System.Net;
using System.Web;
using ClariBI.Connector.Tests.Hosting;

namespace ClariBI.Connector.Tests.Authorizations;

public sealed class StartTests : IAsyncLifetime
{
    private readonly ConnectorHost host = new();

    public ValueTask InitializeAsync() => host.InitializeAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task The_consent_page_is_asked_for_reading_only()
    {
        var authorization = await host.A().StartAsync();

        var url = new Uri(authorization.GetProperty("authorizeUrl").GetString()!);
        var query = HttpUtility.ParseQueryString(url.Query);
        query["tenant"].ShouldBe("acme");
        query["scope"].ShouldBe("mcp:read offline_access");
        query["resource"].ShouldBe(host.Vendor.Url);
        query["code_challenge_method"].ShouldBe("S256");
        query["redirect_uri"].ShouldBe("http://localhost:8080/api/oauth/callback");
        query["response_type"].ShouldBe("code");
    }

    [Fact]
    public async Task The_cookie_is_for_this_browser_and_out_of_reach_of_scripts()
    {
        using var response = await host.A().RawAsync(HttpMethod.Post, "/api/authorizations", new { vendor = "amplitude", region = "sandbox" });

        var cookie = response.Headers.GetValues("Set-Cookie").Single();
        cookie.ShouldStartWith("claribi-oauth=");
        cookie.ShouldContain("httponly");
        cookie.ShouldContain("samesite=lax");
    }

    [Fact]
    public async Task ClariBI_registers_once()
    {
        await host.A().StartAsync();
        await host.A().StartAsync();

        host.Vendor.Registrations.ShouldBe(1);
    }

    [Theory]
    [InlineData("nobody", "us", "vendor-not-found")]
    [InlineData("amplitude", "mars", "region-not-found")]
    public async Task An_unknown_vendor_or_region_is_not_found(string vendor, string region, string type)
    {
        var (status, body) = await host.A().SendAsync(HttpMethod.Post, "/api/authorizations", new { vendor, region });

        status.ShouldBe(HttpStatusCode.NotFound);
        body.GetProperty("type").GetString().ShouldBe(type);
    }

    [Fact]
    public async Task Missing_values_are_named()
    {
        var (status, body) = await host.A().SendAsync(HttpMethod.Post, "/api/authorizations", new { vendor = "", region = "us" });

        status.ShouldBe(HttpStatusCode.BadRequest);
        body.GetProperty("type").GetString().ShouldBe("validation-failed");
        body.GetProperty("errors").TryGetProperty("Vendor", out _).ShouldBeTrue(body.ToString());
    }

    [Theory]
    [InlineData("/mcp", HttpStatusCode.ServiceUnavailable, "vendor-unreachable", "discover")]
    [InlineData("/.well-known/oauth-protected-resource", HttpStatusCode.NotFound, "vendor-discovery-failed", "discover")]
    [InlineData("/.well-known/oauth-authorization-server", HttpStatusCode.NotFound, "vendor-discovery-failed", "discover")]
    [InlineData("/register", HttpStatusCode.Forbidden, "vendor-registration-failed", "register")]
    [InlineData("/register", HttpStatusCode.BadGateway, "vendor-unreachable", "register")]
    public async Task A_vendor_that_fails_is_named_with_the_step(string path, HttpStatusCode fault, string type, string step)
    {
        host.Vendor.Faults[path] = fault;

        var (status, body) = await host.A().SendAsync(HttpMethod.Post, "/api/authorizations", new { vendor = "amplitude", region = "sandbox" });

        status.ShouldBe(HttpStatusCode.BadGateway);
        body.GetProperty("type").GetString().ShouldBe(type);
        body.GetProperty("step").GetString().ShouldBe(step);
        body.TryGetProperty("traceId", out _).ShouldBeTrue();
    }

    [Fact]
    public async Task Metadata_for_another_resource_or_issuer_is_refused()
    {
        host.Vendor.ClaimedResource = "https://elsewhere.example";
        (await StartAsync()).ShouldBe("vendor-discovery-failed");

        (host.Vendor.ClaimedResource, host.Vendor.ClaimedIssuer) = (null, "https://elsewhere.example");
        (await StartAsync()).ShouldBe("vendor-discovery-failed");

        host.Vendor.ClaimedIssuer = null;
        (await StartAsync()).ShouldBeNull();
        host.Vendor.Registrations.ShouldBe(1);
    }

    [Fact]
    public async Task The_sandbox_region_is_offered_while_it_runs()
    {
        var person = host.A();
        (await RegionsAsync(person)).ShouldBe(["us", "eu", "sandbox"]);

        host.Vendor.Faults["/health"] = HttpStatusCode.ServiceUnavailable;
        host.Clock.Forward(TimeSpan.FromSeconds(6));

        (await RegionsAsync(person)).ShouldBe(["us", "eu"]);
        (await StartAsync()).ShouldBeNull("the probe decides what is offered, not who may try");
    }

    private static async Task<List<string?>> RegionsAsync(Person person)
    {
        var (_, vendors) = await person.SendAsync(HttpMethod.Get, "/api/vendors");
        return [.. vendors.EnumerateArray().First().GetProperty("regions").EnumerateArray().Select(region => region.GetProperty("id").GetString())];
    }

    private async Task<string?> StartAsync()
    {
        var (_, body) = await host.A().SendAsync(HttpMethod.Post, "/api/authorizations", new { vendor = "amplitude", region = "sandbox" });
        return body.TryGetProperty("type", out var type) ? type.GetString() : null;
    }
}
