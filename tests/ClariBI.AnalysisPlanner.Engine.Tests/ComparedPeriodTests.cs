using ClariBI.AnalysisPlanner.Engines;

namespace ClariBI.AnalysisPlanner.Engine.Tests;

/// <summary>Two periods side by side. Today is Sunday 22 November 2026.</summary>
public sealed class ComparedPeriodTests
{
    [Theory]
    [InlineData("How many searches in the last 7 days compared to the previous 7 days?", "2026-11-16", "2026-11-22", "2026-11-09", "2026-11-15")]
    [InlineData("How many searches in the last 7 days vs the prior 7 days?", "2026-11-16", "2026-11-22", "2026-11-09", "2026-11-15")]
    [InlineData("How many searches in the last 7 days compared with the 7 days before?", "2026-11-16", "2026-11-22", "2026-11-09", "2026-11-15")]
    [InlineData("How many searches in the last 7 days compared with the 7 days before that?", "2026-11-16", "2026-11-22", "2026-11-09", "2026-11-15")]
    [InlineData("How many searches in the previous 7 days vs the last 7 days?", "2026-11-16", "2026-11-22", "2026-11-09", "2026-11-15")]
    [InlineData("How many searches in the last 30 days vs the week before?", "2026-10-24", "2026-11-22", "2026-10-17", "2026-10-23")]
    [InlineData("How many searches last week vs the week before?", "2026-11-09", "2026-11-15", "2026-11-02", "2026-11-08")]
    [InlineData("How many searches last week vs the previous week?", "2026-11-09", "2026-11-15", "2026-11-02", "2026-11-08")]
    [InlineData("Revenue last month vs previous month", "2026-10-01", "2026-10-31", "2026-09-01", "2026-09-30")]
    [InlineData("Revenue in October vs the previous month", "2026-10-01", "2026-10-31", "2026-09-01", "2026-09-30")]
    [InlineData("Revenue in October vs August", "2026-10-01", "2026-10-31", "2026-08-01", "2026-08-31")]
    [InlineData("Purchases this month compared to last month", "2026-11-01", "2026-11-22", "2026-10-01", "2026-10-31")]
    [InlineData("Purchases yesterday compared to the day before", "2026-11-21", "2026-11-21", "2026-11-20", "2026-11-20")]
    [InlineData("Are sign ups higher than the previous month?", "2026-11-01", "2026-11-22", "2026-10-01", "2026-10-31")]
    [InlineData("Are sign ups higher than the previous 7 days?", "2026-11-16", "2026-11-22", "2026-11-09", "2026-11-15")]
    [InlineData("Sign ups compared to the week before", "2026-11-16", "2026-11-22", "2026-11-09", "2026-11-15")]
    [InlineData("Sign ups compared to the previous period", "2026-10-24", "2026-11-22", "2026-09-24", "2026-10-23")]
    [InlineData("Sign ups week over week", "2026-11-09", "2026-11-15", "2026-11-02", "2026-11-08")]
    [InlineData("Sign ups month over month", "2026-10-01", "2026-10-31", "2026-09-01", "2026-09-30")]
    public async Task The_earlier_period_ends_before_the_later_one_begins(string question, string start, string end, string earlierStart, string earlierEnd)
    {
        var query = await Ask.Query(A.Media, question);

        query.Range.Resolve(A.Today).ShouldBe((DateOnly.Parse(start, null), DateOnly.Parse(end, null)));
        query.CompareTo.ShouldNotBeNull().Resolve(A.Today).ShouldBe((DateOnly.Parse(earlierStart, null), DateOnly.Parse(earlierEnd, null)));
    }

    [Theory]
    [InlineData("Searches in October vs last month", "1\u201331 Oct 2026 with itself")]
    [InlineData("Searches in the last 30 days vs last month", "share days")]
    public async Task Periods_that_share_days_are_not_compared(string question, string reason)
    {
        (await Ask.Of(A.Media, question)).ShouldBeOfType<Understanding.CannotAnswer>().Text.ShouldContain(reason);
    }

    [Theory]
    [InlineData("signups in the previous 7 days", "2026-11-16", "2026-11-22")]
    [InlineData("signups in the previous week", "2026-11-09", "2026-11-15")]
    public async Task A_previous_period_on_its_own_is_one_period(string question, string start, string end)
    {
        var query = await Ask.Query(A.Media, question);

        query.CompareTo.ShouldBeNull();
        query.Range.Resolve(A.Today).ShouldBe((DateOnly.Parse(start, null), DateOnly.Parse(end, null)));
    }
}
