using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace ClariBI.Sandbox.Tests;

/// <summary>The switch itself: what it takes, refuses and shows.</summary>
public sealed class FaultSwitchTests(FaultTests.OwnSandbox own) : IClassFixture<FaultTests.OwnSandbox>, IAsyncLifetime
{
    private readonly LiveSandbox sandbox = own.Sandbox;

    public async ValueTask InitializeAsync() => await FaultAsync(new { kind = "none" });

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("""{"kind":"nonsense"}""")]
    [InlineData("""{"kind":"slow","count":-1}""")]
    [InlineData("""{"kind":"slow","milliseconds":-5}""")]
    [InlineData("""{"kind":"slow","milliseconds":600001}""")]
    [InlineData("""{"kind":"rate_limited","retryAfter":-1}""")]
    [InlineData("""{"kind":"tool_removed"}""")]
    [InlineData("""{"kind":"endless_pages","tool":"x"}""")]
    [InlineData("""{"kind":"slow","seconds":5}""")]
    [InlineData("""{"count":5}""")]
    [InlineData("""[]""")]
    public async Task A_fault_nobody_knows_is_refused(string body)
    {
        using var reply = await sandbox.Admin.PostAsync("/faults", new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")), TestContext.Current.CancellationToken);

        reply.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await sandbox.Admin.GetStringAsync("/faults", TestContext.Current.CancellationToken)).ShouldBe("[]");
    }

    [Fact]
    public async Task Active_faults_are_listed_with_what_is_left()
    {
        var wire = await Wire.OpenAsync(sandbox.Us());
        await FaultAsync(new { kind = "server_error", count = 3 });
        await FaultAsync(new { kind = "tool_removed", tool = "rename_chart" });
        using var struck = await wire.SendAsync(Wire.Ping);

        var faults = await sandbox.Admin.GetFromJsonAsync<JsonElement>("/faults", TestContext.Current.CancellationToken);

        faults[0].GetProperty("kind").GetString().ShouldBe("server_error");
        faults[0].GetProperty("count").GetInt32().ShouldBe(2);
        faults[1].GetProperty("tool").GetString().ShouldBe("rename_chart");
    }

    private async Task FaultAsync(object fault)
    {
        using var reply = await sandbox.Admin.PostAsJsonAsync("/faults", fault);
        reply.StatusCode.ShouldBe(HttpStatusCode.NoContent, await reply.Content.ReadAsStringAsync());
    }
}
