using System.Net;
using System.Text.Json;
using ClariBI.Connector.Tests.Hosting;
using ClariBI.Connector.Vendors;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace ClariBI.Connector.Tests.Vendors;

public sealed class ListVendorsTests(ConnectorHost host) : IClassFixture<ConnectorHost>
{
    [Fact]
    public async Task The_catalogue_is_listed_with_what_a_person_needs_to_know_beforehand()
    {
        var vendors = await ListAsync();

        var amplitude = vendors["amplitude"];
        amplitude.GetProperty("serviceAccounts").GetBoolean().ShouldBeTrue();
        amplitude.GetProperty("needsClient").GetBoolean().ShouldBeFalse();
        amplitude.TryGetProperty("urlHint", out _).ShouldBeFalse();
        Regions(amplitude).ShouldBe(["us", "eu", "sandbox"]);
        vendors["hubspot"].GetProperty("needsClient").GetBoolean().ShouldBeTrue();
        vendors["hubspot"].GetProperty("adminStep").GetString().ShouldNotBeNullOrWhiteSpace();
        vendors["metabase"].GetProperty("urlHint").GetString().ShouldNotBeNullOrWhiteSpace();
        Regions(vendors["metabase"]).ShouldBeEmpty();
        vendors["custom"].GetProperty("ownerOnly").GetBoolean().ShouldBeTrue();
        vendors["linear"].GetProperty("ownerOnly").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task Each_region_of_the_sandbox_is_offered_while_it_answers()
    {
        using var clients = new Answering(port: 2);
        var catalogue = new VendorCatalogue(
            Options.Create(new ConnectorOptions { SandboxUrl = "http://localhost:1", SandboxEuUrl = "http://localhost:2" }),
            new SandboxProbe(clients, TimeProvider.System));

        var regions = await catalogue.RegionsAsync(catalogue.Find("amplitude")!, TestContext.Current.CancellationToken);
        var others = await catalogue.RegionsAsync(catalogue.Find("mixpanel")!, TestContext.Current.CancellationToken);

        var sandbox = regions.Single(region => region.Sandbox);
        sandbox.ShouldBe(new VendorRegion("sandbox-eu", "Sandbox EU (sample data)", new Uri("http://localhost:2/mcp"), Sandbox: true));
        VendorCatalogue.IsSandbox(sandbox.Id).ShouldBeTrue();
        VendorCatalogue.RegionName(null, sandbox.Id).ShouldBe(sandbox.Name);
        others.ShouldAllBe(region => !region.Sandbox);
    }

    [Fact]
    public void A_client_of_the_configuration_is_enough_for_its_vendor()
    {
        var catalogue = new VendorCatalogue(Options.Create(new ConnectorOptions()), null!);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Connector:Clients:0:Vendor"] = "hubspot" }).Build();

        ListVendors.NeedsClient(catalogue.Find("hubspot")!, configuration).ShouldBeFalse();
        ListVendors.NeedsClient(catalogue.Find("slack")!, configuration).ShouldBeTrue();
        ListVendors.NeedsClient(catalogue.Find("linear")!, configuration).ShouldBeFalse();
    }

    private async Task<Dictionary<string, JsonElement>> ListAsync()
    {
        var (status, body) = await host.A().SendAsync(HttpMethod.Get, "/api/vendors");
        status.ShouldBe(HttpStatusCode.OK);
        return body.EnumerateArray().ToDictionary(vendor => vendor.GetProperty("id").GetString()!);
    }

    private static IEnumerable<string?> Regions(JsonElement vendor) =>
        vendor.GetProperty("regions").EnumerateArray().Select(region => region.GetProperty("id").GetString());

    /// <summary>Answers at one port and refuses at every other.</summary>
    private sealed class Answering(int port) : HttpMessageHandler, IHttpClientFactory
    {
        public HttpClient CreateClient(string name) => new(this, disposeHandler: false);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            request.RequestUri!.Port == port && request.RequestUri.AbsolutePath == "/health"
                ? Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK))
                : Task.FromException<HttpResponseMessage>(new HttpRequestException("refused"));
    }
}
