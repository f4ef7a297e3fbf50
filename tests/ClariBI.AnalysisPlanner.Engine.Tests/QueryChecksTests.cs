using ClariBI.AnalysisPlanner.Engines;
using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.AnalysisPlanner.Engine.Tests;

public sealed class QueryChecksTests
{
    [Fact]
    public void Names_that_exist_pass()
    {
        var query = new AnalysisQuery
        {
            Kind = QueryKind.Breakdown,
            Measures = [new Measure("Purchase", Aggregation.PropertySum, "revenue"), new Measure(SpecialEvents.AnyActive, Aggregation.UniqueUsers)],
            GroupBy = [new GroupBy("country", PropertyScope.User)],
            Filters = [new PropertyFilter("plan", PropertyScope.User, FilterOperator.Is, ["premium"])],
            Range = DateRange.LastDays(30),
        };

        QueryChecks.Check(query, A.Media).ShouldBeEmpty();
    }

    [Fact]
    public void Unknown_names_are_reported_with_the_closest_ones()
    {
        var query = new AnalysisQuery
        {
            Kind = QueryKind.Funnel,
            Steps = [new FunnelStep("Signup Completed"), new FunnelStep("Purchse")],
            GroupBy = [new GroupBy("platfrom", PropertyScope.User)],
            Segments = [new Segment("Premium", [new PropertyFilter("plan", PropertyScope.User, FilterOperator.Is, ["premum"])])],
            Range = DateRange.LastDays(30),
        };

        var unknown = QueryChecks.Check(query, A.Media);

        unknown.Select(name => (name.Kind, name.Name)).ShouldBe([("event", "Signup Completed"), ("event", "Purchse"), ("property", "platfrom"), ("value", "premum")]);
        unknown[0].Closest.ShouldContain("Sign Up");
        unknown[1].Closest[0].ShouldBe("Purchase");
        unknown[2].Closest[0].ShouldBe("platform");
        unknown[3].Closest[0].ShouldBe("premium");
    }

    [Fact]
    public async Task Whatever_the_engine_understands_passes()
    {
        foreach (var line in HoldOut.Lines)
        {
            var parts = line.Split(" | ");
            if (await Ask.Of(A.Named(parts[0]), parts[1]) is Understanding.Understood understood)
            {
                QueryChecks.Check(understood.Query, A.Named(parts[0])).ShouldBeEmpty(parts[1]);
            }
        }
    }
}
