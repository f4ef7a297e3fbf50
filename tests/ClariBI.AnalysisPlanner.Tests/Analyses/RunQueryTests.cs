using ClariBI.AnalysisPlanner.Tests.Hosting;
using ClariBI.Contracts.AnalysisPlanner;
using ClariBI.Contracts.Connector;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace ClariBI.AnalysisPlanner.Tests.Analyses;

public sealed class RunQueryTests(PlannerHost host) : IClassFixture<PlannerHost>
{
    private static readonly AnalysisQuery Query = new()
    {
        Kind = QueryKind.Breakdown,
        Measures = [new Measure(SpecialEvents.AnyActive, Aggregation.UniqueUsers)],
        GroupBy = [new GroupBy("platform", PropertyScope.User)],
        Range = DateRange.LastDays(30),
    };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_tiles_query_is_run_without_an_engine()
    {
        var (_, workspace, dataSource) = host.Workspace();

        var completed = (await RunAsync(workspace, dataSource, Query)).ShouldBeOfType<QueryCompleted>();

        completed.Table.Rows.ShouldBe([["iOS", 500d], ["Android", 300d]]);
        completed.Tool.ShouldBe("query_amplitude_data");
        (completed.RangeEnd.DayNumber - completed.RangeStart.DayNumber).ShouldBe(29);
        completed.VendorTime.ShouldBe(TimeSpan.FromMilliseconds(40));
    }

    [Fact]
    public async Task An_event_that_is_gone_is_reported_and_nothing_is_asked()
    {
        var (_, workspace, dataSource) = host.Workspace();

        var failed = (await RunAsync(workspace, dataSource, Query with { Measures = [new Measure("Purchas", Aggregation.Totals)] })).ShouldBeOfType<QueryFailed>();

        failed.ProblemType.ShouldBe("event-not-found");
        failed.Message.ShouldContain("Purchase");
        host.Connector.CallsFor(workspace).ShouldNotContain(call => call.Tool == "query_amplitude_data");
    }

    [Fact]
    public async Task A_disconnected_data_source_is_said()
    {
        var workspace = Guid.CreateVersion7();
        var source = host.Connector.Connect(workspace, DataSourceState.Disconnected);

        (await RunAsync(workspace, source.Id, Query)).ShouldBeOfType<QueryFailed>().ProblemType.ShouldBe("data-source-disconnected");
    }

    private async Task<object> RunAsync(Guid workspace, Guid dataSource, AnalysisQuery query)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var client = scope.ServiceProvider.GetRequiredService<IRequestClient<RunQuery>>();
        return (await client.GetResponse<QueryCompleted, QueryFailed>(new RunQuery(workspace, dataSource, query, "charts"), Ct)).Message;
    }
}
