using ClariBI.AnalysisPlanner.Engines;
using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.AnalysisPlanner.Engine.Tests;

/// <summary>What the short form leaves out: ranges, segments, orders, assumptions. Today is Sunday 22 November 2026.</summary>
public sealed class DetailTests
{
    [Theory]
    [InlineData("signups last week", "2026-11-09", "2026-11-15")]
    [InlineData("signups this week", "2026-11-16", "2026-11-22")]
    [InlineData("signups last month", "2026-10-01", "2026-10-31")]
    [InlineData("signups this month", "2026-11-01", "2026-11-22")]
    [InlineData("signups this quarter", "2026-10-01", "2026-11-22")]
    [InlineData("signups last quarter", "2026-07-01", "2026-09-30")]
    [InlineData("signups yesterday", "2026-11-21", "2026-11-21")]
    [InlineData("signups today", "2026-11-22", "2026-11-22")]
    [InlineData("signups in the last 7 days", "2026-11-16", "2026-11-22")]
    [InlineData("signups over the past 90 days", "2026-08-25", "2026-11-22")]
    [InlineData("signups in October", "2026-10-01", "2026-10-31")]
    [InlineData("signups in December", "2025-12-01", "2025-12-31")]
    [InlineData("signups in March 2026", "2026-03-01", "2026-03-31")]
    [InlineData("signups since 3 May", "2026-05-03", "2026-11-22")]
    [InlineData("signups since May 3rd", "2026-05-03", "2026-11-22")]
    [InlineData("signups between 1 October and 15 October", "2026-10-01", "2026-10-15")]
    [InlineData("signups from 2026-10-05 to 2026-10-09", "2026-10-05", "2026-10-09")]
    [InlineData("signups on 2026-10-05", "2026-10-05", "2026-10-05")]
    [InlineData("signups in Q3", "2026-07-01", "2026-09-30")]
    [InlineData("signups this year", "2026-01-01", "2026-11-22")]
    [InlineData("signups last year", "2025-01-01", "2025-12-31")]
    [InlineData("signups", "2026-10-24", "2026-11-22")]
    [InlineData("7-day retention", "2026-10-16", "2026-11-14")]
    public async Task A_period_resolves_to_days(string question, string start, string end)
    {
        var query = await Ask.Query(A.Media, question);

        query.Range.Resolve(A.Today).ShouldBe((DateOnly.Parse(start, null), DateOnly.Parse(end, null)));
    }

    [Theory]
    [InlineData("signups this year", "2026-01-01")]
    [InlineData("signups ytd", "2026-01-01")]
    [InlineData("signups since 3 May", "2026-05-03")]
    public async Task A_period_that_ends_today_ends_tomorrow_when_it_is_asked_tomorrow(string question, string start)
    {
        var query = await Ask.Query(A.Media, question);

        query.Range.Resolve(A.Today.AddDays(1)).ShouldBe((DateOnly.Parse(start, null), A.Today.AddDays(1)));
    }

    [Fact]
    public async Task Today_can_be_asked_for_by_the_hour()
    {
        var query = await Ask.Query(A.Media, "signups today by hour");

        query.ShouldSatisfyAllConditions(
            asked => asked.Kind.ShouldBe(QueryKind.Trend),
            asked => asked.Interval.ShouldBe(Interval.Hour),
            asked => asked.Range.Resolve(A.Today).ShouldBe((A.Today, A.Today)));
    }

    [Fact]
    public async Task Both_sides_of_a_comparison_come_from_one_property()
    {
        var query = await Ask.Query(A.Media, "Compare engagement between paid and organic users");

        query.Segments.Select(segment => segment.Name).ShouldBe(["Paid", "organic"]);
        query.Segments.SelectMany(segment => segment.Filters).ShouldAllBe(filter => filter.Property == "channel" && filter.Operator == FilterOperator.Is);
        query.Segments[0].Filters[0].Values.ShouldBe(["paid_search", "paid_social"]);
    }

    [Fact]
    public async Task Beside_free_paid_means_a_plan()
    {
        var query = await Ask.Query(A.Media, "Compare engagement between paid and free users");

        query.Segments.SelectMany(segment => segment.Filters).ShouldAllBe(filter => filter.Property == "plan");
        query.Segments[0].Filters[0].ShouldSatisfyAllConditions(
            filter => filter.Operator.ShouldBe(FilterOperator.IsNot),
            filter => filter.Values.ShouldBe(["free"]));
    }

    [Fact]
    public async Task What_was_not_said_is_stated_as_an_assumption()
    {
        var understood = (await Ask.Of(A.Media, "Which segment has the highest 7-day retention?")).ShouldBeOfType<Understanding.Understood>();

        understood.Assumptions.Select(assumption => assumption.Field).ShouldBe(["segment", "event", "range"]);
        understood.Title.ShouldBe("Day 7 retention by channel");
        understood.Query.Retention.ShouldBe(new RetentionSpec(SpecialEvents.NewUser, SpecialEvents.AnyActive, 7));
    }

    [Fact]
    public async Task A_period_before_is_as_long_as_the_period()
    {
        var query = await Ask.Query(A.Media, "purchases in the last 14 days compared to the previous period");

        query.Range.Resolve(A.Today).ShouldBe((new DateOnly(2026, 11, 9), new DateOnly(2026, 11, 22)));
        query.CompareTo!.Resolve(A.Today).ShouldBe((new DateOnly(2026, 10, 26), new DateOnly(2026, 11, 8)));
    }

    [Fact]
    public async Task The_worst_come_first_when_the_worst_are_asked_for()
    {
        var query = await Ask.Query(A.Media, "bottom 3 countries by purchases");

        query.Ascending.ShouldBeTrue();
        query.Limit.ShouldBe(3);
    }

    [Fact]
    public async Task A_window_belongs_to_the_funnel()
    {
        var query = await Ask.Query(A.Media, "conversion from start trial to purchase within 3 days");

        query.ConversionWindowDays.ShouldBe(3);
        query.Range.ShouldBe(DateRange.LastDays(30));
    }

    [Fact]
    public async Task Weeks_of_retention_are_weeks()
    {
        var query = await Ask.Query(A.Media, "retention in week 4 by plan");

        query.Interval.ShouldBe(Interval.Week);
        query.Retention!.Day.ShouldBe(4);
    }

    [Fact]
    public async Task A_corrected_word_is_said_to_be_corrected()
    {
        var understood = (await Ask.Of(A.Media, "how many prchases last week")).ShouldBeOfType<Understanding.Understood>();

        understood.Assumptions.ShouldContain(assumption => assumption.Field == "spelling" && assumption.Text.Contains("prchases"));
    }
}
