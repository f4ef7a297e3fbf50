using System.Net;
using System.Text;
using ClariBI.Connector.Grants;
using ClariBI.Connector.Tests.Hosting;

namespace ClariBI.Connector.Tests.Grants;

public sealed class CredentialAccessTests(ConnectorHost host) : IClassFixture<ConnectorHost>
{
    [Fact]
    public async Task Uses_of_the_credential_are_listed_newest_first_and_for_the_own_workspace_only()
    {
        var person = host.A();
        var path = $"/api/data-sources/{(await person.ConnectAsync()).GetProperty("id").GetGuid()}/credential-access";

        var (status, body) = await person.SendAsync(HttpMethod.Get, path);

        status.ShouldBe(HttpStatusCode.OK);
        var entries = body.EnumerateArray().ToArray();
        entries[^1].GetProperty("outcome").GetString().ShouldBe("stored");
        var leased = entries.First(entry => entry.GetProperty("outcome").GetString() == "leased");
        (leased.GetProperty("service").GetString(), leased.GetProperty("generation").GetInt32()).ShouldBe(("connector", 1));
        leased.GetProperty("leaseExpiresAt").GetDateTimeOffset().ShouldBeGreaterThan(leased.GetProperty("at").GetDateTimeOffset());

        (await person.SendAsync(HttpMethod.Get, $"{path}?limit=1")).Body.GetArrayLength().ShouldBe(1);
        (await person.SendAsync(HttpMethod.Get, $"{path}?limit=0")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await host.A().SendAsync(HttpMethod.Get, path)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public void A_lease_clears_its_token_and_the_bytes_it_was_made_of()
    {
        var bytes = Encoding.UTF8.GetBytes("access-token");
        var now = TimeProvider.System.GetUtcNow();
        var lease = new Lease(bytes, 1, now, null, null);

        bytes.ShouldAllBe(octet => octet == 0);
        lease.Authorization().Parameter.ShouldBe("access-token");
        lease.Dispose();
        Should.Throw<ObjectDisposedException>(() => lease.Authorization());
    }
}
