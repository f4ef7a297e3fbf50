using System.Net;
using System.Text.Json;
using ClariBI.Connector.Tests.Hosting;
using ClariBI.Connector.Vendors;

namespace ClariBI.Connector.Tests.Authorizations;

/// <summary>Mix-up: a server that names somebody else's sign-in would get somebody else's tokens.</summary>
public sealed class SignInPlaceTests : IAsyncLifetime
{
    private RuleHost host = null!;
    private RuleVendor other = null!;

    private RuleVendor Vendor => host.Vendor;

    public async ValueTask InitializeAsync() => (host, other) = (await RuleHost.StartAsync(), await RuleVendor.StartAsync());

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await other.DisposeAsync();
    }

    [Theory]
    [InlineData("custom")]
    [InlineData("plain")]
    public async Task A_sign_in_elsewhere_is_agreed_to_by_a_person_who_saw_both_hosts(string vendor)
    {
        var (person, place) = (host.Connector.A(), other.MoveSignIn());
        Vendor.SignInAt($"http://{place}");

        var (status, problem) = await host.StartAsync(person, vendor);

        (status, Type(problem)).ShouldBe((HttpStatusCode.Conflict, "sign-in-elsewhere"));
        problem.GetProperty("confirm").GetString().ShouldBe(place);
        foreach (var named in new[] { place, new Uri(Vendor.Url).Authority })
        {
            problem.GetProperty("title").GetString()!.ShouldContain(named);
            problem.GetProperty("detail").GetString()!.ShouldContain(named);
        }

        other.Registrations.ShouldBe(0, "nothing but reading happens before");
        Type((await host.StartAsync(person, vendor, confirm: "login.elsewhere.example")).Body).ShouldBe("sign-in-elsewhere");
        (await host.StartAsync(person, vendor, confirm: place)).Status.ShouldBe(HttpStatusCode.Created);
    }

    [Theory]
    [InlineData("authorization_endpoint")]
    [InlineData("token_endpoint")]
    [InlineData("registration_endpoint")]
    public async Task Every_address_of_the_metadata_counts_and_not_the_issuer_alone(string name)
    {
        Vendor.OnMetadata = metadata => metadata[name] = other.Url.Replace("localhost", "127.0.0.1", StringComparison.Ordinal) + "/somewhere";

        var (_, problem) = await host.StartAsync(host.Connector.A());

        Type(problem).ShouldBe("sign-in-elsewhere");
        problem.GetProperty("confirm").GetString().ShouldBe(new Uri(other.Url).Authority.Replace("localhost", "127.0.0.1", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_sign_in_of_a_vendor_of_the_catalogue_is_refused_whatever_is_confirmed(bool byIssuer)
    {
        var sandbox = host.Connector.Vendor.Url;
        if (byIssuer)
        {
            Vendor.SignInAt(sandbox);
        }
        else
        {
            Vendor.OnMetadata = metadata => metadata["authorization_endpoint"] = $"{sandbox}/authorize?tenant=acme";
        }

        var (status, problem) = await host.StartAsync(host.Connector.A(), "custom", confirm: new Uri(sandbox).Authority);
        (status, Type(problem)).ShouldBe((HttpStatusCode.UnprocessableEntity, "issuer-of-another-vendor"));

        (status, problem) = await ServiceAsync(host.Connector.A(), new Uri(sandbox).Authority);
        (status, Type(problem)).ShouldBe((HttpStatusCode.UnprocessableEntity, "issuer-of-another-vendor"));
        host.Connector.Vendor.Registrations.ShouldBe(0);
        Vendor.To("/token").ShouldBeEmpty();
    }

    [Fact]
    public async Task On_the_same_host_the_sign_in_that_was_learned_for_another_server_is_agreed_to_as_well()
    {
        (await host.AuthorizeAsync(host.Connector.A())).GetProperty("status").GetString().ShouldBe("authorized");
        other.SignInAt(Vendor.Url);

        var (status, problem) = await host.StartAsync(host.Connector.A(), serverUrl: other.Server);

        (status, Type(problem)).ShouldBe((HttpStatusCode.Conflict, "sign-in-elsewhere"));
        (await host.ProblemAsync(host.Connector.A())).ShouldBeNull("its own server goes on with it");
    }

    [Fact]
    public async Task On_the_same_host_a_consent_page_of_another_servers_sign_in_is_agreed_to_as_well()
    {
        (await host.AuthorizeAsync(host.Connector.A())).GetProperty("status").GetString().ShouldBe("authorized");
        other.OnMetadata = metadata => metadata["authorization_endpoint"] = $"{Vendor.Url}/authorize";

        var (status, problem) = await host.StartAsync(host.Connector.A(), serverUrl: other.Server);

        (status, Type(problem)).ShouldBe((HttpStatusCode.Conflict, "sign-in-elsewhere"));
        problem.GetProperty("confirm").GetString().ShouldBe(new Uri(Vendor.Url).Authority);
    }

    [Fact]
    public async Task What_was_agreed_to_is_not_asked_again_when_it_is_connected_again_and_in_no_other_workspace_left_out()
    {
        var (person, place) = (host.Connector.A(), other.MoveSignIn());
        Vendor.SignInAt($"http://{place}");
        var (_, started) = await host.StartAsync(person, confirm: place);
        await person.ReturnAsync(await Person.ConsentAsync(started));
        var (status, source) = await person.FinishAsync(await person.ReadAsync(started));
        status.ShouldBe(HttpStatusCode.Created, source.ToString());

        (await host.StartAsync(person, dataSourceId: source.GetProperty("id").GetGuid())).Status.ShouldBe(HttpStatusCode.Created);

        Type((await host.StartAsync(host.Connector.A())).Body).ShouldBe("sign-in-elsewhere");
    }

    [Fact]
    public async Task A_service_accounts_secret_is_sent_to_another_host_only_when_that_was_named()
    {
        var (person, place) = (host.Connector.A(), other.MoveSignIn());
        Vendor.SignInAt($"http://{place}");

        var (status, problem) = await ServiceAsync(person, confirm: null);

        (status, Type(problem)).ShouldBe((HttpStatusCode.Conflict, "sign-in-elsewhere"));
        problem.GetProperty("detail").GetString()!.ShouldContain($"client secret would be sent to {place}");
        problem.GetProperty("title").GetString()!.ShouldContain("service accounts");
        other.To("/token").ShouldBeEmpty();
        (await ServiceAsync(person, place)).Status.ShouldBe(HttpStatusCode.Created);
        other.To("/token").Single().Values["client_secret"].ShouldBe("word-of-honour");
    }

    [Fact]
    public async Task The_secret_is_said_to_go_to_the_token_endpoint_and_nowhere_else()
    {
        var (token, issuer) = (other.MoveSignIn(), "127.0.0.1");
        Vendor.OnMetadata = metadata =>
        {
            metadata["token_endpoint"] = $"http://{token}/token";
            metadata["registration_endpoint"] = $"http://{issuer}:1/register";
        };

        var detail = (await host.StartAsync(host.Connector.A(), client: new { id = "given", secret = "theirs" })).Body.GetProperty("detail").GetString()!;

        detail.ShouldContain($"would be sent to {token},");
        detail.ShouldContain($"{issuer}:1 belongs to the sign-in as well");
    }

    [Theory]
    [InlineData("https://mcp.acme.example/mcp", "https://mcp.acme.example/authorize", true)]
    [InlineData("https://acme.example/mcp", "https://login.acme.example/", true)]
    [InlineData("https://mcp.acme.example/mcp", "https://login.acme.example/", false)]
    [InlineData("https://evil.workers.dev/mcp", "https://victim.workers.dev/", false)]
    [InlineData("https://acme.example/mcp", "https://notacme.example/", false)]
    [InlineData("https://eu.vendor.example/mcp", "https://login.vendor.example/", true)]
    [InlineData("https://eu.vendor.example/mcp", "https://vendor-login.example/", true)]
    [InlineData("https://evil.example/mcp", "https://login.vendor.example/", false)]
    [InlineData("https://mcp.vendor-cloud.example/mcp", "https://login.vendor.example/", true)]
    public void What_belongs_to_a_server_is_its_host_and_what_is_under_it_or_what_the_row_says(string server, string address, bool owned)
    {
        var row = new Vendor(
            "v", "V", "Tests", "Rules", "V", [], [new VendorRegion("global", "Global", new Uri("https://mcp.vendor-cloud.example/mcp"))], [])
        {
            Quirks = new VendorQuirks { OwnDomains = ["vendor.example", "vendor-login.example"] },
        };

        row.Owns(new Uri(server), new Uri(address)).ShouldBe(owned);
    }

    private static string? Type(JsonElement problem) => problem.TryGetProperty("type", out var type) ? type.GetString() : null;

    private Task<(HttpStatusCode Status, JsonElement Body)> ServiceAsync(Person person, string? confirm) => person.SendAsync(
        HttpMethod.Post, "/api/authorizations/service-account",
        new { vendor = "machine", serverUrl = Vendor.Server, clientId = "robot", clientSecret = "word-of-honour", confirm });
}
