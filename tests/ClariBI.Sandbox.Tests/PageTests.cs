using System.Net;

namespace ClariBI.Sandbox.Tests;

/// <summary>The pages that links in replies lead to.</summary>
public sealed class PageTests(ContentServers servers)
{
    [Theory]
    [InlineData("chart/orders", HttpStatusCode.OK)]
    [InlineData("dashboard/sales", HttpStatusCode.OK)]
    [InlineData("notebook/notes", HttpStatusCode.OK)]
    [InlineData("cohort/buyers", HttpStatusCode.OK)]
    [InlineData("experiment/501", HttpStatusCode.OK)]
    [InlineData("chart/theirs", HttpStatusCode.NotFound)]
    [InlineData("dashboard/orders", HttpStatusCode.NotFound)]
    [InlineData("chart/new/nope", HttpStatusCode.NotFound)]
    public async Task Saved_content_has_a_page(string path, HttpStatusCode expected)
    {
        var account = servers.Gen3.Account();
        await account.SignInAsync(organisation: "acme");

        using var page = await account.Http.GetAsync($"/analytics/acme/{path}", TestContext.Current.CancellationToken);

        page.StatusCode.ShouldBe(expected);
    }

    [Fact]
    public async Task What_a_tool_has_saved_has_a_page_too()
    {
        var account = servers.Gen3.Account();
        await using var tools = await account.ConnectAsync("mcp:read mcp:write", "acme");
        var query = await tools.ReadAsync("query_amplitude_data", ToolCalls.Gen3["query_amplitude_data"]);
        var edit = query.GetProperty("chartEditId").GetString();
        var saved = (await tools.ReadAsync("save_chart_edits", $$"""{"charts":[{"editId":"{{edit}}","name":"Paged"}]}""")).GetProperty("charts")[0];

        using var unsaved = await account.Http.GetAsync($"/analytics/acme/chart/new/{edit}", TestContext.Current.CancellationToken);
        using var page = await account.Http.GetAsync($"/analytics/acme/chart/{saved.GetProperty("chartId").GetString()}", TestContext.Current.CancellationToken);

        unsaved.StatusCode.ShouldBe(HttpStatusCode.OK);
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("Paged");
    }

    [Fact]
    public async Task Nobody_reads_a_page_without_signing_in()
    {
        using var page = await servers.Gen3.Account().Http.GetAsync("/analytics/acme/chart/orders", TestContext.Current.CancellationToken);

        page.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldNotContain("Orders a day");
    }
}
