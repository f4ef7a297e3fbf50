using ClariBI.Contracts;
using ClariBI.Contracts.CredentialVault;
using ClariBI.CredentialVault.Access;
using ClariBI.CredentialVault.Tests.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ClariBI.CredentialVault.Tests.Access;

public sealed class AccessLogTests : IAsyncLifetime
{
    private readonly VaultHost host = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => host.InitializeAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task The_log_tells_who_what_for_what_came_of_it_and_until_when()
    {
        var grant = await host.StoreAsync(Ct, life: TimeSpan.FromHours(1));
        await host.LeaseAsync(grant, Ct);
        await host.LeaseAsync(grant, Ct, rejected: 1);
        await host.LeaseAsync(grant, Ct, rejected: 2);

        var log = await host.AccessLogAsync(grant, Ct);

        log.Select(entry => (entry.Outcome, entry.Service, entry.Purpose, entry.Generation)).ShouldBe(
        [
            ("refused", "connector", "tools/call test", 2),
            ("leased", "connector", "tools/call test", 2),
            ("refreshed", "vault", "refresh", 2),
            ("leased", "connector", "tools/call test", 1),
            ("stored", "connector", "store", 1),
        ]);
        log.Where(entry => entry.Outcome == "leased").ShouldAllBe(entry => entry.LeaseExpiresAt > host.Clock.GetUtcNow());
        log.Where(entry => entry.Outcome != "leased").ShouldAllBe(entry => entry.LeaseExpiresAt == null);
    }

    [Fact]
    public async Task It_is_closed_to_other_workspaces_and_to_askers_without_a_proof()
    {
        var grant = await host.StoreAsync(Ct);

        (await host.AccessLogAsync(grant with { Workspace = Guid.NewGuid() }, Ct)).ShouldBeEmpty();
        (await host.AskAsync<GetAccessLog, AccessLog, VaultRequestRefused>(
            new GetAccessLog(grant.Id, grant.Workspace, 10, new ServiceProof("connector", host.Clock.GetUtcNow(), "AAAA")), Ct))
            .ShouldBeOfType<VaultRequestRefused>();
    }

    [Fact]
    public async Task What_is_older_than_the_retention_is_forgotten()
    {
        var old = await host.StoreAsync(Ct);
        await host.RevokeAsync(await host.StoreAsync(Ct), Ct);
        host.Clock.Forward(TimeSpan.FromDays(80));
        await host.LeaseAsync(old, Ct, rejected: 1);
        host.Clock.Forward(TimeSpan.FromDays(11));

        await host.Services.GetRequiredService<AccessLogUpkeep>().CleanAsync(Ct);

        (await host.AccessLogAsync(old, Ct)).Select(entry => entry.Outcome).ShouldBe(["leased", "refreshed"]);
        (await host.WithDatabaseAsync(db => db.RevokedGrants.CountAsync(Ct))).ShouldBe(0);
    }
}
