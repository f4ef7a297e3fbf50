using System.Diagnostics;
using ClariBI.Contracts.CredentialVault;
using ClariBI.CredentialVault.Tests.Hosting;
using ClariBI.Testing;

namespace ClariBI.CredentialVault.Tests.Grants;

/// <summary>Processes that are killed between asking the vendor and storing its answer.</summary>
public sealed class KilledReplicaTests : IAsyncLifetime
{
    private readonly VaultHost host = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => host.InitializeAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Where_the_vendor_forgives_a_repeat_nothing_is_lost_and_nobody_waits_long()
    {
        host.TokenServer.ForgivesRepeats = true;
        var grant = await KilledWhileTheVendorAnswersAsync();
        var watch = Stopwatch.StartNew();

        var lease = await host.LeaseAsync(grant, Ct, rejected: 1);

        (lease.Generation, lease.Refused).ShouldBe((2, null));
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(16), "a dead process's claim holds the others up for seconds only");
        host.TokenServer.Refreshed.ShouldBe([grant.Tokens.Refresh, grant.Tokens.Refresh]);
        host.Events.Ended.ShouldBeEmpty();
    }

    [Fact]
    public async Task It_is_finished_without_anybody_asking_while_the_vendor_still_forgives()
    {
        host.TokenServer.ForgivesRepeats = true;
        await KilledWhileTheVendorAnswersAsync();

        var refreshed = await Eventually.GetAsync(() => Task.FromResult(host.Events.Refreshed.SingleOrDefault()), told => told is not null, TimeSpan.FromSeconds(25));

        refreshed!.Generation.ShouldBe(2);
    }

    [Fact]
    public async Task Where_the_vendor_does_not_the_reason_says_that_it_was_our_interruption()
    {
        var grant = await KilledWhileTheVendorAnswersAsync();

        var refused = (await host.LeaseAsync(grant, Ct, rejected: 1)).Refused!;

        refused.Reason.ShouldBe(LeaseRefusal.GrantEnded);
        refused.Detail.ShouldContain("A renewal was interrupted");
        refused.Detail.ShouldNotContain("withdrawn");
        var ended = await Eventually.GetAsync(() => Task.FromResult(host.Events.Ended.SingleOrDefault()), told => told is not null);
        ended!.Reason.ShouldBe(refused.Detail);
    }

    /// <returns>A grant whose refresh token the vendor has replaced, with a pair that died with the process.</returns>
    private async Task<StoredGrant> KilledWhileTheVendorAnswersAsync()
    {
        var grant = await host.StoreAsync(Ct);
        await using var replica = await ReplicaProcess.StartAsync(host, Ct);
        (host.TokenServer.Hold, host.TokenServer.HoldsAnswer) = (new TaskCompletionSource(), true);
        var asking = replica.LeaseAsync(host, grant, rejected: 1);
        await Eventually.GetAsync(() => Task.FromResult(host.TokenServer.Refreshed.Count), count => count == 1);

        await replica.KillAsync();

        host.TokenServer.Hold.SetResult();
        host.TokenServer.Hold = null;
        await asking;
        return grant;
    }
}
