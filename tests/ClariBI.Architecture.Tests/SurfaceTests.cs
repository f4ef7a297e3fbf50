using System.Text.Json;
using System.Text.Json.Nodes;
using MassTransit;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace ClariBI.Architecture.Tests;

/// <summary>What the product shows to the outside: endpoints, queues and their documents.</summary>
public sealed class SurfaceTests(AllInOneHost host) : IClassFixture<AllInOneHost>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("gateway")]
    [InlineData("connector")]
    [InlineData("planner")]
    [InlineData("charts")]
    [InlineData("vault")]
    public async Task The_committed_OpenAPI_document_is_what_the_service_serves(string service)
    {
        using var client = host.CreateClient();
        var served = JsonNode.Parse(await client.GetStringAsync($"/openapi/{service}.json", Ct))!;
        var text = served.ToJsonString(new JsonSerializerOptions { WriteIndented = true }).ReplaceLineEndings("\n") + "\n";
        var path = Path.Combine(Repository.Root, "deploy", "openapi", $"{service}.json");
        if (Environment.GetEnvironmentVariable("UPDATE_OPENAPI") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, text, Ct);
        }

        (await File.ReadAllTextAsync(path, Ct)).ShouldBe(
            text, $"the API of {service} changed: run UPDATE_OPENAPI=1 tests/run.sh unit, then npm run types in web-ui, and commit both");
    }

    [Fact]
    public void Endpoint_names_are_unique_and_every_endpoint_needs_a_caller_unless_it_says_otherwise()
    {
        using var client = host.CreateClient();
        var endpoints = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText?.StartsWith("/api/", StringComparison.Ordinal) == true).ToArray();

        endpoints.Length.ShouldBeGreaterThan(30);
        endpoints.Select(endpoint => endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName).OfType<string>()
            .GroupBy(name => name).Where(group => group.Count() > 1).Select(group => group.Key).ShouldBeEmpty();
        endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<IAuthorizeData>() is null && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null)
            .Select(endpoint => endpoint.RoutePattern.RawText).ShouldBeEmpty();
        endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null).Select(endpoint => endpoint.RoutePattern.RawText!.TrimEnd('/')).Distinct()
            .ShouldBe(["/api/accounts", "/api/oauth/callback", "/api/session"], ignoreOrder: true);
    }

    [Fact]
    public void Queues_carry_their_service_in_the_name_and_none_is_shared()
    {
        using var client = host.CreateClient();
        var probe = JsonSerializer.SerializeToNode(host.Services.GetRequiredService<IBusControl>().GetProbeResult(Ct).Results);
        var queues = Names(probe).Where(name => !name.Contains("_bus_", StringComparison.Ordinal)).ToArray();

        queues.Length.ShouldBeGreaterThan(10);
        queues.Length.ShouldBe(queues.Distinct().Count());

        // The one public queue: other services send questions to it, and its name is their contract.
        queues.Where(name => name != "analysis-requests" && !Services.Any(service => name.StartsWith(service + "-", StringComparison.Ordinal))).ShouldBeEmpty();
    }

    private static readonly string[] Services = ["connector", "vault", "planner", "charts"];

    private static IEnumerable<string> Names(JsonNode? node) => node switch
    {
        JsonObject item => item.SelectMany(field => field.Key == "receiveEndpoint" ? Endpoints(field.Value) : Names(field.Value)),
        JsonArray items => items.SelectMany(Names),
        _ => [],
    };

    private static IEnumerable<string> Endpoints(JsonNode? node) => node switch
    {
        JsonArray items => items.SelectMany(Endpoints),
        JsonObject item when item["name"] is { } name => [name.GetValue<string>()],
        _ => [],
    };
}
