using System.Net;
using ClariBI.Contracts.CredentialVault;
using ClariBI.CredentialVault.Tests.Hosting;
using ClariBI.Testing;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.CredentialVault.Tests.Revocations;

public sealed class RevocationTests : IAsyncLifetime
{
    private readonly VaultHost host = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => host.InitializeAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Revoking_deletes_and_tells_the_vendor_refresh_token_first()
    {
        var grant = await host.StoreAsync(Ct);

        var revoked = await host.RevokeAsync(grant, Ct);

        (revoked.VendorConfirmed, revoked.WillRetry).ShouldBe((true, false));
        host.TokenServer.Revoked.ShouldBe([grant.Tokens.Refresh, grant.Tokens.Access]);
        (await host.LeaseAsync(grant, Ct)).Refused!.Reason.ShouldBe(LeaseRefusal.NotFound);
        (await host.WithDatabaseAsync(db => db.Grants.CountAsync(Ct))).ShouldBe(0);
        (await OpenAsync()).ShouldBe(0);
        (await host.AccessLogAsync(grant, Ct)).Select(entry => entry.Outcome).Take(2).ShouldBe(["revocation_confirmed", "revoked"]);
    }

    [Fact]
    public async Task A_vendor_that_is_away_is_asked_again_until_it_answers_and_the_end_is_announced()
    {
        var grant = await host.StoreAsync(Ct);
        host.TokenServer.Status = HttpStatusCode.ServiceUnavailable;

        var revoked = await host.RevokeAsync(grant, Ct);

        (revoked.VendorConfirmed, revoked.WillRetry).ShouldBe((false, true));
        revoked.Detail.ShouldContain("HTTP 503");
        revoked.Detail.ShouldContain("keeps asking");
        (await host.WithDatabaseAsync(db => db.Grants.CountAsync(Ct))).ShouldBe(0);
        (await OpenAsync()).ShouldBe(1);
        host.TokenServer.Status = null;
        host.Clock.Forward(TimeSpan.FromMinutes(2));
        var settled = await Eventually.GetAsync(() => Task.FromResult(host.Events.Settled.SingleOrDefault()), told => told is not null);
        (settled!.GrantId, settled.WorkspaceId, settled.Confirmed).ShouldBe((grant.Id, grant.Workspace, true));
        host.TokenServer.Revoked.TakeLast(2).ShouldBe([grant.Tokens.Refresh, grant.Tokens.Access]);
        (await OpenAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task After_a_week_the_vault_gives_up_and_says_so()
    {
        var grant = await host.StoreAsync(Ct);
        host.TokenServer.Status = HttpStatusCode.BadGateway;
        await host.RevokeAsync(grant, Ct);

        host.Clock.Forward(TimeSpan.FromDays(8));

        var settled = await Eventually.GetAsync(() => Task.FromResult(host.Events.Settled.SingleOrDefault()), told => told is not null);
        settled!.Confirmed.ShouldBeFalse();
        settled.Detail.ShouldContain("7 days");
        (await OpenAsync()).ShouldBe(0);
        (await host.AccessLogAsync(grant, Ct))[0].Outcome.ShouldBe("revocation_given_up");
    }

    [Fact]
    public async Task A_vendor_without_an_endpoint_is_told_of_honestly_and_nothing_is_kept()
    {
        var grant = await host.StoreAsync(Ct, tokens: tokens => tokens with { RevocationEndpoint = null });

        var revoked = await host.RevokeAsync(grant, Ct);

        (revoked.VendorConfirmed, revoked.WillRetry).ShouldBe((false, false));
        revoked.Detail.ShouldContain("no way to revoke");
        (await OpenAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task What_the_vendor_refuses_for_good_is_not_asked_again()
    {
        var grant = await host.StoreAsync(Ct);
        host.TokenServer.Status = HttpStatusCode.BadRequest;

        var revoked = await host.RevokeAsync(grant, Ct);

        (revoked.VendorConfirmed, revoked.WillRetry).ShouldBe((false, false));
        revoked.Detail.ShouldContain("HTTP 400");
        (await OpenAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_grant_that_is_stored_after_it_was_given_back_is_refused_and_revoked()
    {
        var late = new StoredGrant(Guid.NewGuid(), Guid.NewGuid(), host.TokenServer.Issue());
        await host.RevokeAsync(late, Ct);

        var answer = await host.SendAsync(late, TimeSpan.FromHours(1), Ct);

        answer.ShouldBeOfType<VaultRequestRefused>().Detail.ShouldContain("given back");
        await Eventually.GetAsync(() => Task.FromResult(host.TokenServer.Revoked.ToArray()), revoked => revoked.Length == 2);
        host.TokenServer.Revoked.ShouldBe([late.Tokens.Refresh, late.Tokens.Access]);
        (await host.LeaseAsync(late, Ct)).Refused!.Reason.ShouldBe(LeaseRefusal.NotFound);
    }

    [Fact]
    public async Task Storing_and_revoking_at_once_never_leaves_a_grant_behind()
    {
        var grants = Enumerable.Range(0, 12).Select(_ => new StoredGrant(Guid.NewGuid(), Guid.NewGuid(), host.TokenServer.Issue())).ToArray();

        await Task.WhenAll(grants.SelectMany(grant => new[]
        {
            (Task)host.SendAsync(grant, TimeSpan.FromHours(1), Ct),
            host.RevokeAsync(grant, Ct),
        }));

        (await host.WithDatabaseAsync(db => db.Grants.CountAsync(Ct))).ShouldBe(0);
        await Eventually.GetAsync(() => Task.FromResult(host.TokenServer.Revoked.Distinct().Count()), count => count == 24);
    }

    [Fact]
    public async Task A_command_that_nobody_waits_for_revokes_days_later_too_and_its_end_is_announced()
    {
        var grant = await host.StoreAsync(Ct);
        var command = host.Revocation(grant);
        host.Clock.Forward(TimeSpan.FromDays(2));

        await host.SendAsync(VaultQueues.RevokeGrant, command, Ct);

        var settled = await Eventually.GetAsync(() => Task.FromResult(host.Events.Settled.SingleOrDefault()), told => told is not null);
        settled!.Confirmed.ShouldBeTrue();
        (await host.WithDatabaseAsync(db => db.Grants.CountAsync(Ct))).ShouldBe(0);
    }

    [Fact]
    public async Task Another_workspace_revokes_nothing()
    {
        var grant = await host.StoreAsync(Ct);

        var answer = await host.RevokeAsync(grant with { Workspace = Guid.NewGuid() }, Ct);

        answer.VendorConfirmed.ShouldBeFalse();
        host.TokenServer.Revoked.ShouldBeEmpty();
        (await host.LeaseAsync(grant, Ct)).Token.ShouldBe(grant.Tokens.Access);
    }

    private Task<int> OpenAsync() => host.WithDatabaseAsync(db => db.PendingRevocations.CountAsync(Ct));
}
