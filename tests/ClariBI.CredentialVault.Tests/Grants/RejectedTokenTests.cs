using System.Net;
using ClariBI.Contracts.CredentialVault;
using ClariBI.CredentialVault.Tests.Hosting;

namespace ClariBI.CredentialVault.Tests.Grants;

/// <summary>Access tokens that the vendor's server rejects although they were just renewed.</summary>
public sealed class RejectedTokenTests : IAsyncLifetime
{
    private readonly VaultHost host = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => host.InitializeAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_token_that_ends_twenty_seconds_after_its_renewal_is_renewed_again_at_once()
    {
        var grant = await host.StoreAsync(Ct);
        (await host.LeaseAsync(grant, Ct, rejected: 1)).Generation.ShouldBe(2);
        host.Clock.Forward(TimeSpan.FromSeconds(20));

        (await host.LeaseAsync(grant, Ct, rejected: 2)).Generation.ShouldBe(3);
    }

    [Fact]
    public async Task A_token_that_is_rejected_at_once_is_renewed_again_after_seconds()
    {
        var grant = await host.StoreAsync(Ct);
        (await host.LeaseAsync(grant, Ct, rejected: 1)).Generation.ShouldBe(2);

        var refused = (await host.LeaseAsync(grant, Ct, rejected: 2)).Refused!;

        refused.Reason.ShouldBe(LeaseRefusal.TokenRejected);
        (refused.RetryAt!.Value - host.Clock.GetUtcNow()).ShouldBeInRange(TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(2.5));
        refused.Detail.ShouldContain("just renewed");
        (await host.LeaseAsync(grant, Ct)).Generation.ShouldBe(2, "the vendor may know it a moment later");
        host.Clock.Forward(TimeSpan.FromSeconds(3));
        (await host.LeaseAsync(grant, Ct, rejected: 2)).Generation.ShouldBe(3);
    }

    [Fact]
    public async Task Many_who_tell_of_the_same_rejection_count_as_one_and_cost_no_renewal()
    {
        var grant = await host.StoreAsync(Ct);
        await using var replica = await host.ReplicaAsync();
        (await host.LeaseAsync(grant, Ct, rejected: 1)).Generation.ShouldBe(2);

        var told = await Task.WhenAll(Enumerable.Range(0, 40).Select(turn => (turn % 2 == 0 ? host : replica).LeaseAsync(grant, Ct, rejected: 2)));

        told.ShouldAllBe(answer => answer.Refused!.Reason == LeaseRefusal.TokenRejected && answer.Refused.RetryAt != null);
        host.TokenServer.Refreshed.ShouldHaveSingleItem();
        (await host.WithDatabaseAsync(db => Task.FromResult(db.Grants.Single(row => row.Id == grant.Id).Failures))).ShouldBe(1);
    }

    [Fact]
    public async Task A_vendor_that_rejects_everything_for_minutes_needs_a_person_and_is_left_alone()
    {
        var grant = await host.StoreAsync(Ct);
        var (generation, waits, refused) = ((await host.LeaseAsync(grant, Ct, rejected: 1)).Generation, new List<TimeSpan>(), (LeaseRefused?)null);
        var began = host.Clock.GetUtcNow();
        for (var turn = 0; turn < 30 && refused is not { RetryAt: null }; turn++)
        {
            refused = (await host.LeaseAsync(grant, Ct, rejected: generation)).Refused;
            if (refused?.RetryAt is { } at)
            {
                waits.Add(at - host.Clock.GetUtcNow());
                host.Clock.Forward(waits[^1] + TimeSpan.FromMilliseconds(1));
                generation = (await host.LeaseAsync(grant, Ct, rejected: generation)).Generation;
            }
        }

        refused!.Reason.ShouldBe(LeaseRefusal.TokenRejected);
        refused.RetryAt.ShouldBeNull();
        refused.Detail.ShouldContain($"the access was renewed {host.TokenServer.Refreshed.Count} times");
        (host.Clock.GetUtcNow() - began).ShouldBeInRange(TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(12));
        host.TokenServer.Refreshed.Count.ShouldBeInRange(5, 12);
        waits[^1].ShouldBeGreaterThan(waits[0] * 8);
        host.Events.Ended.ShouldBeEmpty("the grant is kept: the fault may be the vendor's server's");

        var renewals = host.TokenServer.Refreshed.Count;
        host.Clock.Forward(TimeSpan.FromMinutes(10));
        (await host.LeaseAsync(grant, Ct, rejected: generation)).Refused!.RetryAt.ShouldBeNull();
        host.TokenServer.Refreshed.Count.ShouldBe(renewals);
        host.Clock.Forward(TimeSpan.FromMinutes(6));
        (await host.LeaseAsync(grant, Ct, rejected: generation)).Generation.ShouldBe(generation + 1, "one renewal tries again by itself");
    }

    [Fact]
    public async Task A_vendor_that_needs_a_moment_for_each_token_is_never_given_up()
    {
        var grant = await host.StoreAsync(Ct);
        var generation = 1;
        for (var turn = 0; turn < 20; turn++)
        {
            generation = (await host.LeaseAsync(grant, Ct, rejected: generation)).Generation;
            (await host.LeaseAsync(grant, Ct, rejected: generation)).Refused!.RetryAt.ShouldNotBeNull();
            host.Clock.Forward(TimeSpan.FromSeconds(2));
            (await host.LeaseAsync(grant.Id, grant.Workspace, Ct, change: lease => lease with { AcceptedGeneration = generation })).Generation.ShouldBe(generation);
            host.Clock.Forward(TimeSpan.FromMinutes(2));
        }

        generation.ShouldBe(21);
    }

    [Fact]
    public async Task An_outage_between_two_rejections_is_no_rejection()
    {
        var grant = await host.StoreAsync(Ct);
        (await host.LeaseAsync(grant, Ct, rejected: 1)).Generation.ShouldBe(2);
        (await host.LeaseAsync(grant, Ct, rejected: 2)).Refused!.RetryAt.ShouldNotBeNull();
        host.TokenServer.Status = HttpStatusCode.ServiceUnavailable;
        for (var minute = 0; minute < 10; minute++)
        {
            host.Clock.Forward(TimeSpan.FromMinutes(3));
            (await host.LeaseAsync(grant, Ct, rejected: 2)).Refused!.Reason.ShouldBe(LeaseRefusal.VendorUnavailable);
        }

        host.TokenServer.Status = null;
        host.Clock.Forward(TimeSpan.FromMinutes(3));
        (await host.LeaseAsync(grant, Ct, rejected: 2)).Generation.ShouldBe(3);
        (await host.LeaseAsync(grant, Ct, rejected: 3)).Refused!.RetryAt.ShouldNotBeNull("one rejection is no series");
    }
}
