using ClariBI.Connector.DataSources.States;

namespace ClariBI.Connector.Tests.DataSources;

public sealed class KnownVendorErrorTests
{
    [Theory]
    [InlineData("Project not selected", "project_not_selected")]
    [InlineData("Error: no project selected. Call set_project first.", "project_not_selected")]
    [InlineData("""MCP error -32602: Input validation error: [{"code":"invalid_type","path":["projectId"],"message":"Required"}]""", "project_not_selected")]
    [InlineData("""{"error":{"message":"You have access to multiple projects; specify projectId"}}""", "project_not_selected")]
    [InlineData("""[{"loc":["body"],"message":"project_id: field required"}]""", "project_not_selected")]
    [InlineData("Workspace has not been selected", "project_not_selected")]
    [InlineData("You need the 'Use MCP (read)' permission. Ask your admin.", "role_lacks_mcp")]
    [InlineData("Your role does not have access to MCP", "role_lacks_mcp")]
    [InlineData("MCP has been disabled by your organization's administrator", "mcp_disabled")]
    [InlineData("Your organization has not enabled the MCP server", "mcp_disabled")]
    [InlineData("Rate limit exceeded, retry after 30 seconds", "rate_limited")]
    [InlineData("Too Many Requests", "rate_limited")]
    [InlineData("Error: {\"message\":\"Rate limit exceeded for this key\"}", "rate_limited")]
    [InlineData("""{"fault":{"faultstring":"Rate limit quota violation. Quota limit exceeded."}}""", "rate_limited")]
    [InlineData("""{"outcome":"rate_limited"}""", "rate_limited")]
    [InlineData("Request was throttled. Expected available in 12 seconds.", "rate_limited")]
    [InlineData("Concurrency limit reached", "rate_limited")]
    [InlineData("Monthly limit reached for this plan", "quota_exhausted")]
    [InlineData("Query quota exceeded", "quota_exhausted")]
    [InlineData("""{"error":{"code":429,"message":"Daily quota exceeded"}}""", "quota_exhausted")]
    [InlineData("429: monthly limit reached", "quota_exhausted")]
    [InlineData("HTTP 429 - slow down", "rate_limited")]
    [InlineData("""{"error":"Rate limit exceeded for \ud83d"}""", "rate_limited")]
    [InlineData("This account lives in another region", "region_mismatch")]
    [InlineData("The organization is hosted in the EU region", "region_mismatch")]
    public void What_a_vendor_says_in_words_has_a_code(string text, string code) =>
        KnownVendorErrors.Recognise(text, isError: true).ShouldNotBeNull().Code.ShouldBe(code, text);

    [Theory]
    [InlineData("Permission denied")]
    [InlineData("NotFoundError: No chart")]
    [InlineData("Chart edit not found or inaccessible")]
    [InlineData("Chart monitors feature is not enabled")]
    [InlineData("Invalid user property country")]
    [InlineData("conversion_window.unit: Field required")]
    [InlineData("No chart is called \"Rate limited users by region\"")]
    [InlineData("MCP error -32602: Input validation error")]
    [InlineData("Formula parse failed")]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("""{"error":"Could not read \ud83d"}""")]
    [InlineData("""{"\ud83d":"Could not read"}""")]
    public void What_is_not_known_stays_the_vendors_answer(string text) => KnownVendorErrors.Recognise(text, isError: true).ShouldBeNull();

    [Theory]
    [InlineData("""{"error":"rate_limit_exceeded","retry_after":"12"}""")]
    [InlineData("""{"success":false,"message":"Too many requests"}""")]
    [InlineData("""{"status":429,"message":"Too many requests"}""")]
    [InlineData("Error: too many requests")]
    [InlineData("Your rate limit is used up. Wait 5 seconds.")]
    [InlineData("429 Too Many Requests")]
    [InlineData("""{"message":"API rate limit exceeded","documentation_url":"https://example.com"}""")]
    [InlineData("""{"code":429,"message":"Slow down"}""")]
    [InlineData("""{"errors":[{"message":"Too-many-requests"}]}""")]
    public void A_limit_inside_a_good_result_is_a_limit(string text) => KnownVendorErrors.Recognise(text, isError: false)!.Code.ShouldBe("rate_limited");

    [Theory]
    [InlineData("""{"success":true,"rows":[{"event":"Rate limit exceeded","value":3},{"event":"Project not selected","value":1}]}""")]
    [InlineData("""{"rows":[["error","too many requests"]]}""")]
    [InlineData("Events: Too many requests (17), Quota exceeded (3)")]
    [InlineData("error,count\nRate limit exceeded,12")]
    [InlineData("error | count\nRate limit exceeded | 12")]
    [InlineData("""[{"error":"Rate limit exceeded","count":12}]""")]
    [InlineData("""{"message":"Rate limit exceeded","count":12}""")]
    [InlineData("""{"\ud83d":"Rate limit exceeded"}""")]
    [InlineData("""{"name":"Rate limit exceeded","description":"Too many requests"}""")]
    [InlineData("""{"events":[{"name":"use mcp","message":"quota exceeded"}]}""")]
    public void Data_with_such_words_in_it_is_data(string text) => KnownVendorErrors.Recognise(text, isError: false).ShouldBeNull();

    [Theory]
    [InlineData("Rate limit exceeded, retry after 30 seconds", 30.0)]
    [InlineData("Rate limited. Try again in 5 minutes.", 300.0)]
    [InlineData("Too many requests; wait 1500 ms", 1.5)]
    [InlineData("Rate limit: retry after 999999 hours", 86400.0)]
    [InlineData("""{"error":"rate_limit_exceeded","retry_after":12}""", 12.0)]
    [InlineData("""{"error":"rate_limit_exceeded","retry_after_ms":1500}""", 1.5)]
    [InlineData("""{"error":"rate_limit_exceeded","retryAfterMs": 250}""", 0.25)]
    [InlineData("""{"error":"rate_limit_exceeded","retry-after-ms":30000}""", 30.0)]
    [InlineData("Too many requests (Retry-After-Ms: 1500)", 1.5)]
    [InlineData("Rate limit exceeded", null)]
    public void The_wait_is_read(string text, double? seconds) =>
        KnownVendorErrors.Recognise(text, isError: true)!.RetryAfter.ShouldBe(seconds is { } wait ? TimeSpan.FromSeconds(wait) : null);

    [Fact]
    public void The_sentence_names_the_vendor_and_the_fix()
    {
        var failed = KnownVendorErrors.Recognise("Project not selected", isError: true)!.Describe("Amplitude");

        failed.Message.ShouldBe("Amplitude was not told which project to look at. Choose the project in the data source's settings.");
        failed.Code.ShouldBe("project_not_selected");
    }
}
