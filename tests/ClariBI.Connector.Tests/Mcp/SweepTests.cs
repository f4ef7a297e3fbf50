using ClariBI.Connector.Mcp;
using ClariBI.Connector.Tests.Calls;
using ClariBI.Connector.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace ClariBI.Connector.Tests.Mcp;

public sealed class SweepTests : IAsyncLifetime
{
    private readonly ConnectorHost host = new();
    private readonly ConnectorHost other;

    public SweepTests() => other = new ConnectorHost { Beside = host };

    public async ValueTask InitializeAsync()
    {
        await host.InitializeAsync();
        await other.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await other.DisposeAsync();
        await host.DisposeAsync();
    }

    [Fact]
    public async Task What_a_replica_keeps_goes_also_when_another_one_deletes_the_data_source()
    {
        var bench = await CallBench.ConnectAsync(host);
        var beside = new CallBench(other, bench.Person, bench.Id);
        await beside.CompletedAsync();
        beside.Answers(CallBench.With(429, "Retry-After", "60"));
        await beside.FailedAsync();
        var kept = other.Services.GetServices<ISwept>().ToList();
        kept.Count.ShouldBe(4);
        kept.ShouldAllBe(cache => cache.Count == 1, $"{string.Join(", ", kept.Select(cache => $"{cache.GetType().Name} {cache.Count}"))}");
        (await bench.Person.SendAsync(HttpMethod.Post, $"/api/data-sources/{bench.Id}/disconnect")).Status.ShouldBe(System.Net.HttpStatusCode.OK);
        (await bench.Person.SendAsync(HttpMethod.Delete, $"/api/data-sources/{bench.Id}")).Status.ShouldBe(System.Net.HttpStatusCode.NoContent);
        await other.Services.GetRequiredService<McpSessions>().CloseIdleAsync();
        kept.ShouldAllBe(cache => cache.Count == 1, "not before their time");

        host.Clock.Forward(TimeSpan.FromDays(2));
        await other.Services.GetRequiredService<McpSessions>().CloseIdleAsync();

        kept.ShouldAllBe(cache => cache.Count == 0, $"{string.Join(", ", kept.Select(cache => $"{cache.GetType().Name} {cache.Count}"))}");
    }

    [Fact]
    public async Task What_is_in_use_stays()
    {
        var bench = await CallBench.ConnectAsync(host);
        var pins = host.Services.GetRequiredService<ClariBI.Connector.Tools.Pins.ToolPins>();
        for (var hour = 0; hour < 3; hour++)
        {
            await bench.CompletedAsync();
            host.Clock.Forward(TimeSpan.FromMinutes(40));
            await host.Services.GetRequiredService<McpSessions>().CloseIdleAsync();
        }

        pins.Count.ShouldBe(1);
    }
}
