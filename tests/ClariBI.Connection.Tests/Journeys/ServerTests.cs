using System.Net;
using System.Text.Json.Nodes;
using ClariBI.Connector.Tests.Authorizations;
using ClariBI.Testing;
using Microsoft.AspNetCore.Http;

namespace ClariBI.Connection.Tests.Journeys;

/// <summary>Authorization servers and MCP servers of every kind, each document as the test wants it.</summary>
public sealed class ServerTests : IAsyncLifetime
{
    private const string Document = "https://claribi.example/oauth/client-metadata.json";
    private RuleHost host = null!;

    private RuleVendor Vendor => host.Vendor;

    public async ValueTask InitializeAsync() => host = await RuleHost.StartAsync(("Connector:ClientMetadataUrl", Document));

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task P07_With_a_metadata_document_no_empty_secret_is_sent_whatever_the_server_lists()
    {
        Vendor.OnMetadata = metadata =>
        {
            metadata["client_id_metadata_document_supported"] = true;
            metadata["token_endpoint_auth_methods_supported"] = new JsonArray("client_secret_basic", "none");
        };

        (await host.AuthorizeAsync(host.Connector.A())).GetProperty("status").GetString().ShouldBe("authorized");

        var exchange = Vendor.To("/token").Single();
        (exchange.Authorization, exchange.Values["client_id"]).ShouldBe((null, Document));
        exchange.Values.ShouldNotContainKey("client_secret");
        Vendor.To("/register").ShouldBeEmpty();
    }

    [Fact]
    public async Task P08_The_query_of_the_authorization_endpoint_stays()
    {
        Vendor.OnMetadata = metadata => metadata["authorization_endpoint"] = $"{Vendor.Url}/authorize?tenant=acme&x=a%20b";

        var query = await host.QueryAsync(host.Connector.A());

        (query["tenant"], query["x"], query["response_type"]).ShouldBe(("acme", "a b", "code"));
    }

    [Theory]
    [InlineData("client_secret_basic", "client_secret_basic")]
    [InlineData("client_secret_post client_secret_basic", "client_secret_post")]
    [InlineData("none", "none")]
    public async Task P10_The_registration_asks_for_a_method_that_the_server_lists(string listed, string asked)
    {
        Vendor.OnMetadata = metadata =>
            metadata["token_endpoint_auth_methods_supported"] = new JsonArray([.. listed.Split(' ').Select(method => JsonValue.Create(method))]);

        await host.QueryAsync(host.Connector.A());

        var sent = Vendor.To("/register").Single().Json!;
        ((string?)sent["token_endpoint_auth_method"]).ShouldBe(asked);
        sent["grant_types"]!.AsArray().Select(type => (string?)type).ShouldContain("refresh_token");
    }

    [Theory]
    [InlineData(200, "{}")]
    [InlineData(200, """{"jsonrpc":"2.0","id":{id},"result":{}}""")]
    [InlineData(202, "")]
    [InlineData(400, "")]
    [InlineData(404, "")]
    [InlineData(405, "")]
    [InlineData(406, "")]
    [InlineData(422, "")]
    [InlineData(500, "oops")]
    public async Task P20_An_older_server_is_spoken_to_however_it_answers_the_newest_question(int status, string body)
    {
        Vendor.DiscoverAnswer = (status, body);

        var authorized = await host.AuthorizeAsync(host.Connector.A());

        authorized.GetProperty("status").GetString().ShouldBe("authorized", authorized.ToString());
        Vendor.To("/mcp").ShouldContain(request => request.Json != null && (string?)request.Json["method"] == "initialize");
    }

    [Fact]
    public async Task R03_An_attempt_that_never_came_back_is_suspect_and_starting_over_registers_once()
    {
        var person = host.Connector.A();
        await host.QueryAsync(person);
        host.Connector.Clock.Forward(TimeSpan.FromMinutes(11));

        var (_, suspect) = await host.StartAsync(person);
        suspect.GetProperty("suspect").GetBoolean().ShouldBeTrue();
        Vendor.Registrations.ShouldBe(1);

        var (_, fresh) = await host.StartAsync(person, startOver: true);
        fresh.GetProperty("suspect").GetBoolean().ShouldBeFalse();
        Vendor.Registrations.ShouldBe(2);
        new Uri(fresh.GetProperty("authorizeUrl").GetString()!).Query.ShouldContain("client_id=client-2");
    }

    [Theory]
    [InlineData("")]
    [InlineData("/mcp")]
    [InlineData("/")]
    public async Task R11_The_resource_is_sent_as_the_metadata_writes_it(string path)
    {
        var resource = Vendor.Url + path;
        Vendor.Publish("/.well-known/oauth-protected-resource/mcp", () => new JsonObject { ["resource"] = resource, ["authorization_servers"] = new JsonArray(Vendor.Url) });

        (await host.AuthorizeAsync(host.Connector.A())).GetProperty("status").GetString().ShouldBe("authorized");

        Vendor.To("/authorize").Single().Values["resource"].ShouldBe(resource);
        Vendor.To("/token").Single().Values["resource"].ShouldBe(resource);
    }

    [Theory]
    [InlineData("""{"client_id":"c","token_endpoint_auth_method":"client_secret_basic"}""")]
    [InlineData("""{"client_id":"c","token_endpoint_auth_method":"tls_client_auth"}""")]
    public async Task R23_One_redirect_address_everywhere_and_a_method_that_cannot_be_used_fails_before_consent(string registered)
    {
        var person = host.Connector.A();
        await host.AuthorizeAsync(person);
        var redirect = (string?)Vendor.To("/register").Single().Json!["redirect_uris"]![0];
        Vendor.To("/authorize").Single().Values["redirect_uri"].ShouldBe(redirect);
        Vendor.To("/token").Single().Values["redirect_uri"].ShouldBe(redirect);

        Vendor.Answers["POST /register"] = context => context.Response.WriteAsync(registered);
        (await host.StartAsync(person, startOver: true)).Body.GetProperty("type").GetString().ShouldBe("vendor-registration-failed");
        Vendor.To("/authorize").Count.ShouldBe(1);
    }

    [Fact]
    public async Task R24_A_challenge_is_read_to_its_end_also_behind_commas_in_quotes()
    {
        Vendor.Withdraw("/.well-known/oauth-protected-resource/mcp");
        Vendor.Publish("/elsewhere", () => new JsonObject { ["resource"] = Vendor.Server, ["authorization_servers"] = new JsonArray(Vendor.Url) });
        Vendor.Challenge = $"""Basic realm="x", Bearer realm="OAuth, of \"Test\", inc.", error="invalid_request", error_description="Missing, header", resource_metadata="{Vendor.Url}/elsewhere", scope="basic" """;

        var query = await host.QueryAsync(host.Connector.A());

        query["scope"].ShouldBe("basic");
        Vendor.To("/elsewhere").ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Authorization_server_migration_leaves_live_grants_at_the_first_and_registers_with_the_second()
    {
        await using var second = await RuleVendor.StartAsync();
        var issued = 0;
        Vendor.Answers["POST /token"] = context => context.Response.WriteAsJsonAsync(
            new { access_token = $"token-first-{++issued}", refresh_token = $"refresh-{issued}", token_type = "Bearer", expires_in = 3600 });
        var person = host.Connector.A();
        var (_, source) = await person.FinishAsync(await host.AuthorizeAsync(person));
        var id = source.GetProperty("id").GetGuid();
        Vendor.Publish("/.well-known/oauth-protected-resource/mcp", () => new JsonObject { ["resource"] = Vendor.Server, ["authorization_servers"] = new JsonArray(second.Url) });
        host.Connector.Clock.Forward(TimeSpan.FromMinutes(61));

        var (status, body) = await person.SendAsync(HttpMethod.Post, $"/api/data-sources/{id}/calls", new { tool = "get_context", arguments = new { } });

        status.ShouldBe(HttpStatusCode.OK, body.ToString());
        var renewal = Vendor.To("/token")[^1].Values;
        (renewal["grant_type"], renewal["refresh_token"], renewal["client_id"]).ShouldBe(("refresh_token", "refresh-1", "client-1"));
        second.Requests.ShouldBeEmpty("the grant of the first is nothing to the second");

        // The next consent is the second's, with a client of its own.
        (await person.FinishAsync(await host.AuthorizeAsync(person, dataSourceId: id))).Status.ShouldBe(HttpStatusCode.OK);
        second.Registrations.ShouldBe(1);
        second.To("/token").Single().Values.ShouldNotContainKey("refresh_token");
        Vendor.Registrations.ShouldBe(1);
    }

    [Fact]
    public async Task Revocation_endpoint_absent_is_said_and_the_credential_is_gone_all_the_same()
    {
        var person = host.Connector.A();
        var (_, source) = await person.FinishAsync(await host.AuthorizeAsync(person));

        var (status, body) = await person.SendAsync(HttpMethod.Post, $"/api/data-sources/{source.GetProperty("id").GetString()}/disconnect");

        (status, body.GetProperty("state").GetString()).ShouldBe((HttpStatusCode.OK, "disconnected"));
        body.GetProperty("disconnectNote").GetString().ShouldNotBeNullOrWhiteSpace();
        body.TryGetProperty("grant", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Revocation_endpoint_503_is_said_and_asked_again_until_the_vendor_confirms()
    {
        var revoked = 0;
        var status = 503;
        Vendor.OnMetadata = metadata => metadata["revocation_endpoint"] = $"{Vendor.Url}/revoke";
        Vendor.Answers["POST /revoke"] = context =>
        {
            revoked += status == 200 ? 1 : 0;
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        };
        var person = host.Connector.A();
        var (_, source) = await person.FinishAsync(await host.AuthorizeAsync(person));

        var (_, body) = await person.SendAsync(HttpMethod.Post, $"/api/data-sources/{source.GetProperty("id").GetString()}/disconnect");

        body.GetProperty("state").GetString().ShouldBe("disconnected");
        body.GetProperty("disconnectNote").GetString()!.ShouldContain("did not confirm");
        status = 200;
        host.Connector.Clock.Forward(TimeSpan.FromMinutes(2));
        await Eventually.GetAsync(() => Task.FromResult(revoked), count => count == 1, TimeSpan.FromSeconds(30), "the second try");
    }
}
