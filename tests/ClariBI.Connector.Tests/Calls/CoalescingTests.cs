using System.Diagnostics.Metrics;
using ClariBI.Connector.Calls;
using ClariBI.Connector.Tests.Hosting;
using ClariBI.Contracts.Connector;
using ClariBI.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace ClariBI.Connector.Tests.Calls;

public sealed class CoalescingTests : IAsyncLifetime
{
    private readonly ConnectorHost host = new();
    private readonly TaskCompletionSource release = new();

    public ValueTask InitializeAsync() => host.InitializeAsync();

    public ValueTask DisposeAsync()
    {
        release.TrySetResult();
        return host.DisposeAsync();
    }

    [Fact]
    public async Task The_same_call_at_the_same_time_asks_the_vendor_once()
    {
        var bench = await HeldAsync();
        var before = host.Vendor.Calls.Count;
        using var joined = new Joined();

        var calls = new[] { """{"a":1,"b":[2]}""", """{ "b": [2], "a": 1 }""", """{"a":1,"b":[2]}""" }
            .Select(arguments => AskAsync(bench, TestContext.Current.CancellationToken, arguments)).ToList();
        await Eventually.GetAsync(() => Task.FromResult((Sent: host.Vendor.Calls.Count, joined.Count)), seen => seen.Sent > before && seen.Count >= 2);
        release.SetResult();
        var answers = (await Task.WhenAll(calls)).Select(answer => answer.ShouldBeOfType<ToolCallCompleted>());

        host.Vendor.Calls.Count.ShouldBe(before + 1);
        answers.Select(answer => answer.Text).Distinct().Count().ShouldBe(1);
        var log = await bench.LogAsync("?limit=3");
        log.Count(call => call.GetProperty("coalesced").GetBoolean()).ShouldBe(2);
        log.Sum(call => call.GetProperty("attempts").GetInt32()).ShouldBe(1);
        log.Select(call => call.GetProperty("argumentsHash").GetString()).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task Other_arguments_and_other_accounts_are_asked_for_themselves()
    {
        var other = await CallBench.ConnectAsync(host);
        var bench = await HeldAsync();
        var before = host.Vendor.Calls.Count;

        Task<ToolCallCompleted>[] calls = [bench.CompletedAsync(arguments: """{"a":1}"""), bench.CompletedAsync(arguments: """{"a":2}"""), other.CompletedAsync(arguments: """{"a":1}""")];
        await Eventually.GetAsync(() => Task.FromResult(host.Vendor.Calls.Count), count => count == before + 3);
        release.SetResult();
        await Task.WhenAll(calls);

        host.Vendor.Calls.Count.ShouldBe(before + 3);
    }

    [Fact]
    public async Task The_first_ones_impatience_does_not_end_the_others()
    {
        var bench = await HeldAsync();
        var before = host.Vendor.Calls.Count;

        using var joined = new Joined();
        using var patience = new CancellationTokenSource();
        var first = AskAsync(bench, patience.Token);
        await Eventually.GetAsync(() => Task.FromResult(host.Vendor.Calls.Count), count => count == before + 1);
        var second = AskAsync(bench, TestContext.Current.CancellationToken);
        await Eventually.GetAsync(() => Task.FromResult(joined.Count), count => count >= 1);
        await patience.CancelAsync();

        (await first).ShouldBeOfType<ToolCallFailed>().Reason.ShouldBe(ToolCallFailure.TimedOut);
        release.SetResult();
        (await second).ShouldBeOfType<ToolCallCompleted>().Text.ShouldBe("""{"success":true}""");
        host.Vendor.Calls.Count.ShouldBe(before + 1);
    }

    [Fact]
    public async Task When_nobody_waits_any_more_the_call_ends_at_the_vendor_too()
    {
        var bench = await CallBench.ConnectAsync(host);
        var (arrived, aborted) = (new TaskCompletionSource(), new TaskCompletionSource());
        host.Vendor.OnCall = async (context, _) =>
        {
            context.RequestAborted.Register(() => aborted.TrySetResult());
            arrived.TrySetResult();
            await release.Task;
            return false;
        };
        using var patience = new CancellationTokenSource();
        var call = AskAsync(bench, patience.Token);
        await arrived.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await patience.CancelAsync();

        (await call).ShouldBeOfType<ToolCallFailed>().Reason.ShouldBe(ToolCallFailure.TimedOut);

        await aborted.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        var told = await Eventually.GetAsync(
            () => Task.FromResult(host.Vendor.Notifications.Where(message => (string?)message["method"] == "notifications/cancelled").ToList()), sent => sent.Count > 0);
        told.Count.ShouldBe(1);
        told[0]["params"]!["requestId"].ShouldNotBeNull();
    }

    /// <summary>Asks as somebody who may stop waiting at any time.</summary>
    private async Task<object> AskAsync(CallBench bench, CancellationToken patience, string arguments = "{}")
    {
        await using var scope = host.Services.CreateAsyncScope();
        var call = new CallTool(bench.Person.Caller.WorkspaceId, bench.Id, CallBench.Idempotent, arguments, null, "Ada", TimeSpan.FromSeconds(60));
        return (await scope.ServiceProvider.GetRequiredService<ToolCaller>().MakeAsync(call, patience)).Answer;
    }

    private async Task<CallBench> HeldAsync()
    {
        var bench = await CallBench.ConnectAsync(host);
        await bench.CompletedAsync();
        host.Vendor.OnCall = async (_, _) =>
        {
            await release.Task;
            return false;
        };
        return bench;
    }

    /// <summary>
    /// Counts the calls of this test that found the same one under way. The counter is the process's, and other tests run beside
    /// this one; what is measured is heard where it is asked for.
    /// </summary>
    private sealed class Joined : IDisposable
    {
        private static readonly AsyncLocal<Joined?> Asking = new();
        private readonly MeterListener listener = new();
        private int count;

        public Joined()
        {
            Asking.Value = this;
            listener.InstrumentPublished = (instrument, listening) =>
            {
                if (instrument == ConnectorTelemetry.Coalesced)
                {
                    listening.EnableMeasurementEvents(instrument);
                }
            };
            listener.SetMeasurementEventCallback<long>((_, more, _, _) =>
            {
                if (Asking.Value == this)
                {
                    Interlocked.Add(ref count, (int)more);
                }
            });
            listener.Start();
        }

        public int Count => Volatile.Read(ref count);

        public void Dispose() => listener.Dispose();
    }
}
