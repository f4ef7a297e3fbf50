using ClariBI.AnalysisPlanner.DataSources;
using ClariBI.Contracts.Connector;

namespace ClariBI.AnalysisPlanner.Tests.DataSources;

public sealed class VendorProblemsTests
{
    [Theory]
    [InlineData("Amplitude limits how often it may be asked. Try again in 12 seconds.", 12, "Amplitude limits how often it may be asked. Try again in 12 seconds.")]
    [InlineData("Amplitude limits how often it may be asked. Try again in 1 seconds.", 0.4, "Amplitude limits how often it may be asked. Try again in 1 second.")]
    [InlineData("Slow down.", 2.1, "Slow down. Try again in 3 seconds.")]
    public void The_wait_is_said_once(string message, double seconds, string detail) =>
        VendorProblems.Of(new ToolCallFailed(ToolCallFailure.RateLimited, message, TimeSpan.FromSeconds(seconds))).Detail.ShouldBe(detail);
}
