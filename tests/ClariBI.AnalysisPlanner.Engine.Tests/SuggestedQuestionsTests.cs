using ClariBI.AnalysisPlanner.Engines;
using ClariBI.AnalysisPlanner.Engines.BuiltIn;
using ClariBI.AnalysisPlanner.Taxonomies;

namespace ClariBI.AnalysisPlanner.Engine.Tests;

public sealed class SuggestedQuestionsTests
{
    [Theory]
    [InlineData("media")]
    [InlineData("saas")]
    [InlineData("market")]
    public async Task Each_suggestion_can_be_answered(string name)
    {
        var suggestions = SuggestedQuestions.For(A.Named(name));

        suggestions.Count.ShouldBeInRange(4, 6);
        foreach (var suggestion in suggestions)
        {
            (await Ask.Of(A.Named(name), suggestion)).ShouldBeOfType<Understanding.Understood>(suggestion);
        }
    }

    [Fact]
    public void An_empty_project_still_has_something_to_ask()
    {
        SuggestedQuestions.For(new Taxonomy("UTC", [], [], [], [])).Count.ShouldBeGreaterThanOrEqualTo(4);
    }

    [Fact]
    public async Task An_empty_project_is_never_misread()
    {
        var empty = new Taxonomy("UTC", [], [], [], []);

        (await Ask.Of(empty, "how many purchases last week")).ShouldBeOfType<Understanding.CannotAnswer>();
        Ask.Short(await Ask.Of(empty, "daily active users")).ShouldBe("trend _active:unique_users");
    }
}
