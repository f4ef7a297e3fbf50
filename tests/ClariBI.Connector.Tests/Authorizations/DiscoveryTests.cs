using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace ClariBI.Connector.Tests.Authorizations;

public sealed class DiscoveryTests : IAsyncLifetime
{
    private const string ResourcePath = "/.well-known/oauth-protected-resource";
    private const string ServerPath = "/.well-known/oauth-authorization-server";
    private RuleHost host = null!;

    private RuleVendor Vendor => host.Vendor;

    public async ValueTask InitializeAsync() => host = await RuleHost.StartAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task The_metadata_that_the_challenge_names_comes_first()
    {
        Vendor.Challenge = $"Basic realm=\"a, b\", Bearer realm=\"x, resource_metadata=y\", scope=\"one two\", resource_metadata=\"{Vendor.Url}/told\"";
        Vendor.Publish("/told", Resource);
        Vendor.Publish($"{ResourcePath}/mcp", () => Resource("https://elsewhere.example/mcp"));

        var query = await host.QueryAsync(host.Connector.A());

        query["scope"].ShouldBe("one two");
        query["resource"].ShouldBe(Vendor.Server);
        Vendor.To($"{ResourcePath}/mcp").ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_a_word_in_the_challenge_the_path_comes_before_the_root()
    {
        Vendor.Publish(ResourcePath, () => Resource(Vendor.Url));
        (await host.QueryAsync(host.Connector.A()))["resource"].ShouldBe(Vendor.Server);

        Vendor.Withdraw($"{ResourcePath}/mcp");
        (await host.QueryAsync(host.Connector.A()))["resource"].ShouldBe(Vendor.Url);
    }

    [Fact]
    public async Task The_resource_is_sent_as_it_is_written_at_consent_and_at_the_exchange()
    {
        var written = $"{Vendor.Url}/";
        Vendor.Publish($"{ResourcePath}/mcp", () => Resource(written));

        (await host.AuthorizeAsync(host.Connector.A())).GetProperty("status").GetString().ShouldBe("authorized");

        Vendor.To("/authorize").Single().Values["resource"].ShouldBe(written);
        Vendor.To("/token").Single().Values["resource"].ShouldBe(written);
    }

    [Fact]
    public async Task A_vendor_that_refuses_the_resource_is_not_sent_one()
    {
        await host.AuthorizeAsync(host.Connector.A(), "silent");

        Vendor.To("/authorize").Single().Values.ShouldNotContainKey("resource");
        Vendor.To("/token").Single().Values.ShouldNotContainKey("resource");
    }

    [Theory]
    [InlineData("/tenant", "/.well-known/oauth-authorization-server/tenant")]
    [InlineData("/tenant", "/.well-known/openid-configuration/tenant")]
    [InlineData("/tenant", "/tenant/.well-known/openid-configuration")]
    [InlineData("", "/.well-known/openid-configuration")]
    public async Task The_authorization_server_is_found_at_each_of_its_places(string path, string place)
    {
        var issuer = $"{Vendor.Url}{path}";
        Vendor.Withdraw(ServerPath);
        Vendor.Publish($"{ResourcePath}/mcp", () => Resource(Vendor.Server, issuer));
        Vendor.Publish(place, () => Metadata(issuer));

        (await host.ProblemAsync(host.Connector.A())).ShouldBeNull();
    }

    [Theory]
    [InlineData("issuer", "{url}/")]
    [InlineData("issuer", "HTTP://localhost")]
    [InlineData("authorization_endpoint", "javascript:alert(1)")]
    [InlineData("authorization_endpoint", "http://elsewhere.example/authorize")]
    [InlineData("authorization_endpoint", "https://elsewhere.example./authorize")]
    [InlineData("token_endpoint", "http://elsewhere.example/token")]
    [InlineData("token_endpoint", "http://user@localhost/token")]
    [InlineData("registration_endpoint", "ftp://localhost/register")]
    [InlineData("code_challenge_methods_supported", null)]
    public async Task Metadata_that_cannot_be_trusted_is_not_used(string name, string? value)
    {
        Vendor.OnMetadata = metadata => metadata[name] = value?.Replace("{url}", Vendor.Url, StringComparison.Ordinal);

        (await host.ProblemAsync(host.Connector.A())).ShouldBe("vendor-discovery-failed");

        Vendor.Registrations.ShouldBe(0);
    }

    [Fact]
    public async Task Of_several_authorization_servers_the_first_that_works_is_taken()
    {
        Vendor.Publish($"{ResourcePath}/mcp", () => Resource(Vendor.Server, $"{Vendor.Url}/gone", "nonsense", Vendor.Url));

        (await host.ProblemAsync(host.Connector.A())).ShouldBeNull();
    }

    [Fact]
    public async Task The_server_is_its_own_authorization_server_only_where_the_catalogue_says_so()
    {
        Vendor.Withdraw($"{ResourcePath}/mcp");
        (await host.ProblemAsync(host.Connector.A())).ShouldBe("vendor-discovery-failed");
        (await host.ProblemAsync(host.Connector.A(), "legacy")).ShouldBeNull();

        Vendor.Withdraw(ServerPath);
        (await host.ProblemAsync(host.Connector.A())).ShouldBe("vendor-discovery-failed");
        var authorization = await host.AuthorizeAsync(host.Connector.A(), "legacy");
        authorization.GetProperty("status").GetString().ShouldBe("authorized", authorization.ToString());
        Vendor.To("/token")[^1].Values.ShouldNotContainKey("resource");
    }

    [Theory]
    [InlineData(ResourcePath + "/mcp")]
    [InlineData(ServerPath)]
    public async Task A_server_that_is_down_is_not_called_one_without_metadata(string path)
    {
        Vendor.Answers[$"GET {path}"] = context =>
        {
            context.Response.StatusCode = 503;
            return Task.CompletedTask;
        };

        (await host.ProblemAsync(host.Connector.A(), "legacy")).ShouldBe("vendor-unreachable");
    }

    [Fact]
    public async Task A_stream_without_an_end_is_not_read_as_metadata()
    {
        Vendor.Answers[$"GET {ResourcePath}/mcp"] = async context =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync(": hello\n\n");
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        };
        Vendor.Publish(ResourcePath, () => Resource(Vendor.Url));

        (await host.ProblemAsync(host.Connector.A())).ShouldBeNull();
    }

    [Fact]
    public async Task A_server_that_asks_nobody_to_sign_in_is_connected_at_once_and_sent_no_token()
    {
        (Vendor.Open, var person) = (true, host.Connector.A());
        Vendor.Withdraw($"{ResourcePath}/mcp");

        var (status, authorization) = await host.StartAsync(person);

        status.ShouldBe(HttpStatusCode.Created, authorization.ToString());
        authorization.GetProperty("status").GetString().ShouldBe("authorized");
        authorization.TryGetProperty("authorizeUrl", out _).ShouldBeFalse();
        var (_, source) = await person.FinishAsync(authorization);
        var (listed, tools) = await person.SendAsync(HttpMethod.Get, $"/api/data-sources/{source.GetProperty("id").GetString()}/tools");
        listed.ShouldBe(HttpStatusCode.OK, tools.ToString());
        Vendor.Requests.ShouldAllBe(request => request.Authorization == null);
    }

    [Fact]
    public async Task An_open_server_that_begins_to_ask_is_authorized_again()
    {
        (Vendor.Open, var person) = (true, host.Connector.A());
        Vendor.Withdraw($"{ResourcePath}/mcp");
        var (_, source) = await person.FinishAsync((await host.StartAsync(person)).Body);
        var id = source.GetProperty("id").GetGuid();

        Vendor.Open = false;
        Vendor.Publish($"{ResourcePath}/mcp", Resource);

        var (status, problem) = await person.SendAsync(HttpMethod.Post, $"/api/data-sources/{id}/calls", new { tool = "get_context", arguments = new { } });
        status.ShouldBe(HttpStatusCode.Conflict, problem.ToString());
        problem.GetProperty("type").GetString().ShouldBe("needs-reauthorization");
        (await host.AuthorizeAsync(person, dataSourceId: id)).GetProperty("status").GetString().ShouldBe("authorized");
    }

    [Theory]
    [InlineData("http://elsewhere.example/mcp", "server-url-invalid")]
    [InlineData("https://user:word@elsewhere.example/mcp", "server-url-invalid")]
    [InlineData("file:///etc/passwd", "server-url-invalid")]
    [InlineData("not an address", "server-url-invalid")]
    [InlineData("", "server-url-invalid")]
    [InlineData("https://169.254.169.254/mcp", "address-not-allowed")]
    public async Task An_address_has_to_be_a_public_one_with_tls(string address, string type) =>
        (await host.ProblemAsync(host.Connector.A(), serverUrl: address)).ShouldBe(type);

    [Fact]
    public async Task A_custom_server_is_an_owners_choice()
    {
        var (status, problem) = await host.StartAsync(host.Member(), "custom");
        status.ShouldBe(HttpStatusCode.Forbidden);
        problem.GetProperty("type").GetString().ShouldBe("owner-only");

        (await host.ProblemAsync(host.Connector.A(), "custom")).ShouldBeNull();
    }

    private JsonObject Resource() => Resource(Vendor.Server);

    private JsonObject Resource(string resource, params string[] issuers) => new()
    {
        ["resource"] = resource,
        ["authorization_servers"] = new JsonArray([.. (issuers.Length == 0 ? [Vendor.Url] : issuers).Select(issuer => JsonValue.Create(issuer))]),
    };

    private JsonObject Metadata(string issuer) => new()
    {
        ["issuer"] = issuer,
        ["authorization_endpoint"] = $"{Vendor.Url}/authorize",
        ["token_endpoint"] = $"{Vendor.Url}/token",
        ["registration_endpoint"] = $"{Vendor.Url}/register",
        ["code_challenge_methods_supported"] = new JsonArray("S256"),
        ["token_endpoint_auth_methods_supported"] = new JsonArray("none"),
    };
}
