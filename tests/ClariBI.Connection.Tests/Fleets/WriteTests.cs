using System.Net;
using System.Text.Json;
using ClariBI.Connection.Tests.Hosting;

namespace ClariBI.Connection.Tests.Fleets;

/// <summary>Tools that read and write by an argument, and two people at one vendor.</summary>
[Collection("fleet")]
public sealed class WriteTests(Fleet fleet) : IAsyncLifetime
{
    private readonly Person ada = new(fleet);

    public async ValueTask InitializeAsync() => await fleet.ResetVendorAsync();

    public async ValueTask DisposeAsync()
    {
        ada.Dispose();
        await fleet.ResetVendorAsync();
    }

    [Fact]
    public async Task A_multiplexer_with_a_writing_action_reaches_the_vendor_in_no_spelling()
    {
        var source = await ada.ConnectAsync();
        await fleet.ForgetRequestsAsync();
        string[] arguments =
        [
            """{"action":"create","dashboard":{"name":"x"}}""", """{"action":"CREATE"}""", """{"action":"create "}""", """{"action":["create"]}""",
            """{"action":{"value":"create"}}""", """{"action":"\u0441reate"}""", """{"action":"edit"}""", """{"action":null}""",
            """{"action":"get","action":"create"}""", """{"Action":"create","action":"get"}""",
        ];

        var answers = await Task.WhenAll(arguments.Select((text, number) => RawAsync(source, "use_amp_dashboards", text, number)));
        var writers = await Task.WhenAll(new[] { "save_chart_edits", "rename_chart", "create_cohort", "manage_amp_events" }
            .Select((tool, number) => RawAsync(source, tool, "{}", number)));

        answers.ShouldAllBe(status => status == HttpStatusCode.Forbidden || status == HttpStatusCode.BadRequest);
        writers.ShouldAllBe(status => status == HttpStatusCode.Forbidden || status == HttpStatusCode.NotFound);
        (await fleet.CountRpcAsync("tools/call")).ShouldBe(0);
        var proof = await ada.GetAsync($"/api/data-sources/{source}/read-only-proof", replica: 2);
        proof.GetProperty("writesSent").GetInt32().ShouldBe(0);
        proof.GetProperty("callsRefused").GetInt32().ShouldBeGreaterThanOrEqualTo(10);
    }

    [Fact]
    public async Task R13_R24_Two_workspaces_at_one_vendor_share_no_token_no_session_and_see_nothing_of_each_other()
    {
        using var ben = new Person(fleet);
        var (hers, his) = (await ada.ConnectAsync(), await ben.ConnectAsync());
        await fleet.ForgetRequestsAsync();

        (await ada.ReadAsync(hers, replica: 1)).Status.ShouldBe(HttpStatusCode.OK);
        (await ben.ReadAsync(his, replica: 1)).Status.ShouldBe(HttpStatusCode.OK);

        var calls = (await fleet.RequestsAsync("/mcp")).Where(seen => seen.GetProperty("kind").GetString() == "tool").ToList();
        calls.Count.ShouldBe(2, "the same question of two workspaces is two questions");
        calls.Select(call => call.GetProperty("token").GetString()).Distinct().Count().ShouldBe(2);
        calls.Select(call => call.GetProperty("session").GetString()).Distinct().Count().ShouldBe(2);
        foreach (var path in new[] { "", "/tools", "/calls", "/timeline", "/projects", "/credential-access", "/read-only-proof" })
        {
            (await ben.SendAsync(HttpMethod.Get, $"/api/data-sources/{hers}{path}", replica: 2)).Status.ShouldBe(HttpStatusCode.NotFound, path);
        }

        (await ben.ReadAsync(hers, replica: 3)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    private async Task<HttpStatusCode> RawAsync(string source, string tool, string arguments, int replica)
    {
        using var response = await ada.RawAsync(
            HttpMethod.Post, $"/api/data-sources/{source}/calls", JsonSerializer.Deserialize<JsonElement>($$"""{"tool":"{{tool}}","arguments":{{arguments}}}"""), replica);
        return response.StatusCode;
    }
}
