using ClariBI.Connector.Calls.Sending;
using ClariBI.Connector.DataSources;
using ClariBI.Connector.Mcp;
using ClariBI.Connector.Vendors;
using Microsoft.Extensions.Options;

namespace ClariBI.Connector.Tests.Calls;

public sealed class LimiterTests
{
    private static readonly TimeProvider Clock = TimeProvider.System;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_so_many_calls_are_under_way_and_the_first_who_waits_goes_first()
    {
        using var limiters = Limiters(new ConnectorOptions { CallsAtOnce = 2 });
        var source = new DataSource();
        var one = await limiters.EnterAsync(source, VendorQuirks.None, Effort(), Ct);
        using var two = await limiters.EnterAsync(source, VendorQuirks.None, Effort(), Ct);
        var third = limiters.EnterAsync(source, VendorQuirks.None, Effort(), Ct);
        var fourth = limiters.EnterAsync(source, VendorQuirks.None, Effort(), Ct);

        third.IsCompleted.ShouldBeFalse();
        one.Dispose();
        (await third.WaitAsync(TimeSpan.FromSeconds(5), Ct)).Dispose();
        (await fourth.WaitAsync(TimeSpan.FromSeconds(5), Ct)).Dispose();
    }

    [Fact]
    public async Task A_vendors_rate_is_shared_by_the_replicas()
    {
        using var limiters = Limiters(new ConnectorOptions { Replicas = 3 });
        var source = new DataSource();
        var quirks = new VendorQuirks(CallsPerMinute: 10);
        for (var call = 0; call < 3; call++)
        {
            (await limiters.EnterAsync(source, quirks, Effort(), Ct)).Dispose();
        }

        using var impatient = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        impatient.CancelAfter(TimeSpan.FromMilliseconds(300));
        var effort = Effort();
        await Should.ThrowAsync<OperationCanceledException>(() => limiters.EnterAsync(source, quirks, effort, impatient.Token));
        effort.HeldBackUntil.ShouldNotBeNull();
    }

    [Theory]
    [InlineData(86_400, 900)]
    [InlineData(30, 30)]
    public async Task A_vendors_wait_holds_within_bounds(int asked, int held)
    {
        using var limiters = Limiters(new ConnectorOptions());
        var source = new DataSource();
        limiters.Pause(source.Id, TimeSpan.FromSeconds(asked));

        var refused = await Should.ThrowAsync<VendorRateLimitedException>(() => limiters.EnterAsync(source, VendorQuirks.None, Effort(), Ct));

        refused.RetryAfter!.Value.ShouldBe(TimeSpan.FromSeconds(held), TimeSpan.FromSeconds(2));
    }

    private static CallLimiters Limiters(ConnectorOptions options) => new(Options.Create(options), Clock);

    private static CallEffort Effort()
    {
        var effort = new CallEffort();
        effort.ExtendTo(Clock.GetTimestamp() + (5 * Clock.TimestampFrequency));
        return effort;
    }
}
