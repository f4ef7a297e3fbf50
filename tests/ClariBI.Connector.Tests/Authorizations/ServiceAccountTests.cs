using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClariBI.Connector.Data;
using ClariBI.Connector.Tests.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ClariBI.Connector.Tests.Authorizations;

public sealed class ServiceAccountTests : IAsyncLifetime
{
    private RuleHost host = null!;

    private RuleVendor Vendor => host.Vendor;

    public async ValueTask InitializeAsync() => host = await RuleHost.StartAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task It_is_connected_without_anybodys_consent()
    {
        var person = host.Connector.A();

        var (status, authorization) = await StartAsync(person, "machine");

        status.ShouldBe(HttpStatusCode.Created, authorization.ToString());
        authorization.GetProperty("status").GetString().ShouldBe("authorized");
        authorization.GetProperty("serviceAccount").GetBoolean().ShouldBeTrue();
        authorization.GetProperty("account").GetProperty("organization").GetString().ShouldBe("Acme");
        var sent = Vendor.To("/token").Single().Values;
        (sent["grant_type"], sent["client_id"], sent["client_secret"], sent["scope"], sent["resource"])
            .ShouldBe(("client_credentials", "robot", "word-of-honour", "read", Vendor.Server));
        Vendor.Registrations.ShouldBe(0);
        (await person.FinishAsync(authorization)).Status.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Where_the_server_wants_the_header_the_secret_is_there()
    {
        Vendor.OnMetadata = metadata => metadata["token_endpoint_auth_methods_supported"] = new JsonArray("client_secret_basic");

        await StartAsync(host.Connector.A(), "machine");

        var sent = Vendor.To("/token").Single();
        sent.Authorization.ShouldBe($"Basic {Convert.ToBase64String(Encoding.ASCII.GetBytes("robot:word-of-honour"))}");
        sent.Values.ShouldNotContainKey("client_secret");
    }

    [Theory]
    [InlineData(401, "invalid_client", HttpStatusCode.UnprocessableEntity, "service-account-refused")]
    [InlineData(400, "unauthorized_client", HttpStatusCode.UnprocessableEntity, "vendor-token-failed")]
    [InlineData(503, "", HttpStatusCode.BadGateway, "vendor-token-failed")]
    public async Task What_the_vendor_refuses_is_said_and_leaves_nothing(int answered, string error, HttpStatusCode expected, string type)
    {
        Vendor.Answers["POST /token"] = context => RuleVendor.RefuseAsync(context, answered, error);

        var (status, problem) = await StartAsync(host.Connector.A(), "machine");

        status.ShouldBe(expected);
        problem.GetProperty("type").GetString().ShouldBe(type);
        problem.GetProperty("step").GetString().ShouldBe("exchange");
        problem.ToString().ShouldNotContain("word-of-honour");
    }

    [Fact]
    public async Task A_session_that_does_not_open_is_said_with_its_step()
    {
        Vendor.NeededScope = "more";

        var (status, problem) = await StartAsync(host.Connector.A(), "machine");

        status.ShouldBe(HttpStatusCode.BadGateway);
        problem.GetProperty("step").GetString().ShouldBe("list_tools");
    }

    [Fact]
    public async Task A_fault_of_ours_gives_the_token_back_to_the_vendor()
    {
        Vendor.OnMetadata = metadata => metadata["revocation_endpoint"] = $"{Vendor.Url}/revoke";
        Vendor.Answers["POST /revoke"] = _ => Task.CompletedTask;
        using (var scope = host.Connector.Services.CreateScope())
        {
            await scope.ServiceProvider.GetRequiredService<ConnectorDbContext>().Database.ExecuteSqlRawAsync(
                "CREATE TRIGGER full BEFORE INSERT ON Authorizations WHEN NEW.Status <> 'Failed' BEGIN SELECT RAISE(ABORT, 'disk full'); END",
                TestContext.Current.CancellationToken);
        }

        var (status, _) = await StartAsync(host.Connector.A(), "machine");

        status.ShouldBe(HttpStatusCode.BadGateway);
        Vendor.To("/revoke").Single().Values["token"].ShouldStartWith("token-1");
    }

    [Fact]
    public async Task Where_the_catalogue_does_not_know_of_them_they_are_not_taken() =>
        (await StartAsync(host.Connector.A(), "plain")).Body.GetProperty("type").GetString().ShouldBe("service-accounts-not-offered");

    private Task<(HttpStatusCode Status, JsonElement Body)> StartAsync(Person person, string vendor) => person.SendAsync(
        HttpMethod.Post, "/api/authorizations/service-account",
        new { vendor, serverUrl = Vendor.Server, clientId = "robot", clientSecret = "word-of-honour" });
}
