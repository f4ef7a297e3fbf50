using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.AnalysisPlanner.Engine.Tests;

public sealed class EmptyAnswerTests
{
    private static readonly AnalysisQuery PremiumRetention = Results.Base with
    {
        Kind = QueryKind.Retention,
        Retention = new RetentionSpec(SpecialEvents.NewUser, SpecialEvents.AnyActive, 14),
        Filters = [new PropertyFilter("plan", PropertyScope.User, FilterOperator.Is, ["premium"])],
    };

    private static readonly ResultTable Nobody = Results.Table(
        TableShape.Retention, [Results.Number("day"), Results.Percent("all"), Results.Number("all_users")], [0, Cell.Empty, Cell.Empty], [14, Cell.Empty, Cell.Empty]);

    [Fact]
    public void Retention_of_nobody_says_when_users_are_counted()
    {
        var answer = Results.Write(PremiumRetention, Nobody);

        answer.IsEmpty.ShouldBeTrue();
        answer.Text.ShouldStartWith("Nobody matched: users are counted by what they were at their first event, and in this period no user\u2019s plan is premium at that moment.");
        answer.Checks.ShouldAllBe(check => check.Passed);
    }

    [Fact]
    public async Task It_suggests_a_question_that_starts_later()
    {
        var suggested = Results.Write(PremiumRetention, Nobody).FollowUps[0];

        var query = await Ask.Query(A.Media, suggested);

        query.Retention.ShouldBe(new RetentionSpec(SpecialEvents.AnyActive, SpecialEvents.AnyActive, 14));
        query.Filters.ShouldHaveSingleItem().Values.ShouldBe(["premium"]);
    }

    [Fact]
    public async Task Every_suggestion_after_an_empty_answer_is_understood()
    {
        AnalysisQuery[] queries =
        [
            PremiumRetention,
            PremiumRetention with { Interval = Interval.Week, Retention = new RetentionSpec(SpecialEvents.NewUser, SpecialEvents.AnyActive, null) },
            PremiumRetention with { Filters = [], Segments = [new Segment("iOS", [new PropertyFilter("platform", PropertyScope.User, FilterOperator.Is, ["iOS"])])] },
            Results.Query(QueryKind.Trend, new Measure("Purchase", Aggregation.Totals)),
            Results.Query(QueryKind.Breakdown, new Measure(SpecialEvents.AnyActive, Aggregation.UniqueUsers)),
            Results.Base with { Kind = QueryKind.Funnel, Steps = [new FunnelStep("Sign Up"), new FunnelStep("Purchase")] },
        ];

        foreach (var suggested in queries.SelectMany(query => Results.Write(query, Results.Table(TableShape.Categories, [Results.Text("a"), Results.Number("b")])).FollowUps))
        {
            await Ask.Query(A.Media, suggested);
        }
    }

    [Fact]
    public void A_series_of_zeros_names_what_there_was_none_of()
    {
        var answer = Results.Write(Results.Query(QueryKind.Trend, new Measure("Purchase", Aggregation.Totals)), Results.Days(0, 0));

        answer.IsEmpty.ShouldBeTrue();
        answer.Text.ShouldBe("There were no Purchase events in this period. 1\u201331 Oct 2026, Europe/London.");
    }

    [Fact]
    public void A_group_that_nobody_belongs_to_is_named_and_not_left_out_silently()
    {
        var query = PremiumRetention with { Filters = [], GroupBy = [new GroupBy("plan", PropertyScope.User)] };
        var table = Results.Table(
            TableShape.Retention,
            [Results.Number("day"), Results.Percent("free"), Results.Number("free_users"), Results.Percent("premium"), Results.Number("premium_users")],
            [14, 0.2, 900, Cell.Empty, Cell.Empty]);

        Results.Write(query, table).Text.ShouldStartWith("Nobody could be counted in premium: users are counted by what they were when they started. free: 20\u00a0% of users come back on day 14.");
    }
}
