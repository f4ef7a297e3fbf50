using System.Net;
using ClariBI.Contracts.CredentialVault;
using ClariBI.CredentialVault.Grants;
using ClariBI.CredentialVault.Tests.Hosting;
using ClariBI.Testing;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.CredentialVault.Tests.Grants;

/// <summary>What vendors do at a renewal besides answering as the RFC has it.</summary>
public sealed class RenewalTests : IAsyncLifetime
{
    private readonly VaultHost host = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => host.InitializeAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Ten_minutes_of_503_lose_nothing_and_are_announced_once()
    {
        var grant = await host.StoreAsync(Ct, life: TimeSpan.FromMinutes(10));
        host.Clock.Forward(TimeSpan.FromMinutes(11));
        (host.TokenServer.Status, host.TokenServer.RetryAfter) = (HttpStatusCode.ServiceUnavailable, "3");

        for (var second = 0; second < 600; second += 10)
        {
            (await host.LeaseAsync(grant, Ct)).Refused!.Reason.ShouldBe(LeaseRefusal.VendorUnavailable);
            host.Clock.Forward(TimeSpan.FromSeconds(10));
        }

        var asked = host.TokenServer.Refreshed.Count;
        asked.ShouldBeLessThan(15, "the vault backs off");
        host.TokenServer.Status = null;
        host.Clock.Forward(TimeSpan.FromMinutes(3));
        (await host.LeaseAsync(grant, Ct)).Generation.ShouldBe(2);
        host.TokenServer.Refreshed.ShouldAllBe(presented => presented == grant.Tokens.Refresh);
        await Eventually.GetAsync(() => Task.FromResult(host.Events.Refreshed), told => told.Count == 1);
        var failed = host.Events.RefreshFailed.ShouldHaveSingleItem();
        (failed.GrantId, failed.Generation).ShouldBe((grant.Id, 1));
        failed.Detail.ShouldContain("HTTP 503");
        host.Events.Ended.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("<html>Bad gateway</html>", HttpStatusCode.OK)]
    [InlineData("<html>error: invalid_grant</html>", HttpStatusCode.BadRequest)]
    [InlineData("", HttpStatusCode.OK)]
    [InlineData("[]", HttpStatusCode.OK)]
    [InlineData("""{"access_token":"access-cut-o""", HttpStatusCode.OK)]
    [InlineData("""{"access_token":"","refresh_token":"x"}""", HttpStatusCode.OK)]
    [InlineData("""{"access_token":7}""", HttpStatusCode.OK)]
    [InlineData("""{"error":"invalid_grant"}""", HttpStatusCode.InternalServerError)]
    [InlineData("""{"error":"invalid_client"}""", HttpStatusCode.TooManyRequests)]
    [InlineData("""{"error":"invalid_grant"}""", HttpStatusCode.NotFound)]
    [InlineData("""{"error":"invalid_client"}""", HttpStatusCode.ProxyAuthenticationRequired)]
    [InlineData("""{"error":["invalid_grant"]}""", HttpStatusCode.BadRequest)]
    public async Task A_body_that_is_no_answer_loses_nothing(string body, HttpStatusCode status)
    {
        var grant = await host.StoreAsync(Ct);
        (host.TokenServer.Html, host.TokenServer.Status) = (body, status);

        (await host.LeaseAsync(grant, Ct, rejected: 1)).Refused!.Reason.ShouldBe(LeaseRefusal.VendorUnavailable);

        (host.TokenServer.Html, host.TokenServer.Status) = (null, null);
        host.Clock.Forward(TimeSpan.FromSeconds(10));
        (await host.LeaseAsync(grant, Ct, rejected: 1)).Generation.ShouldBe(2);
    }

    [Fact]
    public async Task A_vendor_that_is_gone_loses_nothing()
    {
        var grant = await host.StoreAsync(Ct, tokens: tokens => tokens with { TokenEndpoint = "http://127.0.0.1:9/token" });

        var refused = (await host.LeaseAsync(grant, Ct, rejected: 1)).Refused!;

        refused.Reason.ShouldBe(LeaseRefusal.VendorUnavailable);
        (await host.LeaseAsync(grant, Ct)).Token.ShouldBe(grant.Tokens.Access);
    }

    [Fact]
    public async Task Without_an_expiry_a_token_is_renewed_on_rejection_only()
    {
        host.TokenServer.OmitsExpiry = true;
        var grant = await host.StoreAsync(Ct, tokens: tokens => tokens with { ExpiresAt = null });
        host.Clock.Forward(TimeSpan.FromDays(3));

        (await host.LeaseAsync(grant, Ct)).Generation.ShouldBe(1);
        host.TokenServer.Refreshed.ShouldBeEmpty();
        (await host.LeaseAsync(grant, Ct, rejected: 1)).Generation.ShouldBe(2);
        host.Clock.Forward(TimeSpan.FromMinutes(2));
        (await host.LeaseAsync(grant, Ct, rejected: 2)).Generation.ShouldBe(3);
    }

    [Fact]
    public async Task The_same_resource_is_sent_and_left_out_once_where_the_vendor_refuses_it()
    {
        var grant = await host.StoreAsync(Ct);
        await host.LeaseAsync(grant, Ct, rejected: 1);
        host.TokenServer.Asked.ShouldHaveSingleItem()["resource"].ShouldBe(host.TokenServer.Url);

        host.TokenServer.RefusesResource = true;
        host.Clock.Forward(TimeSpan.FromMinutes(2));
        (await host.LeaseAsync(grant, Ct, rejected: 2)).Generation.ShouldBe(3);
        host.TokenServer.Asked.Select(form => form.ContainsKey("resource")).ShouldBe([true, true, false]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task A_token_that_lives_for_seconds_is_renewed_once_per_life_and_handed_out(int seconds)
    {
        host.TokenServer.ExpiresIn = seconds;
        var grant = await host.StoreAsync(Ct, life: TimeSpan.FromSeconds(seconds));
        host.Clock.Forward(TimeSpan.FromSeconds(seconds + 1));

        (await host.LeaseAsync(grant, Ct)).Generation.ShouldBe(2);

        host.TokenServer.Refreshed.Count.ShouldBe(1);
        host.Clock.Forward(TimeSpan.FromSeconds(seconds + 1));
        (await host.LeaseAsync(grant, Ct)).Generation.ShouldBe(3);
        host.TokenServer.Refreshed.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_token_that_is_rejected_because_its_few_seconds_are_over_was_no_fresh_one()
    {
        host.TokenServer.ExpiresIn = 4;
        var grant = await host.StoreAsync(Ct);
        (await host.LeaseAsync(grant, Ct, rejected: 1)).Generation.ShouldBe(2);
        host.Clock.Forward(TimeSpan.FromSeconds(4));

        (await host.LeaseAsync(grant, Ct, rejected: 2)).Generation.ShouldBe(3);
    }

    [Theory]
    [InlineData("invalid_grant")]
    [InlineData("invalid_client")]
    public async Task A_clear_no_is_not_asked_a_second_time(string error)
    {
        var grant = await host.StoreAsync(Ct);
        (host.TokenServer.Status, host.TokenServer.Error) = (HttpStatusCode.BadRequest, error);

        await host.LeaseAsync(grant, Ct, rejected: 1);

        host.TokenServer.Refreshed.ShouldHaveSingleItem();
        var ended = await Eventually.GetAsync(() => Task.FromResult(host.Events.Ended.SingleOrDefault()), told => told is not null);
        ended!.ClientGone.ShouldBe(error == "invalid_client" ? new GoneClient(host.TokenServer.Url, "client-1") : null);
        ended.Reason.ShouldNotContain("interrupted");
    }

    [Fact]
    public async Task A_service_account_is_renewed_by_its_own_credentials_once_for_all()
    {
        var grant = await host.StoreAsync(
            Ct, life: TimeSpan.FromMinutes(10), tokens: tokens => tokens with { RefreshToken = null, GrantType = "client_credentials" });
        host.Clock.Forward(TimeSpan.FromMinutes(11));

        var leases = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => host.LeaseAsync(grant, Ct)));

        leases.ShouldAllBe(lease => lease.Generation == 2);
        var asked = host.TokenServer.Asked.ShouldHaveSingleItem();
        (asked["grant_type"], asked["scope"], asked["client_id"]).ShouldBe(("client_credentials", "mcp:read offline_access", "client-1"));
        asked.ContainsKey("refresh_token").ShouldBeFalse();
    }

    [Fact]
    public async Task A_service_account_whose_secret_was_changed_ends_without_blaming_our_registration()
    {
        var grant = await host.StoreAsync(Ct, tokens: tokens => tokens with { RefreshToken = null, GrantType = "client_credentials" });
        host.TokenServer.ClientSecrets = ["another"];

        (await host.LeaseAsync(grant, Ct, rejected: 1)).Refused!.Reason.ShouldBe(LeaseRefusal.GrantEnded);

        var ended = await Eventually.GetAsync(() => Task.FromResult(host.Events.Ended.SingleOrDefault()), told => told is not null);
        ended!.Reason.ShouldContain("service account");
        ended.ClientGone.ShouldBeNull();
    }

    [Fact]
    public async Task An_answer_that_was_lost_is_told_of_when_the_vendor_takes_the_token_no_more()
    {
        var grant = await host.StoreAsync(Ct);
        host.TokenServer.DropsAnswer = true;
        (await host.LeaseAsync(grant, Ct, rejected: 1)).Refused!.Reason.ShouldBe(LeaseRefusal.VendorUnavailable);
        host.TokenServer.DropsAnswer = false;
        host.Clock.Forward(TimeSpan.FromSeconds(10));

        var refused = (await host.LeaseAsync(grant, Ct, rejected: 1)).Refused!;

        refused.Reason.ShouldBe(LeaseRefusal.GrantEnded);
        refused.Detail.ShouldContain("its answer did not arrive");
        refused.Detail.ShouldNotContain("withdrawn");
    }

    [Fact]
    public async Task A_claim_is_moved_on_while_a_slow_vendor_thinks()
    {
        var grant = await host.StoreAsync(Ct);
        await using var replica = await host.ReplicaAsync();
        host.TokenServer.Hold = new TaskCompletionSource();
        var refreshing = host.LeaseAsync(grant, Ct, rejected: 1);
        await Eventually.GetAsync(() => Task.FromResult(host.TokenServer.Refreshed.Count), count => count == 1);
        var first = await UntilAsync(grant);

        // The holder's clock stands still for the others: each beat shows as a later end of the claim.
        await Eventually.GetAsync(() => UntilAsync(grant), until => until > first);
        var waiting = replica.LeaseAsync(grant, Ct, rejected: 1);
        host.TokenServer.Hold.SetResult();

        (await refreshing).Generation.ShouldBe(2);
        (await waiting).Generation.ShouldBe(2);
        host.TokenServer.Refreshed.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task One_whose_claim_ran_out_still_stores_what_the_vendor_gave_it()
    {
        var grant = await host.StoreAsync(Ct);
        host.TokenServer.Hold = new TaskCompletionSource();
        var refreshing = host.LeaseAsync(grant, Ct, rejected: 1);
        await Eventually.GetAsync(() => Task.FromResult(host.TokenServer.Refreshed.Count), count => count == 1);
        await host.WithDatabaseAsync(db => db.Grants.Where(row => row.Id == grant.Id).ExecuteUpdateAsync(
            row => row.SetProperty(r => r.RefreshClaim, Guid.NewGuid()), Ct));

        host.TokenServer.Hold.SetResult();

        (await refreshing).Generation.ShouldBe(2);
    }

    [Fact]
    public async Task The_loser_of_a_race_does_not_end_the_winners_grant()
    {
        var grant = await host.StoreAsync(Ct);
        host.TokenServer.Hold = new TaskCompletionSource();
        var losing = host.LeaseAsync(grant, Ct, rejected: 1);
        await Eventually.GetAsync(() => Task.FromResult(host.TokenServer.Refreshed.Count), count => count == 1);
        await host.StoreAsync(Ct, id: grant.Id, workspace: grant.Workspace);
        (host.TokenServer.Status, host.TokenServer.Error) = (HttpStatusCode.BadRequest, "invalid_grant");
        host.TokenServer.Hold.SetResult();

        (await losing).Generation.ShouldBe(2);
        host.Events.Ended.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(3600, 5)]
    [InlineData(30, 3)]
    [InlineData(4, 0.4)]
    [InlineData(0, 0)]
    [InlineData(-20, 0)]
    public void The_margin_before_the_end_shrinks_with_the_life(double life, double margin)
    {
        var now = TimeProvider.System.GetUtcNow();
        (now.AddSeconds(life) - RefreshTiming.UnusableAt(now, now.AddSeconds(life))).ShouldBe(TimeSpan.FromSeconds(margin), TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public void The_back_off_grows_has_a_limit_and_heeds_the_vendor()
    {
        var now = TimeProvider.System.GetUtcNow();
        (RefreshTiming.RetryAt(now, 0, null) - now).ShouldBeInRange(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2.5));
        (RefreshTiming.RetryAt(now, 3, null) - now).ShouldBeInRange(TimeSpan.FromSeconds(16), TimeSpan.FromSeconds(20));
        (RefreshTiming.RetryAt(now, 500, null) - now).ShouldBeInRange(TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(2.5));
        (RefreshTiming.RetryAt(now, 0, TimeSpan.FromMinutes(1)) - now).ShouldBeInRange(TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(61));
        (RefreshTiming.RetryAt(now, 0, TimeSpan.FromDays(30)) - now).ShouldBeLessThan(TimeSpan.FromMinutes(11));
        (RefreshTiming.RetryAt(now, 0, TimeSpan.FromSeconds(-5)) - now).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(2));
    }

    private async Task<DateTimeOffset?> UntilAsync(StoredGrant grant) => await host.WithDatabaseAsync(
        db => db.Grants.Where(row => row.Id == grant.Id).Select(row => row.RefreshClaimedUntil).SingleAsync(Ct));
}
