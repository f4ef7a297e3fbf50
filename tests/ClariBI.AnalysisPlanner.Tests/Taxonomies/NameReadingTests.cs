using ClariBI.AnalysisPlanner.Taxonomies;
using ClariBI.AnalysisPlanner.Tests.Hosting;
using ClariBI.Contracts.Connector;
using Microsoft.Extensions.DependencyInjection;

namespace ClariBI.AnalysisPlanner.Tests.Taxonomies;

public sealed class NameReadingTests(PlannerHost host) : IClassFixture<PlannerHost>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ToolCallFailure.RateLimited, 4)]
    [InlineData(ToolCallFailure.VendorUnavailable, 4)]
    [InlineData(ToolCallFailure.RefusedByPolicy, 9)]
    public async Task Values_are_asked_for_until_the_vendor_asks_for_a_rest(ToolCallFailure failure, int calls)
    {
        var (client, workspace, _) = host.Workspace();
        var properties = string.Join(',', Enumerable.Range(1, 9).Select(number => $$"""{"name":"p{{number}}","propertyType":"user","type":"string"}"""));
        host.Connector.Answer = call => Task.FromResult<object?>(call.Tool switch
        {
            _ when call.WorkspaceId != workspace => null,
            "get_amp_taxonomy" when call.ArgumentsJson.Contains("\"user\"", StringComparison.Ordinal) => $$"""{"success":true,"properties":[{{properties}}]}""",
            "query_amplitude_data" => new ToolCallFailed(failure, "Not now.", null),
            _ => null,
        });

        (await client.GetAsync("/api/suggestions", Ct).JsonAsync())["questions"]!.AsArray().ShouldNotBeEmpty();

        host.Connector.CallsFor(workspace).Count(call => call.Tool == "query_amplitude_data").ShouldBe(calls);
    }

    [Fact]
    public async Task The_names_of_a_disconnected_source_are_let_go()
    {
        var (client, workspace, source) = host.Workspace();
        await client.GetAsync("/api/suggestions", Ct).JsonAsync();
        var cache = host.Services.GetRequiredService<TaxonomyCache>();
        var before = cache.Count;

        await host.Bus.Publish(new DataSourceDisconnected(source, workspace, "Ada", TimeProvider.System.GetUtcNow()), Ct);

        await Eventually.GetAsync(() => Task.FromResult(cache.Count), count => count == before - 1);
    }
}
