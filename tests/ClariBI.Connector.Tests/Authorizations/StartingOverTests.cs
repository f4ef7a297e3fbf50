using System.Net;

namespace ClariBI.Connector.Tests.Authorizations;

/// <summary>Starting over with a new registration, and what becomes of the one before.</summary>
public sealed class StartingOverTests : IAsyncLifetime
{
    private RuleHost host = null!;

    private RuleVendor Vendor => host.Vendor;

    public async ValueTask InitializeAsync() => host = await RuleHost.StartAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

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

    [Fact]
    public async Task What_there_is_stays_until_the_vendor_has_registered_anew()
    {
        var person = host.Connector.A();
        await host.QueryAsync(host.Connector.A());
        await host.StartAsync(person, startOver: true);
        var (_, open) = await host.StartAsync(person);
        host.Connector.Clock.Forward(TimeSpan.FromMinutes(6));
        var works = Vendor.Answers["POST /register"];
        Vendor.Answers["POST /register"] = context => RuleVendor.RefuseAsync(context, 503, "");

        (await host.StartAsync(person, startOver: true)).Status.ShouldBe(HttpStatusCode.BadGateway);

        (await host.QueryAsync(person))["client_id"].ShouldBe("client-2");
        await person.ReturnAsync(await Hosting.Person.ConsentAsync(open));
        (await person.ReadAsync(open)).GetProperty("status").GetString().ShouldBe("authorized", "its consent page was open all along");

        Vendor.Answers["POST /register"] = works;
        await host.StartAsync(person, startOver: true);
        (await host.QueryAsync(person))["client_id"].ShouldBe("client-3");
    }

    [Fact]
    public async Task A_client_that_an_owner_gave_stays_where_the_vendor_registers_none()
    {
        var person = host.Connector.A();
        await host.AuthorizeAsync(person, client: new { id = "given", secret = "theirs" });
        var (_, abandoned) = await host.StartAsync(person);
        await person.SendAsync(HttpMethod.Delete, $"/api/authorizations/{abandoned.GetProperty("id").GetString()}");
        Vendor.OnMetadata = metadata => metadata.Remove("registration_endpoint");

        (await host.StartAsync(person, startOver: true)).Body.GetProperty("type").GetString().ShouldBe("client-needed");
        (await host.QueryAsync(person))["client_id"].ShouldBe("given");

        Vendor.OnMetadata = _ => { };
        (await host.StartAsync(person, startOver: true)).Status.ShouldBe(HttpStatusCode.Created);
        (await host.QueryAsync(person))["client_id"].ShouldBe("client-1");
    }

    [Fact]
    public async Task Of_several_who_start_over_at_once_one_registers()
    {
        var person = host.Connector.A();
        await host.QueryAsync(host.Connector.A());
        await host.StartAsync(person, startOver: true);
        host.Connector.Clock.Forward(TimeSpan.FromMinutes(6));

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => host.StartAsync(person, startOver: true)));

        Vendor.Registrations.ShouldBe(3);
        (await host.QueryAsync(person))["client_id"].ShouldBe("client-3");
    }
}
