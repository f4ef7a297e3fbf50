using ClariBI.AnalysisPlanner.Engines;

namespace ClariBI.AnalysisPlanner.Engine.Tests;

public sealed class ClarificationTests
{
    [Theory]
    [InlineData("media", "how many paid users do we have")]
    [InlineData("media", "show content by country")]
    [InlineData("market", "conversion to purchase")]
    [InlineData("media", "what can I ask")]
    [InlineData("market", "how many sellers do we have")]
    [InlineData("market", "top sellers")]
    [InlineData("market", "order cancellation rate")]
    [InlineData("saas", "reports by industry")]
    [InlineData("saas", "dashboards")]
    public async Task A_tie_is_asked_back_and_every_option_can_be_answered(string taxonomy, string question)
    {
        var asked = (await Ask.Of(A.Named(taxonomy), question)).ShouldBeOfType<Understanding.NeedsClarification>();

        asked.Options.ShouldNotBeEmpty();
        foreach (var option in asked.Options)
        {
            var answered = await Ask.Of(A.Named(taxonomy), option.Question);
            answered.ShouldBeOfType<Understanding.Understood>(option.Question);
        }
    }

    [Fact]
    public async Task Candidates_are_real_names_with_their_volume()
    {
        var asked = (await Ask.Of(A.Media, "show content by country")).ShouldBeOfType<Understanding.NeedsClarification>();

        asked.Options.Select(option => option.Label).ShouldBe(["Play Content", "Finish Content", "Share Content"]);
        asked.Options[0].Detail.ShouldBe("event, 210,000 in the last 30 days");
        Ask.Short(await Ask.Of(A.Media, asked.Options[0].Question)).ShouldBe("breakdown Play Content:totals by country");
    }

    [Fact]
    public async Task Paid_users_are_asked_about_where_channel_and_plan_both_fit()
    {
        var asked = (await Ask.Of(A.Media, "how many paid users do we have")).ShouldBeOfType<Understanding.NeedsClarification>();

        asked.Options.Select(option => option.Label).ShouldBe(["channel: paid_search, paid_social", "plan: not free"]);
        Ask.Short(await Ask.Of(A.Media, asked.Options[0].Question)).ShouldBe("single_value _active:unique_users filter channel=paid_search|paid_social");
        Ask.Short(await Ask.Of(A.Media, asked.Options[1].Question)).ShouldBe("single_value _active:unique_users filter plan!=free");
    }
}
