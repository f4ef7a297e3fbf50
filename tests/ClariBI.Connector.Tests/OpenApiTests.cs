using System.Net.Http.Json;
using System.Text.Json;
using ClariBI.Connector.Tests.Hosting;

namespace ClariBI.Connector.Tests;

public sealed class OpenApiTests(ConnectorHost host) : IClassFixture<ConnectorHost>
{
    [Fact]
    public async Task The_document_describes_every_public_path()
    {
        using var client = host.ClientFor(null);

        var document = await client.GetFromJsonAsync<JsonElement>("/openapi/connector.json", TestContext.Current.CancellationToken);

        document.GetProperty("paths").EnumerateObject().Select(path => path.Name).ShouldBe(
            [
                "/api/vendors", "/oauth/client-metadata.json", "/api/authorizations", "/api/authorizations/service-account",
                "/api/authorizations/{id}", "/api/oauth/callback", "/api/data-sources",
                "/api/data-sources/{id}", "/api/data-sources/{id}/tools",
                "/api/data-sources/{id}/tools/{name}", "/api/data-sources/{id}/tools/{name}/approval", "/api/data-sources/{id}/tools/approvals",
                "/api/data-sources/{id}/data-classes", "/api/data-sources/{id}/read-only-proof",
                "/api/data-sources/{id}/calls", "/api/data-sources/{id}/disconnect",
                "/api/data-sources/{id}/credential-access", "/api/data-sources/{id}/projects", "/api/data-sources/{id}/timeline", "/api/data-sources/{id}/doctor", "/api/doctor",
            ],
            ignoreOrder: true);
        document.GetProperty("components").GetProperty("schemas").GetProperty("DataSourceResponse").GetProperty("properties")
            .TryGetProperty("writesSent", out _).ShouldBeTrue();
    }
}
