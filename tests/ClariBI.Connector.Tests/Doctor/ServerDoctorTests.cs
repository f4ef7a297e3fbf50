using System.Net;
using System.Text.Json.Nodes;
using ClariBI.Connector.Tests.Hosting;

namespace ClariBI.Connector.Tests.Doctor;

/// <summary>Before there is a data source.</summary>
public sealed class ServerDoctorTests : IAsyncLifetime
{
    private static readonly string[] Steps = ["discover", "metadata", "register", "authorize", "exchange", "initialize", "list", "call"];
    private readonly ConnectorHost host = new();

    public ValueTask InitializeAsync() => host.InitializeAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Before_there_is_a_data_source_the_server_alone_is_examined()
    {
        var (status, report) = await host.A().SendAsync(HttpMethod.Post, "/api/doctor", new { vendor = "amplitude", region = "sandbox" });

        status.ShouldBe(HttpStatusCode.OK, report.ToString());
        report.GetProperty("healthy").GetBoolean().ShouldBeTrue(report.ToString());
        var statuses = report.GetProperty("steps").EnumerateArray().ToDictionary(
            step => step.GetProperty("step").GetString()!, step => step.GetProperty("status").GetString());
        statuses.ShouldBe(Steps.Select((step, at) => KeyValuePair.Create(step, (string?)(at < 3 ? "passed" : "skipped"))).ToDictionary(), ignoreOrder: true);
        host.Vendor.Registrations.ShouldBe(0);
    }

    [Theory]
    [InlineData("{}", "validation-failed")]
    [InlineData("{\"vendor\":\"nobody\"}", "vendor-not-found")]
    [InlineData("{\"vendor\":\"amplitude\",\"region\":\"mars\"}", "region-not-found")]
    [InlineData("{\"vendor\":\"amplitude\"}", "region-not-found")]
    [InlineData("{\"vendor\":\"amplitude\",\"serverUrl\":\"https://example.com\"}", "server-url-not-taken")]
    public async Task Bad_input_is_a_problem(string json, string type)
    {
        var (status, body) = await host.A().SendAsync(HttpMethod.Post, "/api/doctor", JsonNode.Parse(json));

        ((int)status).ShouldBeInRange(400, 404);
        body.GetProperty("type").GetString().ShouldBe(type);
    }

    [Fact]
    public async Task Only_owners_give_addresses() =>
        (await host.A(role: "member").SendAsync(HttpMethod.Post, "/api/doctor", new { vendor = "custom", serverUrl = "https://example.com/mcp" }))
            .Body.GetProperty("type").GetString().ShouldBe("owner-only");

    [Fact]
    public async Task An_http_address_that_the_operator_allows_is_examined_as_it_can_be_connected()
    {
        await using var inside = await TestVendor.StartAsync();
        await using var allowing = new ConnectorHost { Settings = { ["Outbound:AllowedOrigins:2"] = inside.Url } };
        await allowing.InitializeAsync();

        foreach (var (asked, expected) in new[] { (allowing, HttpStatusCode.OK), (host, HttpStatusCode.BadRequest) })
        {
            var (status, body) = await asked.A().SendAsync(HttpMethod.Post, "/api/doctor", new { vendor = "custom", serverUrl = $"{inside.Url}/mcp" });
            status.ShouldBe(expected, body.ToString());
        }
    }
}
