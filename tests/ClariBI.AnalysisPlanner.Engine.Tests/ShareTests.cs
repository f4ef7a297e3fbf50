using ClariBI.AnalysisPlanner.Engines;
using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.AnalysisPlanner.Engine.Tests;

/// <summary>A share of events divides the events; a share of users divides the users.</summary>
public sealed class ShareTests
{
    private static readonly AnalysisQuery ByChannel = Results.Query(QueryKind.Breakdown, new Measure("Sign Up", Aggregation.Totals)) with
    {
        GroupBy = [new GroupBy("channel", PropertyScope.User)],
    };

    [Theory]
    [InlineData("What share of sign ups came from organic?", "breakdown Sign Up:totals by channel", "organic")]
    [InlineData("What percentage of purchases come from iOS?", "breakdown Purchase:totals by platform", "iOS")]
    [InlineData("What share of sign ups came from each channel?", "breakdown Sign Up:totals by channel", "")]
    [InlineData("What percentage of signups came from paid search vs organic?", "breakdown Sign Up:totals by channel", "paid_search|organic")]
    [InlineData("Share of purchases by country last month", "breakdown Purchase:totals by country", "")]
    [InlineData("What percent of purchases were made by premium users?", "breakdown Purchase:totals by plan", "premium")]
    [InlineData("Share of organic sign ups by platform", "breakdown Sign Up:totals filter channel=organic by platform", "")]
    public async Task A_share_of_events_is_a_breakdown(string question, string expected, string first)
    {
        var query = await Ask.Query(A.Media, question);

        Ask.Short(query).ShouldBe(expected);
        string.Join('|', query.Shares.ShouldNotBeNull()).ShouldBe(first);
        query.Limit.ShouldBeNull();
    }

    [Theory]
    [InlineData("What share of users signed up?")]
    [InlineData("What percentage of active users purchased?")]
    [InlineData("What share of active users from organic signed up?")]
    public async Task A_share_of_users_says_of_which_users(string question)
    {
        var understood = (await Ask.Of(A.Media, question)).ShouldBeOfType<Understanding.Understood>();

        understood.Query.Measures[0].Aggregation.ShouldBe(Aggregation.ActivePercent);
        understood.Assumptions.ShouldContain(assumption => assumption.Text.StartsWith("The share is of all users who were active", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("What share of sign ups?")]
    [InlineData("What share of organic sign ups?")]
    [InlineData("What percentage of iOS purchases came from organic?")]
    [InlineData("Weekly share of sign ups from organic")]
    [InlineData("What share of sign ups did not come from organic?")]
    [InlineData("Has the share of sign ups from organic grown since October?")]
    public async Task A_share_that_cannot_be_told_for_sure_is_declined_with_the_breakdown(string question)
    {
        var refusal = (await Ask.Of(A.Media, question)).ShouldBeOfType<Understanding.CannotAnswer>();

        foreach (var suggestion in refusal.Suggestions.ShouldNotBeNull())
        {
            Ask.Short(await Ask.Of(A.Media, suggestion)).ShouldNotBe("decline", suggestion);
        }

        refusal.Suggestions.ShouldNotBeEmpty();
    }

    [Fact]
    public void The_share_asked_about_comes_first()
    {
        var answer = Results.Write(ByChannel with { Shares = ["organic"] }, Table());

        answer.Text.ShouldStartWith("organic makes up 30\u00a0% of all 1,000 Sign Up events (300). The others: referral 60\u00a0%, email 10\u00a0%.");
        answer.Facts.Single(fact => fact.Label == "Share of organic").Value.ShouldBe(0.3);
        answer.Checks.ShouldAllBe(check => check.Passed);
    }

    [Fact]
    public void Without_a_name_every_share_is_given()
    {
        var answer = Results.Write(ByChannel with { Shares = [] }, Table());

        answer.Text.ShouldStartWith("Of all 1,000 Sign Up events: referral 60\u00a0%, organic 30\u00a0%, email 10\u00a0%.");
        answer.Checks.ShouldAllBe(check => check.Passed);
    }

    [Fact]
    public void Two_shares_are_also_given_together()
    {
        var answer = Results.Write(ByChannel with { Shares = ["organic", "email"] }, Table());

        answer.Text.ShouldContain("organic makes up 30\u00a0% of all 1,000 Sign Up events (300). email makes up 10\u00a0% of all 1,000 Sign Up events (100). Together they make up 40\u00a0%.");
        answer.Checks.ShouldAllBe(check => check.Passed);
    }

    [Fact]
    public void A_group_without_events_is_said_to_have_none()
    {
        Results.Write(ByChannel with { Shares = ["paid_search"] }, Table()).Text.ShouldStartWith("There are no Sign Up events with channel paid_search in this period.");
    }

    [Fact]
    public void Of_a_table_that_was_cut_no_share_is_given()
    {
        var answer = Results.Write(ByChannel with { Shares = ["organic"] }, Table() with { TotalRows = 40 });

        answer.Text.ShouldStartWith("No shares can be given");
        answer.Text.ShouldNotContain("%");
        answer.Checks.ShouldAllBe(check => check.Passed);
    }

    private static ResultTable Table() => Results.Table(
        TableShape.Categories, [Results.Text("channel"), Results.Number("events")], ["referral", 600], ["organic", 300], ["email", 100]);
}
