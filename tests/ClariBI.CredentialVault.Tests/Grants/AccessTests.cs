using System.Text;
using ClariBI.Contracts.CredentialVault;
using ClariBI.CredentialVault.Tests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.CredentialVault.Tests.Grants;

public sealed class AccessTests : IAsyncLifetime
{
    private readonly VaultHost host = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => host.InitializeAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_stored_token_is_leased_sealed_to_the_asker()
    {
        var grant = await host.StoreAsync(Ct);

        var lease = await host.LeaseAsync(grant.Id, grant.Workspace, Ct);

        lease.Token.ShouldBe(grant.Tokens.Access);
        lease.Generation.ShouldBe(1);
        var entry = await host.WithDatabaseAsync(db => db.AccessLog.SingleAsync(row => row.GrantId == grant.Id && row.Outcome == "leased", Ct));
        (entry.Service, entry.Purpose).ShouldBe(("connector", "tools/call test"));
    }

    [Fact]
    public async Task Another_workspace_gets_nothing()
    {
        var grant = await host.StoreAsync(Ct);
        var stranger = Guid.NewGuid();

        (await host.LeaseAsync(grant.Id, stranger, Ct)).Refused!.Reason.ShouldBe(LeaseRefusal.NotFound);

        var revoked = (GrantRevoked)await host.AskAsync<RevokeGrant, GrantRevoked, VaultRequestRefused>(
            new RevokeGrant(grant.Id, stranger, host.Proofs.Make("connector", $"{stranger:N}", $"{grant.Id:N}")), Ct);
        revoked.VendorConfirmed.ShouldBeFalse();
        (await host.SendAsync(grant with { Workspace = stranger }, TimeSpan.FromHours(1), Ct)).ShouldBeOfType<VaultRequestRefused>();
        (await host.LeaseAsync(grant.Id, grant.Workspace, Ct)).Token.ShouldBe(grant.Tokens.Access);
    }

    [Fact]
    public async Task A_forged_proof_is_refused()
    {
        var grant = await host.StoreAsync(Ct);

        var lease = await host.LeaseAsync(grant.Id, grant.Workspace, Ct, change: asked => asked with { Proof = asked.Proof with { Signature = "AAAA" } });
        var otherKey = await host.LeaseAsync(grant.Id, grant.Workspace, Ct, change: asked => asked with { EphemeralPublicKey = asked.EphemeralPublicKey + "A" });
        var stored = await host.SendAsync(grant, TimeSpan.FromHours(1), Ct, asked => asked with { Proof = asked.Proof with { Service = "gateway" } });
        var revoked = await host.AskAsync<RevokeGrant, GrantRevoked, VaultRequestRefused>(
            new RevokeGrant(grant.Id, grant.Workspace, host.Proofs.Make("connector", $"{grant.Workspace:N}", $"{Guid.NewGuid():N}")), Ct);

        lease.Refused!.Reason.ShouldBe(LeaseRefusal.ProofRejected);
        otherKey.Refused!.Reason.ShouldBe(LeaseRefusal.ProofRejected);
        stored.ShouldBeOfType<VaultRequestRefused>();
        revoked.ShouldBeOfType<VaultRequestRefused>();
        host.TokenServer.Revoked.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_proof_grows_old()
    {
        var grant = await host.StoreAsync(Ct);
        var proof = host.Proofs.Make("connector", $"{grant.Workspace:N}", $"{grant.Id:N}");
        host.Clock.Forward(TimeSpan.FromMinutes(3));

        var answer = await host.AskAsync<GetAccessLog, AccessLog, VaultRequestRefused>(new GetAccessLog(grant.Id, grant.Workspace, 10, proof), Ct);

        answer.ShouldBeOfType<VaultRequestRefused>();
    }

    [Fact]
    public async Task Altered_ciphertext_does_not_open()
    {
        var grant = await host.StoreAsync(Ct);
        await host.WithDatabaseAsync(async db =>
        {
            var row = await db.Grants.SingleAsync(stored => stored.Id == grant.Id, Ct);
            row.Ciphertext[0] ^= 1;
            db.Entry(row).Property(stored => stored.Ciphertext).IsModified = true;
            return await db.SaveChangesAsync(Ct);
        });

        (await host.LeaseAsync(grant.Id, grant.Workspace, Ct)).Refused!.Reason.ShouldBe(LeaseRefusal.GrantEnded);
    }

    [Fact]
    public async Task Ciphertext_of_another_grant_does_not_open()
    {
        var (mine, theirs) = (await host.StoreAsync(Ct), await host.StoreAsync(Ct));
        await host.WithDatabaseAsync(async db =>
        {
            var stolen = await db.Grants.AsNoTracking().SingleAsync(row => row.Id == theirs.Id, Ct);
            return await db.Grants.Where(row => row.Id == mine.Id).ExecuteUpdateAsync(
                row => row.SetProperty(r => r.Ciphertext, stolen.Ciphertext).SetProperty(r => r.Nonce, stolen.Nonce)
                    .SetProperty(r => r.WrappedKey, stolen.WrappedKey).SetProperty(r => r.KeyNonce, stolen.KeyNonce), Ct);
        });

        (await host.LeaseAsync(mine.Id, mine.Workspace, Ct)).Refused!.Reason.ShouldBe(LeaseRefusal.GrantEnded);
    }

    [Fact]
    public async Task No_file_of_the_vault_holds_a_token()
    {
        var grant = await host.StoreAsync(Ct);
        await host.LeaseAsync(grant.Id, grant.Workspace, Ct, rejected: 1);

        var files = Directory.GetFiles(host.Folder);

        files.ShouldContain(file => file.EndsWith("vault.db", StringComparison.Ordinal));
        foreach (var file in files)
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            var content = await reader.ReadToEndAsync(Ct);
            foreach (var secret in new[] { grant.Tokens.Access, grant.Tokens.Refresh, "access-", "refresh-", "secret-of-the-client" })
            {
                content.ShouldNotContain(secret, Case.Sensitive, $"{Path.GetFileName(file)} holds a secret.");
            }
        }
    }

    [Fact]
    public async Task Storing_again_is_a_new_generation()
    {
        var grant = await host.StoreAsync(Ct);
        var again = await host.StoreAsync(Ct, id: grant.Id, workspace: grant.Workspace);

        var lease = await host.LeaseAsync(grant.Id, grant.Workspace, Ct);

        (lease.Token, lease.Generation).ShouldBe((again.Tokens.Access, 2));
    }
}
