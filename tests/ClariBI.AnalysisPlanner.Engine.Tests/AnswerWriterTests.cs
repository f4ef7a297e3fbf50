using ClariBI.AnalysisPlanner.Answers;
using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.AnalysisPlanner.Engine.Tests;

public sealed class AnswerWriterTests
{
    private static readonly Measure Purchases = new("Purchase", Aggregation.Totals);

    private static readonly AnalysisQuery WeekSeven = Results.Base with
    {
        Kind = QueryKind.Retention,
        Retention = new RetentionSpec(SpecialEvents.NewUser, SpecialEvents.AnyActive, 7),
        GroupBy = [new GroupBy("channel", PropertyScope.User)],
    };

    [Fact]
    public void A_single_value_is_said_with_its_unit_and_period()
    {
        var answer = Results.Write(Results.Query(QueryKind.SingleValue, new Measure("Sign Up", Aggregation.UniqueUsers)), Results.Table(TableShape.SingleValue, [Results.Number("value")], [12_345]));

        answer.Text.ShouldBe("12,300 users did Sign Up. 1\u201331 Oct 2026, Europe/London.");
        answer.Facts[0].ShouldSatisfyAllConditions(fact => fact.Value.ShouldBe(12_345), fact => fact.Cells.ShouldBe([new FactCell(0, "value")]));
        answer.Checks.ShouldAllBe(check => check.Passed);
    }

    [Fact]
    public void A_comparison_of_periods_states_size_and_direction()
    {
        var query = Results.Query(QueryKind.SingleValue, Purchases) with { CompareTo = DateRange.Between(new DateOnly(2026, 9, 1), new DateOnly(2026, 9, 30)) };

        var answer = Results.Write(query, Results.Table(TableShape.SingleValue, [Results.Number("value"), Results.Number("previous")], [900, 1200]));

        answer.Text.ShouldBe("Purchase happened 900 times, 25\u00a0% less than in the period before (1,200). 1\u201331 Oct 2026 compared with 1\u201330 Sep 2026, Europe/London.");
        answer.Checks.ShouldAllBe(check => check.Passed);
    }

    [Theory]
    [InlineData(13.9, "$13.90")]
    [InlineData(999.994, "$999.99")]
    [InlineData(999.996, "$1,000")]
    [InlineData(12_345.67, "$12,300")]
    [InlineData(0.0042, "$0.0042")]
    [InlineData(0, "$0")]
    public void Money_is_said_to_the_cent_below_a_thousand(double value, string text) => Figures.Money(value, "USD").ShouldBe(text);

    [Fact]
    public void Shares_differ_in_points()
    {
        var query = Results.Query(QueryKind.SingleValue, new Measure("Purchase", Aggregation.ActivePercent)) with { CompareTo = DateRange.Between(new DateOnly(2026, 9, 1), new DateOnly(2026, 9, 30)) };

        var answer = Results.Write(query, Results.Table(TableShape.SingleValue, [Results.Percent("value"), Results.Percent("previous")], [0.342, 0.279]));

        answer.Text.ShouldStartWith("34.2\u00a0% of active users did Purchase, 6.3 points more than in the period before (27.9\u00a0%).");
    }

    [Fact]
    public void Groups_are_ranked_and_the_first_one_has_its_share()
    {
        var query = Results.Query(QueryKind.Breakdown, Purchases) with { GroupBy = [new GroupBy("country", PropertyScope.User)] };

        var answer = Results.Write(query, Results.Table(TableShape.Categories, [Results.Text("country"), Results.Number("events")], ["Germany", 600], ["France", 300], ["Brazil", 100]));

        answer.Text.ShouldStartWith("Germany is the highest of 3 with 600 (Purchase events), then France with 300, 50\u00a0% less. The lowest shown is Brazil with 100. Germany makes up 60\u00a0% of the total of 1,000.");
        answer.Checks.ShouldAllBe(check => check.Passed);
    }

    [Fact]
    public void Unique_users_of_groups_are_never_added_up()
    {
        var query = Results.Query(QueryKind.Breakdown, new Measure(SpecialEvents.AnyActive, Aggregation.UniqueUsers)) with { GroupBy = [new GroupBy("platform", PropertyScope.User)] };

        var answer = Results.Write(query, Results.Table(TableShape.Categories, [Results.Text("platform"), Results.Number("users")], ["iOS", 600], ["Web", 300]));

        answer.Facts.ShouldNotContain(fact => fact.Value == 900);
    }

    [Fact]
    public void Groups_that_were_cut_are_named()
    {
        var query = Results.Query(QueryKind.Breakdown, Purchases) with { GroupBy = [new GroupBy("country", PropertyScope.User)], Limit = 2 };
        var table = Results.Table(TableShape.Categories, [Results.Text("country"), Results.Number("events")], ["Germany", 600], ["France", 300]) with { TotalRows = 12 };

        var answer = Results.Write(query, table);

        answer.Caveats.ShouldContain("Shown are 2 of 12 groups.");
        answer.Facts.ShouldNotContain(fact => fact.Name == "total");
    }

    [Fact]
    public void A_course_of_totals_has_a_sum_an_average_a_peak_and_a_change()
    {
        var answer = Results.Write(Results.Query(QueryKind.Trend, Purchases), Results.Days(100, 140, 120));

        answer.Text.ShouldStartWith(
            "Purchase events: 360 in the whole period, 120 per complete day on average. It went from 100 (1 Oct 2026) to 120 (3 Oct 2026), 20\u00a0% more. The highest day was 2 Oct 2026 with 140.");
        answer.Checks.ShouldAllBe(check => check.Passed);
    }

    [Fact]
    public void A_course_of_unique_users_has_no_sum_and_leaves_out_the_day_that_is_not_over()
    {
        var query = Results.Query(QueryKind.Trend, new Measure(SpecialEvents.AnyActive, Aggregation.UniqueUsers));

        var answer = Results.Write(query, Results.Days(100, 140, 20) with { IncompleteRows = [2] });

        answer.Text.ShouldStartWith("Active users: 120 per complete day on average. It went from 100 (1 Oct 2026) to 140 (2 Oct 2026), 40\u00a0% more.");
        answer.Facts.ShouldNotContain(fact => fact.Value == 260 || fact.Value == 20);
        answer.Caveats.ShouldContain("The last day is not complete, so its figure is not final.");
    }

    [Fact]
    public void The_best_segment_of_retention_leads_with_the_gap_in_points()
    {
        var answer = Results.Write(WeekSeven, Results.Retention(("organic", 0.279, 900), ("referral", 0.342, 400), ("email", 0.2, 300)));

        answer.Text.ShouldStartWith(
            "referral keeps 34.2\u00a0% of its users on day 7, the highest of 3 segments; organic follows with 27.9\u00a0% (6.3 points less). The lowest is email with 20\u00a0% (14.2 points less).");
        answer.Checks.ShouldAllBe(check => check.Passed);
    }

    [Fact]
    public void A_segment_of_a_few_users_does_not_win()
    {
        var answer = Results.Write(WeekSeven, Results.Retention(("organic", 0.279, 900), ("referral", 0.342, 400), ("email", 0.9, 11)));

        answer.Text.ShouldStartWith("referral keeps");
        answer.Caveats.ShouldContain(caveat => caveat.Contains("email") && caveat.StartsWith("Fewer than 30 users"));
    }

    [Fact]
    public void Users_whose_day_is_not_over_are_named()
    {
        var table = Results.Retention(("organic", 0.279, 900), ("referral", 0.342, 400));

        var answer = AnswerWriter.Write(WeekSeven, table, Results.Start, A.Today, "Europe/London", A.Today);

        answer.Caveats.ShouldContain("Users who started after 14 Nov 2026 are not counted: their day is not over yet.");
    }

    [Fact]
    public void A_funnel_says_how_many_finish_and_where_most_are_lost()
    {
        var query = Results.Base with { Kind = QueryKind.Funnel, Steps = [new FunnelStep("Sign Up"), new FunnelStep("Create Profile"), new FunnelStep("Purchase")] };
        var table = Results.Table(
            TableShape.Funnel, [Results.Text("step"), Results.Number("users"), Results.Percent("share")], ["Sign Up", 2000, 1], ["Create Profile", 1500, 0.75], ["Purchase", 450, 0.225]);

        var answer = Results.Write(query, table);

        answer.Text.ShouldStartWith(
            "22.5\u00a0% of the users who did Sign Up went on to Purchase: 450 of 2,000. The largest loss is between Create Profile and Purchase, where 70\u00a0% drop out.");
        answer.Checks.ShouldAllBe(check => check.Passed);
    }

    [Fact]
    public void A_funnel_by_segment_ranks_the_last_step()
    {
        var query = Results.Base with { Kind = QueryKind.Funnel, Steps = [new FunnelStep("Search"), new FunnelStep("Purchase")], GroupBy = [new GroupBy("platform", PropertyScope.User)] };
        var table = Results.Table(
            TableShape.Funnel,
            [
                Results.Text("step"), Results.Number("ios_users", "iOS: users"), Results.Percent("ios_share", "iOS: share of first step"),
                Results.Number("web_users", "Web: users"), Results.Percent("web_share", "Web: share of first step"),
            ],
            ["Search", 1000, 1, 500, 1], ["Purchase", 200, 0.2, 50, 0.1]);

        var answer = Results.Write(query, table);

        answer.Text.ShouldStartWith("iOS converts best from Search to Purchase: 20\u00a0%, the highest of 2; Web is the lowest with 10\u00a0% (10 points less).");
        answer.Checks.ShouldAllBe(check => check.Passed);
    }

    [Fact]
    public void A_list_is_counted()
    {
        var query = Results.Base with { Kind = QueryKind.List, ObjectId = "events", ObjectName = "events" };

        var answer = Results.Write(query, Results.Table(TableShape.Table, [Results.Text("event"), Results.Number("volume")], ["Open App", 410_000], ["Sign Up", 6_200]));

        answer.Text.ShouldBe("This project has 2 events: Open App, Sign Up. Open App is the largest with 410,000 (volume).");
    }

    [Fact]
    public void A_cohort_has_a_size()
    {
        var query = Results.Base with { Kind = QueryKind.Cohort, ObjectId = "c1", ObjectName = "Power users" };

        Results.Write(query, Results.Table(TableShape.SingleValue, [Results.Number("value", "Users")], [1_200])).Text.ShouldBe("The cohort Power users has 1,200 users.");
    }

    [Theory]
    [InlineData(TableShape.TimeSeries)]
    [InlineData(TableShape.Categories)]
    [InlineData(TableShape.Funnel)]
    [InlineData(TableShape.Retention)]
    [InlineData(TableShape.SingleValue)]
    public void An_empty_result_is_said_to_be_empty(TableShape shape)
    {
        var answer = Results.Write(Results.Query(QueryKind.Trend, Purchases), Results.Table(shape, [Results.Text("label"), Results.Number("value")]));

        answer.Text.ShouldStartWith("There were no Purchase events in this period.");
        answer.Facts.ShouldBeEmpty();
    }

    [Fact]
    public void Zero_is_an_answer_to_how_many()
    {
        var answer = Results.Write(Results.Query(QueryKind.SingleValue, Purchases), Results.Table(TableShape.SingleValue, [Results.Number("value")], [0]));

        answer.Text.ShouldStartWith("Purchase happened 0 times.");
    }

    [Fact]
    public void Filters_are_part_of_the_answer()
    {
        var query = Results.Query(QueryKind.SingleValue, Purchases) with { Filters = [new PropertyFilter("platform", PropertyScope.User, FilterOperator.IsNot, ["Web"])] };

        Results.Write(query, Results.Table(TableShape.SingleValue, [Results.Number("value")], [5])).Text.ShouldContain("Counted only where platform is not Web.");
    }

    [Fact]
    public void Figures_that_only_round_alike_are_not_called_the_same()
    {
        var query = Results.Query(QueryKind.SingleValue, Purchases) with { CompareTo = DateRange.Between(new DateOnly(2026, 9, 1), new DateOnly(2026, 9, 30)) };

        var answer = Results.Write(query, Results.Table(TableShape.SingleValue, [Results.Number("value"), Results.Number("previous")], [12_345, 12_340]));

        answer.Text.ShouldNotContain("the same");
        answer.Text.ShouldStartWith("Purchase happened 12,300 times, 0.0405\u00a0% more than in the period before");
    }

    [Fact]
    public void An_earlier_period_that_is_not_adjacent_or_not_as_long_is_called_so()
    {
        var query = Results.Query(QueryKind.SingleValue, Purchases) with { CompareTo = DateRange.Between(new DateOnly(2026, 8, 1), new DateOnly(2026, 8, 10)) };

        var answer = Results.Write(query, Results.Table(TableShape.SingleValue, [Results.Number("value"), Results.Number("previous")], [900, 1200]));

        answer.Text.ShouldContain("than in the earlier period (1,200)");
        answer.Caveats.ShouldContain("The periods differ in length: 31 days against 10.");
        answer.Text.ShouldContain("The two periods differ in length: 31 days against 10.");
    }

    [Fact]
    public void The_month_in_which_the_data_begins_is_not_a_whole_month()
    {
        var query = Results.Query(QueryKind.Trend, Purchases) with { Interval = Interval.Month };
        var table = Results.Table(
            TableShape.TimeSeries, [new Column("date", "Date", ColumnType.Date), Results.Number("value")],
            ["2026-06-01", 0], ["2026-07-01", 0], ["2026-08-01", 20], ["2026-09-01", 100], ["2026-10-01", 150]);

        var answer = Results.Write(query, table);

        answer.Text.ShouldContain("125 per complete month on average. It went from 100 (September 2026) to 150 (October 2026)");
        answer.Caveats.ShouldContain("The data begins in August 2026, which may not be whole and is left out of the averages.");
        answer.Checks.ShouldAllBe(check => check.Passed);
    }

    [Fact]
    public void A_funnel_of_late_starters_is_said_to_be_open()
    {
        var query = Results.Base with { Kind = QueryKind.Funnel, Steps = [new FunnelStep("Search"), new FunnelStep("Purchase")] };
        var table = Results.Table(TableShape.Funnel, [Results.Text("step"), Results.Number("users"), Results.Percent("share")], ["Search", 1000, 1], ["Purchase", 200, 0.2]);

        AnalysisPlanner.Answers.AnswerWriter.Write(query, table, Results.Start, A.Today, "UTC", A.Today)
            .Caveats.ShouldContain("Users who started after 15 Nov 2026 still have time to finish, so the conversion may rise.");
        Results.Write(query, table).Caveats.ShouldBeEmpty();
    }

    [Fact]
    public void Names_of_groups_that_are_all_digits_are_not_taken_for_figures()
    {
        var query = Results.Query(QueryKind.Breakdown, Purchases) with { GroupBy = [new GroupBy("age_group", PropertyScope.User)] };

        Results.Write(query, Results.Table(TableShape.Categories, [Results.Text("age_group"), Results.Number("events")], ["25-34", 600], ["55+", 300]))
            .Checks.ShouldAllBe(check => check.Passed);
    }

    [Fact]
    public void Equal_groups_are_not_ranked()
    {
        var query = Results.Query(QueryKind.Breakdown, Purchases) with { GroupBy = [new GroupBy("country", PropertyScope.User)] };

        Results.Write(query, Results.Table(TableShape.Categories, [Results.Text("country"), Results.Number("events")], ["Germany", 1], ["France", 1]))
            .Text.ShouldStartWith("Germany and France have the same: 1 (Purchase events).");
    }

    [Fact]
    public void A_start_that_can_happen_again_is_not_called_a_user()
    {
        var query = WeekSeven with { GroupBy = [], Retention = new RetentionSpec("Invite Friend", SpecialEvents.AnyActive, 7) };

        Results.Write(query, Results.Retention(("all", 0.2, 900)))
            .Text.ShouldContain("of 900 starts (Invite Friend; a user counts once in every day with it)");
    }
}
