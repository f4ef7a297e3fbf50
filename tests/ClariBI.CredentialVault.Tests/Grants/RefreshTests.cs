using System.Net;
using ClariBI.Contracts.CredentialVault;
using ClariBI.CredentialVault.Tests.Hosting;
using ClariBI.Testing;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.CredentialVault.Tests.Grants;

public sealed class RefreshTests : IAsyncLifetime
{
    private readonly VaultHost host = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => host.InitializeAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Fifty_leases_of_an_expired_token_make_one_refresh()
    {
        var grant = await host.StoreAsync(Ct, life: TimeSpan.FromMinutes(10));
        host.Clock.Forward(TimeSpan.FromMinutes(11));

        var leases = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => host.LeaseAsync(grant.Id, grant.Workspace, Ct)));

        host.TokenServer.Refreshed.ShouldHaveSingleItem();
        leases.ShouldAllBe(lease => lease.Generation == 2 && lease.Token == leases[0].Token);
        leases[0].Token.ShouldNotBe(grant.Tokens.Access);
    }

    [Fact]
    public async Task A_hundred_leases_over_four_replicas_make_one_refresh()
    {
        var grant = await host.StoreAsync(Ct, life: TimeSpan.FromMinutes(10));
        await using var second = await host.ReplicaAsync();
        await using var third = await host.ReplicaAsync();
        await using var fourth = await host.ReplicaAsync();
        VaultHost[] replicas = [host, second, third, fourth];
        host.Clock.Forward(TimeSpan.FromMinutes(11));

        var leases = await Task.WhenAll(Enumerable.Range(0, 100).Select(turn => replicas[turn % 4].LeaseAsync(grant, Ct)));

        host.TokenServer.Refreshed.ShouldHaveSingleItem();
        leases.ShouldAllBe(lease => lease.Generation == 2 && lease.Token == leases[0].Token);
    }

    [Fact]
    public async Task A_token_is_refreshed_ahead_of_its_end_and_the_old_one_is_leased_meanwhile()
    {
        var grant = await host.StoreAsync(Ct, life: TimeSpan.FromMinutes(60));
        host.Clock.Forward(TimeSpan.FromMinutes(56));
        host.TokenServer.Hold = new TaskCompletionSource();

        var refreshing = host.LeaseAsync(grant.Id, grant.Workspace, Ct);
        await Eventually.GetAsync(() => Task.FromResult(host.TokenServer.Refreshed.Count), count => count == 1);
        var meanwhile = await host.LeaseAsync(grant.Id, grant.Workspace, Ct);
        host.TokenServer.Hold.SetResult();

        meanwhile.Token.ShouldBe(grant.Tokens.Access);
        (await refreshing).Generation.ShouldBe(2);
    }

    [Fact]
    public async Task The_old_refresh_token_is_kept_when_the_answer_has_none()
    {
        host.TokenServer.OmitsRefreshToken = true;
        var grant = await host.StoreAsync(Ct);

        (await host.LeaseAsync(grant.Id, grant.Workspace, Ct, rejected: 1)).Generation.ShouldBe(2);
        host.Clock.Forward(TimeSpan.FromMinutes(2));
        (await host.LeaseAsync(grant.Id, grant.Workspace, Ct, rejected: 2)).Generation.ShouldBe(3);

        host.TokenServer.Refreshed.ShouldBe([grant.Tokens.Refresh, grant.Tokens.Refresh]);
    }

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable, null)]
    [InlineData(HttpStatusCode.InternalServerError, "invalid_grant_of_another_kind")]
    [InlineData(HttpStatusCode.BadRequest, "temporarily_unavailable")]
    [InlineData(HttpStatusCode.BadRequest, "invalid_client_metadata")]
    [InlineData(HttpStatusCode.TooManyRequests, null)]
    public async Task A_passing_fault_of_the_vendor_loses_nothing(HttpStatusCode status, string? error)
    {
        var grant = await host.StoreAsync(Ct, life: TimeSpan.FromMinutes(10));
        host.Clock.Forward(TimeSpan.FromMinutes(11));
        (host.TokenServer.Status, host.TokenServer.Error) = (status, error);

        var refused = (await host.LeaseAsync(grant.Id, grant.Workspace, Ct)).Refused;

        refused!.Reason.ShouldBe(LeaseRefusal.VendorUnavailable);
        refused.RetryAt.ShouldNotBeNull().ShouldBeGreaterThan(host.Clock.GetUtcNow());
        host.TokenServer.Status = null;
        host.Clock.Forward(TimeSpan.FromSeconds(5));
        (await host.LeaseAsync(grant.Id, grant.Workspace, Ct)).Generation.ShouldBe(2);
        host.Events.Ended.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_token_that_still_lives_is_leased_while_the_vendor_is_down()
    {
        var grant = await host.StoreAsync(Ct, life: TimeSpan.FromMinutes(60));
        host.Clock.Forward(TimeSpan.FromMinutes(56));
        host.TokenServer.Status = HttpStatusCode.ServiceUnavailable;

        var lease = await host.LeaseAsync(grant.Id, grant.Workspace, Ct);

        lease.Token.ShouldBe(grant.Tokens.Access);
        host.TokenServer.Refreshed.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest, "invalid_grant")]
    [InlineData(HttpStatusCode.BadRequest, "invalid_client")]
    [InlineData(HttpStatusCode.Unauthorized, "invalid_client")]
    [InlineData(HttpStatusCode.Forbidden, "invalid_grant")]
    public async Task The_vendors_own_word_ends_a_grant_and_is_announced(HttpStatusCode status, string error)
    {
        var grant = await host.StoreAsync(Ct);
        (host.TokenServer.Status, host.TokenServer.Error) = (status, error);

        var refused = (await host.LeaseAsync(grant.Id, grant.Workspace, Ct, rejected: 1)).Refused;

        refused!.Reason.ShouldBe(LeaseRefusal.GrantEnded);
        var ended = await Eventually.GetAsync(
            () => Task.FromResult(host.Events.Ended.SingleOrDefault()), announced => announced is not null);
        (ended!.WorkspaceId, ended.Generation).ShouldBe((grant.Workspace, 1));
        (await host.LeaseAsync(grant.Id, grant.Workspace, Ct)).Refused!.Reason.ShouldBe(LeaseRefusal.GrantEnded);
        host.TokenServer.Refreshed.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_rejected_generation_that_is_old_already_costs_no_refresh()
    {
        var grant = await host.StoreAsync(Ct);
        var second = await host.LeaseAsync(grant.Id, grant.Workspace, Ct, rejected: 1);

        var again = await host.LeaseAsync(grant.Id, grant.Workspace, Ct, rejected: 1);

        again.Token.ShouldBe(second.Token);
        host.TokenServer.Refreshed.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_claim_that_nobody_came_back_for_runs_out()
    {
        var grant = await host.StoreAsync(Ct, life: TimeSpan.FromMinutes(10));
        host.Clock.Forward(TimeSpan.FromMinutes(11));
        var until = host.Clock.GetUtcNow() + TimeSpan.FromSeconds(1);
        await host.WithDatabaseAsync(db => db.Grants.Where(row => row.Id == grant.Id).ExecuteUpdateAsync(
            row => row.SetProperty(r => r.RefreshClaim, Guid.NewGuid()).SetProperty(r => r.RefreshClaimedUntil, until), Ct));

        (await host.LeaseAsync(grant.Id, grant.Workspace, Ct)).Generation.ShouldBe(2);
    }

    [Fact]
    public async Task An_interrupted_renewal_whose_key_is_missing_does_not_hold_up_the_others()
    {
        var (stuck, other) = (await host.StoreAsync(Ct), await host.StoreAsync(Ct));
        await host.WithDatabaseAsync(db => db.Grants.Where(row => row.Id == stuck.Id).ExecuteUpdateAsync(row => row.SetProperty(r => r.KeyVersion, "gone"), Ct));
        foreach (var (grant, ago) in new[] { (stuck, 3), (other, 2) })
        {
            var until = host.Clock.GetUtcNow() - TimeSpan.FromSeconds(ago);
            await host.WithDatabaseAsync(db => db.Grants.Where(row => row.Id == grant.Id).ExecuteUpdateAsync(
                row => row.SetProperty(r => r.RefreshClaim, Guid.NewGuid()).SetProperty(r => r.RefreshClaimedUntil, until), Ct));
        }

        await Eventually.GetAsync(
            () => host.WithDatabaseAsync(db => db.Grants.Where(row => row.Id == other.Id).Select(row => row.Generation).SingleAsync(Ct)), generation => generation == 2);
    }

    [Fact]
    public async Task A_grant_that_is_deleted_while_it_is_refreshed_leaves_no_token_at_the_vendor()
    {
        var grant = await host.StoreAsync(Ct);
        host.TokenServer.Hold = new TaskCompletionSource();
        var refreshing = host.LeaseAsync(grant.Id, grant.Workspace, Ct, rejected: 1);
        await Eventually.GetAsync(() => Task.FromResult(host.TokenServer.Refreshed.Count), count => count == 1);

        await host.AskAsync<RevokeGrant, GrantRevoked, VaultRequestRefused>(
            new RevokeGrant(grant.Id, grant.Workspace, host.Proofs.Make("connector", $"{grant.Workspace:N}", $"{grant.Id:N}")), Ct);
        host.TokenServer.Hold.SetResult();

        (await refreshing).Refused!.Reason.ShouldBe(LeaseRefusal.NotFound);
        await Eventually.GetAsync(() => Task.FromResult(host.TokenServer.Revoked.Count), count => count == 4);
    }
}
