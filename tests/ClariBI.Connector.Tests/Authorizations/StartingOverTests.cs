using System.Net;

namespace ClariBI.Connector.Tests.Authorizations;

/// <summary>Whether a client still works, and when it is replaced.</summary>
public sealed class StartingOverTests : IAsyncLifetime
{
    private RuleHost host = null!;

    private RuleVendor Vendor => host.Vendor;

    public async ValueTask InitializeAsync() => host = await RuleHost.StartAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Theory]
    [InlineData(400, "invalid_grant", 1)]
    [InlineData(401, "invalid_client", 2)]
    [InlineData(400, "invalid_client", 2)]
    [InlineData(503, "invalid_client", 1)]
    public async Task After_an_attempt_that_never_came_back_the_client_is_tried_first(int status, string error, int registrations)
    {
        var person = host.Connector.A();
        await host.QueryAsync(person);
        host.Connector.Clock.Forward(TimeSpan.FromMinutes(11));
        Vendor.Answers["POST /token"] = context => RuleVendor.RefuseAsync(context, status, error);

        var (_, started) = await host.StartAsync(person);

        Vendor.Registrations.ShouldBe(registrations);
        started.GetProperty("suspect").GetBoolean().ShouldBe(registrations == 1);
        var probe = Vendor.To("/token").Single().Values;
        probe["grant_type"].ShouldBe("refresh_token");
        probe["client_id"].ShouldBe("client-1");
    }

    [Fact]
    public async Task A_client_that_was_given_a_token_is_above_suspicion()
    {
        var person = host.Connector.A();
        await host.QueryAsync(person);
        host.Connector.Clock.Forward(TimeSpan.FromMinutes(11));
        await host.AuthorizeAsync(person);
        Vendor.To("/token").Count.ShouldBe(2);

        var (_, started) = await host.StartAsync(person);

        started.GetProperty("suspect").GetBoolean().ShouldBeFalse();
        Vendor.To("/token").Count.ShouldBe(2);
    }

    [Fact]
    public async Task Cancelling_on_the_consent_page_makes_the_client_suspect()
    {
        var person = host.Connector.A();
        var (_, first) = await host.StartAsync(person);
        await person.SendAsync(HttpMethod.Delete, $"/api/authorizations/{first.GetProperty("id").GetString()}");

        (await host.StartAsync(person)).Body.GetProperty("suspect").GetBoolean().ShouldBeTrue();

        (await host.StartAsync(person, startOver: true)).Body.GetProperty("suspect").GetBoolean().ShouldBeFalse();
        Vendor.Registrations.ShouldBe(2);
    }

    [Fact]
    public async Task Starting_over_again_and_again_registers_once_and_for_the_own_workspace_alone()
    {
        var (person, stranger) = (host.Connector.A(), host.Connector.A());
        (await host.QueryAsync(stranger))["client_id"].ShouldBe("client-1");

        for (var attempt = 0; attempt < 10; attempt++)
        {
            (await host.StartAsync(person, startOver: true)).Status.ShouldBe(HttpStatusCode.Created);
        }

        Vendor.Registrations.ShouldBe(2);
        (await host.QueryAsync(person))["client_id"].ShouldBe("client-2");
        (await host.QueryAsync(stranger))["client_id"].ShouldBe("client-1");
        host.Connector.Clock.Forward(TimeSpan.FromMinutes(6));
        await host.StartAsync(person, startOver: true);
        Vendor.Registrations.ShouldBe(3);
    }

    [Fact]
    public async Task Starting_over_replaces_the_shared_client_only_when_the_vendor_says_that_it_is_gone()
    {
        await host.QueryAsync(host.Connector.A());
        Vendor.Answers["POST /token"] = context => RuleVendor.RefuseAsync(context, 401, "invalid_client");

        await host.StartAsync(host.Connector.A(), startOver: true);

        (await host.QueryAsync(host.Connector.A()))["client_id"].ShouldBe("client-2");
        Vendor.Registrations.ShouldBe(2);
    }

    [Fact]
    public async Task Starting_over_leaves_a_client_that_an_owner_gave_and_that_works()
    {
        var person = host.Connector.A();
        await host.AuthorizeAsync(person, client: new { id = "given", secret = "theirs" });
        var colleague = host.Connector.A(workspace: person.Caller.WorkspaceId);

        await host.StartAsync(colleague, startOver: true);

        (await host.QueryAsync(person))["client_id"].ShouldBe("given");
        Vendor.Registrations.ShouldBe(0);
    }
}
