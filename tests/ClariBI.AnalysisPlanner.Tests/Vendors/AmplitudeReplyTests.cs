using ClariBI.AnalysisPlanner.Vendors.Amplitude;
using ClariBI.Contracts.Connector;

namespace ClariBI.AnalysisPlanner.Tests.Vendors;

public sealed class AmplitudeReplyTests
{
    private static readonly DataSourceInfo Source = new(
        Guid.CreateVersion7(), Guid.CreateVersion7(), "Acme", "amplitude", "Amplitude", "us", "US", false, DataSourceState.Connected, null, null, "1", null, "UTC", 1);

    [Theory]
    [InlineData("MCP error -32602: Tool query_amplitude_data not found", false, "vendor-tool-not-found")]
    [InlineData("Rate limit exceeded for project 1", true, "vendor-rate-limited")]
    [InlineData("HTTP 429", true, "vendor-rate-limited")]
    [InlineData("status=403", true, "vendor-permission-missing")]
    [InlineData("Chart 142937 has no series", true, "vendor-error")]
    [InlineData("Query 94035 was not understood", true, "vendor-error")]
    [InlineData("org_mismatch", true, "vendor-wrong-organization")]
    [InlineData("Permission denied: needs the scope mcp:read", true, "vendor-permission-missing")]
    [InlineData("NotFoundError: No chart abc", true, "vendor-error")]
    [InlineData("{\"success\":false,\"error\":\"Formula parse failed\"}", false, "vendor-error")]
    [InlineData("<html>Bad gateway</html>", false, "vendor-answer-unreadable")]
    public void An_error_is_told_from_an_answer_whatever_its_form(string text, bool isError, string type)
    {
        var problem = Should.Throw<PlannerProblemException>(() => AmplitudeReply.Read(Reply(text, isError))).Problem;

        problem.Type.ShouldBe(type);
        problem.Title.ShouldEndWith(".");
        problem.Detail.ShouldNotBeEmpty();
    }

    [Fact]
    public void An_answer_is_read() =>
        AmplitudeReply.Read(Reply("""{"success":true,"results":[]}""", false)).List().ShouldBeEmpty();

    [Fact]
    public void What_the_vendor_says_is_cut_between_characters()
    {
        var text = new string('x', 298) + "\U0001F680\U0001F680";

        Should.Throw<PlannerProblemException>(() => AmplitudeReply.Read(Reply(text, true))).Problem.Detail
            .ShouldEndWith(new string('x', 298) + "…");
    }

    private static ToolCallCompleted Reply(string text, bool isError) => new(Source, "query_amplitude_data", text, isError, TimeSpan.Zero, default);
}
