using ClariBI.AnalysisPlanner.Answers;
using ClariBI.AnalysisPlanner.Engines;
using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.AnalysisPlanner.Engine.Tests;

public sealed class FollowUpTests
{
    [Theory]
    [InlineData("purchases by plan", "and by country?", "breakdown Purchase:totals by country")]
    [InlineData("how many purchases last week", "and by platform?", "breakdown Purchase:totals by platform")]
    [InlineData("how many purchases last week", "only premium", "single_value Purchase:totals filter plan=premium")]
    [InlineData("purchases by country", "only iOS", "breakdown Purchase:totals filter platform=iOS by country")]
    [InlineData("how many users signed up last month", "make it weekly", "trend Sign Up:unique_users week")]
    [InlineData("how many purchases last week", "what about signups?", "single_value Sign Up:totals")]
    [InlineData("how many purchases last week", "and last month?", "single_value Purchase:totals")]
    [InlineData("how many purchases last week", "compared to the previous period?", "single_value Purchase:totals compared")]
    [InlineData("purchases on iOS", "what about Android?", "trend Purchase:totals filter platform=Android")]
    [InlineData("Which segment has the highest 7-day retention?", "and by country?", "retention by country day 7")]
    [InlineData("conversion from search to purchase", "by platform", "funnel Search > Purchase by platform")]
    [InlineData("purchases by country", "excluding Germany", "breakdown Purchase:totals filter country!=Germany by country")]
    [InlineData("purchases by country", "how many users signed up yesterday", "single_value Sign Up:unique_users")]
    public async Task A_follow_up_changes_only_what_it_names(string first, string then, string expected)
    {
        var earlier = await Ask.Query(A.Media, first);

        Ask.Short(await Ask.Of(A.Media, then, new PastTurn(first, earlier))).ShouldBe(expected);
    }

    [Fact]
    public async Task A_follow_up_keeps_the_period()
    {
        var earlier = await Ask.Query(A.Media, "how many purchases last month");

        var changed = await Ask.Query(A.Media, "and by country?", new PastTurn("how many purchases last month", earlier));

        changed.Range.ShouldBe(earlier.Range);
    }

    [Fact]
    public async Task The_period_before_lies_before_the_one_of_the_last_answer()
    {
        var earlier = await Ask.Query(A.Media, "how many purchases last month");

        var understood = (await Ask.Of(A.Media, "compared to the month before", new PastTurn("how many purchases last month", earlier))).ShouldBeOfType<Understanding.Understood>();

        understood.Query.Range.ShouldBe(earlier.Range);
        understood.Query.CompareTo.ShouldNotBeNull().Resolve(A.Today).ShouldBe((new DateOnly(2026, 9, 1), new DateOnly(2026, 9, 30)));
        understood.Assumptions.Single(assumption => assumption.Field == "range").Text.ShouldBe("The period is 1\u201331 Oct 2026, compared with 1\u201330 Sep 2026.");
    }

    [Theory]
    [InlineData("and by moon phase?")]
    [InlineData("only happy")]
    public async Task A_follow_up_with_an_unknown_word_is_declined(string question)
    {
        var earlier = await Ask.Query(A.Media, "purchases by plan");

        (await Ask.Of(A.Media, question, new PastTurn("purchases by plan", earlier))).ShouldBeOfType<Understanding.CannotAnswer>();
    }

    [Fact]
    public async Task Without_an_earlier_answer_there_is_nothing_to_change()
    {
        (await Ask.Of(A.Media, "make it weekly")).ShouldBeOfType<Understanding.CannotAnswer>();
    }

    [Theory]
    [InlineData("how many purchases last week")]
    [InlineData("purchases this month vs last month")]
    [InlineData("daily active users")]
    [InlineData("weekly active users")]
    [InlineData("purchases by plan")]
    [InlineData("Compare engagement between paid and organic users")]
    [InlineData("Show conversion in the activation funnel")]
    [InlineData("7-day retention by channel")]
    [InlineData("what events do we track")]
    public async Task Every_follow_up_an_answer_offers_can_be_answered(string question)
    {
        var query = await Ask.Query(A.Media, question);

        foreach (var offered in FollowUpQuestions.For(query, A.Today))
        {
            (await Ask.Of(A.Media, offered, new PastTurn(question, query))).ShouldBeOfType<Understanding.Understood>($"{question}: {offered}");
        }
    }

    [Theory]
    [InlineData("how many purchases in October", "Compared to the previous period?", "2026-10-01", "2026-10-31")]
    [InlineData("sign ups in October", "Compared to the previous period?", "2026-10-01", "2026-10-31")]
    [InlineData("how many purchases last week", "Compared to the previous period?", "2026-11-09", "2026-11-15")]
    [InlineData("how many purchases last week", "how does that compare to the previous period?", "2026-11-09", "2026-11-15")]
    public async Task What_is_said_of_a_comparison_is_the_period_of_the_last_answer(string first, string then, string start, string end)
    {
        var understood = await Then(first, then);

        understood.Query.Range.Resolve(A.Today).ShouldBe((DateOnly.Parse(start, null), DateOnly.Parse(end, null)));
        understood.Assumptions.ShouldNotContain(assumption => assumption.Text.Contains("No period was named", StringComparison.Ordinal));
        understood.Assumptions.ShouldContain(assumption => assumption.Text.StartsWith("The period is", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_new_period_keeps_the_interval()
    {
        var understood = await Then("weekly sign ups in the last 90 days", "What about last month?");

        understood.Query.Interval.ShouldBe(Interval.Week);
        understood.Assumptions.ShouldContain(assumption => assumption.Text == "Everything not named is as in the last answer.");
    }

    [Fact]
    public async Task An_interval_that_does_not_fit_the_new_period_is_changed_and_said_to_be()
    {
        var understood = await Then("monthly sign ups", "What about last week?");

        understood.Query.Interval.ShouldBe(Interval.Day);
        understood.Assumptions.ShouldContain(assumption => assumption.Field == "interval");
        understood.Assumptions.ShouldNotContain(assumption => assumption.Text.StartsWith("Everything not named", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_new_period_keeps_the_comparison()
    {
        var understood = await Then("purchases this month vs last month", "What about last month?");

        understood.Query.CompareTo.ShouldNotBeNull().Resolve(A.Today).ShouldBe((new DateOnly(2026, 9, 1), new DateOnly(2026, 9, 30)));
    }

    [Fact]
    public async Task Make_it_weekly_keeps_the_period()
    {
        var understood = await Then("purchases in the last 20 days", "Make it weekly");

        understood.Query.Range.ShouldBe(DateRange.LastDays(20));
    }

    [Fact]
    public async Task A_period_too_short_for_the_interval_is_replaced_and_said_to_be()
    {
        var understood = await Then("how many purchases last week", "Make it monthly");

        understood.Query.Range.ShouldBe(DateRange.Calendar(Interval.Month, 0, 6));
        understood.Assumptions.ShouldContain(assumption => assumption.Field == "interval" && assumption.Text.Contains("the last 6 months", StringComparison.Ordinal));
        understood.Assumptions.ShouldNotContain(assumption => assumption.Text.StartsWith("Everything not named", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("how many purchases last month")]
    [InlineData("purchases by plan last month")]
    [InlineData("monthly sign ups")]
    [InlineData("weekly sign ups")]
    [InlineData("daily active users")]
    [InlineData("7-day retention by channel")]
    [InlineData("30-day retention")]
    public async Task No_follow_up_that_is_offered_repeats_the_answer(string question)
    {
        var query = await Ask.Query(A.Media, question);

        foreach (var offered in FollowUpQuestions.For(query, A.Today))
        {
            var next = await Then(question, offered);
            System.Text.Json.JsonSerializer.Serialize(next.Query).ShouldNotBe(System.Text.Json.JsonSerializer.Serialize(query), $"{question}: {offered}");
        }
    }

    private static async Task<Understanding.Understood> Then(string first, string then)
    {
        var earlier = await Ask.Query(A.Media, first);
        return (await Ask.Of(A.Media, then, new PastTurn(first, earlier))).ShouldBeOfType<Understanding.Understood>();
    }
}
