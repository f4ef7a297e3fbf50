using ClariBI.Connector.Calls;
using ClariBI.Connector.Data;
using ClariBI.Connector.Tests.Hosting;
using ClariBI.Contracts.Connector;
using ClariBI.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ClariBI.Connector.Tests.Calls;

public sealed class CallLogTests : IAsyncLifetime
{
    private readonly ConnectorHost host = new();

    public ValueTask InitializeAsync() => host.InitializeAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task The_log_is_read_page_by_page()
    {
        var bench = await CallBench.ConnectAsync(host);
        for (var call = 0; call < 5; call++)
        {
            await bench.CompletedAsync(arguments: $$"""{"n":{{call}}}""");
        }

        var all = await bench.LogAsync();
        var first = await bench.LogAsync("?limit=2");
        var second = await bench.LogAsync($"?limit=2&before={first[1].GetProperty("id").GetGuid()}");

        first.Concat(second).Select(Id).ShouldBe(all.Take(4).Select(Id));
        (await bench.LogAsync($"?before={Guid.NewGuid()}")).ShouldBeEmpty();
        all[0].GetProperty("definitionHash").GetString()!.Length.ShouldBe(64);
        all[0].GetProperty("vendorTimeMs").GetInt32().ShouldBeGreaterThanOrEqualTo(0);
    }

    [Fact]
    public void What_no_database_takes_is_not_written()
    {
        var call = new CallLog(null!, TimeProvider.System).Begin(Guid.NewGuid(), Guid.NewGuid(), "half\uD83D a\0pair", "{}", "Ada \uDE00");

        (call.Tool, call.RequestedBy).ShouldBe(("half\uFFFD apair", "Ada \uFFFD"));
    }

    [Fact]
    public async Task Arguments_about_single_persons_are_not_kept()
    {
        var bench = await CallBench.ConnectAsync(host);

        await bench.FailedAsync("get_amp_user_data", """{"userId":"sam@example.com"}""");

        var logged = (await bench.LogAsync())[0];
        logged.GetRawText().ShouldNotContain("sam@example.com");
        logged.GetProperty("argumentsHash").GetString()!.Length.ShouldBe(64);
    }

    [Fact]
    public async Task Calls_leave_the_log_when_their_time_is_over_and_evidence_of_writes_stays()
    {
        var bench = await CallBench.ConnectAsync(host);
        await bench.CompletedAsync();
        await using var scope = host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ConnectorDbContext>();
        await db.Calls.Where(call => call.Tool == "query_amplitude_data").ExecuteUpdateAsync(calls => calls.SetProperty(call => call.Admitted, false), TestContext.Current.CancellationToken);
        await bench.CompletedAsync();
        host.Clock.Forward(TimeSpan.FromDays(91));
        await bench.CompletedAsync();

        await host.Services.GetRequiredService<CallRetention>().CleanAsync(TestContext.Current.CancellationToken);

        var left = await bench.LogAsync();
        left.Count.ShouldBe(2);
        (await bench.SourceAsync()).GetProperty("writesSent").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task A_call_stands_in_the_log_before_it_leaves()
    {
        var bench = await CallBench.ConnectAsync(host);
        var release = new TaskCompletionSource();
        host.Vendor.OnCall = async (_, _) =>
        {
            await release.Task;
            return false;
        };
        var before = host.Vendor.Calls.Count;
        var call = bench.CompletedAsync();
        await Eventually.GetAsync(() => Task.FromResult(host.Vendor.Calls.Count), count => count == before + 1);

        var meanwhile = (await bench.LogAsync())[0];
        release.SetResult();
        await call;
        var after = (await bench.LogAsync())[0];

        (meanwhile.GetProperty("outcome").GetString(), after.GetProperty("outcome").GetString()).ShouldBe(("failed", "completed"));
        meanwhile.GetProperty("detail").GetString()!.ShouldContain("not known");
        after.GetProperty("id").GetString().ShouldBe(meanwhile.GetProperty("id").GetString());
        host.Vendor.OnCall = null;
    }

    [Fact]
    public async Task A_call_that_the_end_of_the_process_cuts_off_is_logged()
    {
        var bench = await CallBench.ConnectAsync(host);
        var release = new TaskCompletionSource();
        host.Vendor.OnCall = async (_, _) =>
        {
            await release.Task;
            return false;
        };
        var before = host.Vendor.Calls.Count;
        var call = bench.FailedAsync();
        await Eventually.GetAsync(() => Task.FromResult(host.Vendor.Calls.Count), count => count == before + 1);

        host.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        (await call).Message.ShouldContain("restarted");
        release.SetResult();
        await using var scope = host.Services.CreateAsyncScope();
        var logged = await scope.ServiceProvider.GetRequiredService<ConnectorDbContext>().Calls
            .OrderByDescending(row => row.At).FirstAsync(TestContext.Current.CancellationToken);
        (logged.Sent, logged.Admitted, logged.Outcome).ShouldBe((true, true, CallOutcome.Failed));
    }

    public static TheoryData<string?, string?> Nonsense => new()
    {
        { "", "{}" },
        { null, "{}" },
        { CallBench.Idempotent, null },
        { CallBench.Idempotent, "" },
        { CallBench.Idempotent, "[]" },
        { CallBench.Idempotent, "{" },
        { CallBench.Idempotent, $$"""{"a":"{{new string('x', 1024 * 1024)}}"}""" },
        { CallBench.Idempotent, string.Concat(Enumerable.Repeat("""{"a":""", 5000)) + "1" + new string('}', 5000) },
    };

    [Theory]
    [MemberData(nameof(Nonsense))]
    public async Task Messages_that_are_no_calls_are_refused_and_never_leave(string? tool, string? arguments)
    {
        var bench = await CallBench.ConnectAsync(host);
        var before = host.Vendor.Calls.Count;

        var failed = await bench.FailedAsync(tool!, arguments!);

        failed.Reason.ShouldBe(ToolCallFailure.ArgumentsNotAccepted);
        host.Vendor.Calls.Count.ShouldBe(before);
        (await bench.LogAsync())[0].GetProperty("outcome").GetString().ShouldBe("failed");
    }

    [Theory]
    [InlineData("-00:00:01")]
    [InlineData("10000000.00:00:00")]
    [InlineData("00:00:00")]
    public async Task An_absurd_time_out_is_ours_instead(string timeout)
    {
        var bench = await CallBench.ConnectAsync(host);

        await bench.CompletedAsync(arguments: """{"a":"\u0000"}""", timeout: TimeSpan.Parse(timeout, System.Globalization.CultureInfo.InvariantCulture));

        (await bench.LogAsync())[0].GetProperty("outcome").GetString().ShouldBe("completed");
    }

    private static Guid Id(System.Text.Json.JsonElement call) => call.GetProperty("id").GetGuid();
}
