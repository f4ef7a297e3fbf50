using System.Net;
using System.Text.Json.Nodes;

namespace ClariBI.Connector.Tests.Authorizations;

public sealed class ScopeTests : IAsyncLifetime
{
    private RuleHost host = null!;

    private RuleVendor Vendor => host.Vendor;

    public async ValueTask InitializeAsync() => host = await RuleHost.StartAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Theory]
    [InlineData("plain", null, null, null, null)]
    [InlineData("plain", null, "a b", null, "a b")]
    [InlineData("plain", "c", "a b", null, "c")]
    [InlineData("plain", "c", "a b", "offline_access", "c offline_access")]
    [InlineData("plain", null, null, "offline_access", null)]
    [InlineData("plain", null, "mcp:basic mcp:read mcp:write admin", null, "mcp:basic mcp:read")]
    [InlineData("plain", null, "read:all contacts.readwrite openid", "offline_access", "read:all openid offline_access")]
    [InlineData("plain", null, "files.write repo", null, "files.write repo")]
    [InlineData("plain", "mcp:read mcp:write", "mcp:read", null, "mcp:read mcp:write")]
    [InlineData("custom", null, "mcp:read mcp:write", null, "mcp:read")]
    [InlineData("every", null, "mcp:basic mcp:read mcp:write", null, "mcp:basic mcp:read mcp:write")]
    [InlineData("scoped", "write", "read write", null, "read offline_access")]
    [InlineData("scoped", "write", "read write", "read", "read")]
    [InlineData("scoped", "write", "read write", "read offline_access", "read offline_access")]
    public async Task What_is_asked_for(string vendor, string? challenge, string? resource, string? server, string? asked)
    {
        Vendor.Challenge = challenge is null ? "Bearer" : $"Bearer scope=\"{challenge}\"";
        Vendor.Publish("/.well-known/oauth-protected-resource/mcp", () =>
        {
            var metadata = new JsonObject { ["resource"] = Vendor.Server, ["authorization_servers"] = new JsonArray(Vendor.Url) };
            Add(metadata, resource);
            return metadata;
        });
        Vendor.OnMetadata = metadata => Add(metadata, server);

        (await host.QueryAsync(host.Connector.A(), vendor)).GetValueOrDefault("scope").ShouldBe(asked);
    }

    [Fact]
    public async Task A_scope_that_the_vendor_calls_invalid_is_left_out_bit_by_bit()
    {
        var person = host.Connector.A();
        Vendor.ConsentError = "invalid_scope";
        (await host.QueryAsync(person, "scoped"))["scope"].ShouldBe("read offline_access");

        var failed = await host.AuthorizeAsync(person, "scoped");
        failed.GetProperty("failure").GetProperty("step").GetString().ShouldBe("consent");
        failed.GetProperty("failure").GetProperty("detail").GetString()!.ShouldContain("asks for less");
        (await host.QueryAsync(person, "scoped"))["scope"].ShouldBe("read");

        await host.AuthorizeAsync(person, "scoped");
        (await host.QueryAsync(person, "scoped")).ShouldNotContainKey("scope");

        // Another person has not learnt it, and neither has this one for another server.
        (await host.QueryAsync(host.Connector.A(), "scoped"))["scope"].ShouldBe("read offline_access");
    }

    [Fact]
    public async Task The_token_endpoint_can_call_a_scope_invalid_too()
    {
        var person = host.Connector.A();
        Vendor.Answers["POST /token"] = context => RuleVendor.RefuseAsync(context, 400, "invalid_scope");

        (await host.AuthorizeAsync(person, "scoped")).GetProperty("failure").GetProperty("step").GetString().ShouldBe("exchange");

        (await host.QueryAsync(person, "scoped"))["scope"].ShouldBe("read");
    }

    [Fact]
    public async Task What_the_first_session_was_refused_for_is_asked_for_next()
    {
        var person = host.Connector.A();
        (Vendor.Challenge, Vendor.NeededScope) = ("Bearer scope=\"basic\"", "basic more");

        var failed = await host.AuthorizeAsync(person);

        failed.GetProperty("failure").GetProperty("step").GetString().ShouldBe("list_tools", failed.ToString());
        failed.GetProperty("failure").GetProperty("detail").GetString()!.ShouldContain("basic more");
        (await host.QueryAsync(person))["scope"].ShouldBe("basic more");
        (await host.AuthorizeAsync(person)).GetProperty("status").GetString().ShouldBe("authorized");
    }

    [Fact]
    public async Task What_was_granted_twice_and_is_refused_all_the_same_is_not_asked_for_again()
    {
        var person = host.Connector.A();
        Vendor.Challenge = "Bearer scope=\"basic\"";
        Vendor.NeededScope = "never";
        Vendor.NeverGranted = "never";

        for (var attempt = 0; attempt < 3; attempt++)
        {
            (await host.AuthorizeAsync(person)).GetProperty("failure").GetProperty("step").GetString().ShouldBe("list_tools");
        }

        var (status, problem) = await host.StartAsync(person);
        status.ShouldBe(HttpStatusCode.BadGateway);
        problem.GetProperty("type").GetString().ShouldBe("scope-denied");
        Vendor.To("/authorize").Count.ShouldBe(3);

        host.Connector.Clock.Forward(TimeSpan.FromMinutes(61));
        (await host.ProblemAsync(person)).ShouldBeNull();
    }

    [Fact]
    public async Task What_lets_one_change_things_is_not_promised_where_the_catalogue_has_scopes()
    {
        var person = host.Connector.A();
        Vendor.NeededScope = "more data:all";

        var detail = (await host.AuthorizeAsync(person, "scoped")).GetProperty("failure").GetProperty("detail").GetString()!;

        detail.ShouldContain("data:all lets one change things");
        detail.ShouldNotContain("the next attempt asks for it");
        (await host.QueryAsync(person, "scoped"))["scope"].ShouldBe("read offline_access more");
    }

    [Fact]
    public async Task Connecting_again_asks_for_what_was_granted_as_well()
    {
        var person = host.Connector.A();
        Vendor.Challenge = "Bearer scope=\"basic\"";
        var (_, source) = await person.FinishAsync(await host.AuthorizeAsync(person));

        Vendor.Challenge = "Bearer scope=\"other\"";

        (await host.QueryAsync(person, dataSourceId: source.GetProperty("id").GetGuid()))["scope"].ShouldBe("other basic");
    }

    private static void Add(JsonObject metadata, string? scopes)
    {
        if (scopes is not null)
        {
            metadata["scopes_supported"] = new JsonArray([.. scopes.Split(' ').Select(scope => JsonValue.Create(scope))]);
        }
    }
}
