using ClariBI.AnalysisPlanner.Answers;
using ClariBI.AnalysisPlanner.Engines;

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
        understood.Assumptions.ShouldNotContain(assumption => assumption.Field == "range");
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

        foreach (var offered in FollowUpQuestions.For(query))
        {
            (await Ask.Of(A.Media, offered, new PastTurn(question, query))).ShouldBeOfType<Understanding.Understood>($"{question}: {offered}");
        }
    }
}
