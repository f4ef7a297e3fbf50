using System.Net;
using System.Net.Sockets;
using ClariBI.Connector.Tests.Hosting;
using Microsoft.AspNetCore.Http;

namespace ClariBI.Connection.Tests.Journeys;

/// <summary>Addresses that a vendor, not a person, sends us to.</summary>
public sealed class MetadataGuardTests : IAsyncLifetime
{
    private readonly ConnectorHost host = new();
    private readonly TcpListener inside = new(IPAddress.Loopback, 0);

    private string Inside => $"127.0.0.1:{((IPEndPoint)inside.LocalEndpoint).Port}";

    public async ValueTask InitializeAsync()
    {
        inside.Start();
        await host.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        inside.Dispose();
        await host.DisposeAsync();
    }

    [Theory]
    [InlineData("challenge")]
    [InlineData("issuer")]
    [InlineData("token_endpoint")]
    [InlineData("registration_endpoint")]
    [InlineData("redirect")]
    public async Task P14_Metadata_that_points_inside_our_network_is_not_followed(string place)
    {
        _ = new VendorTap(host.Vendor) { Answer = (context, request) => AnswerAsync(place, context, request) };
        var person = host.A();

        var (status, body) = await person.SendAsync(HttpMethod.Post, "/api/authorizations", new { vendor = "amplitude", region = "sandbox" });
        if (status == HttpStatusCode.Created)
        {
            await person.ReturnAsync(await Person.ConsentAsync(body));
            (await person.ReadAsync(body)).GetProperty("status").GetString().ShouldBe("failed");
        }
        else
        {
            status.ShouldBe(HttpStatusCode.BadGateway, body.ToString());
        }

        inside.Pending().ShouldBeFalse("nobody knocked");
        host.Vendor.AccessTokens.ShouldBeEmpty();
    }

    private async Task<bool> AnswerAsync(string place, HttpContext context, Tapped request)
    {
        var url = host.Vendor.Url;
        switch (request.Path)
        {
            case "/mcp" when place == "challenge":
                context.Response.StatusCode = 401;
                context.Response.Headers.WWWAuthenticate = $"Bearer resource_metadata=\"http://{Inside}/metadata\"";
                return true;
            case "/.well-known/oauth-protected-resource" when place == "issuer":
                await context.Response.WriteAsJsonAsync(new { resource = url, authorization_servers = new[] { $"https://{Inside}" } });
                return true;
            case "/.well-known/oauth-protected-resource" when place == "redirect":
                context.Response.Redirect($"http://{Inside}/metadata");
                return true;
            case "/.well-known/oauth-authorization-server" when place.EndsWith("endpoint", StringComparison.Ordinal):
                var metadata = new Dictionary<string, object>
                {
                    ["issuer"] = url,
                    ["authorization_endpoint"] = $"{url}/authorize",
                    ["token_endpoint"] = $"{url}/token",
                    ["registration_endpoint"] = $"{url}/register",
                    ["code_challenge_methods_supported"] = new[] { "S256" },
                };
                metadata[place] = $"https://{Inside}/x";
                await context.Response.WriteAsJsonAsync(metadata);
                return true;
            default:
                return false;
        }
    }
}
