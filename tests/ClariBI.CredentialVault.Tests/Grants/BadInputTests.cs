using System.Text;
using ClariBI.Contracts.CredentialVault;
using ClariBI.CredentialVault.Tests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.CredentialVault.Tests.Grants;

/// <summary>Messages that no service of ours sends: refused, and nothing half-written.</summary>
public sealed class BadInputTests : IAsyncLifetime
{
    private readonly VaultHost host = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => host.InitializeAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"AccessToken":"a"}""")]
    [InlineData("""{"AccessToken":"","TokenEndpoint":"https://v.test/t","ClientId":"c"}""")]
    [InlineData("""{"AccessToken":"a","TokenEndpoint":"javascript:alert(1)","ClientId":"c"}""")]
    [InlineData("""{"AccessToken":"a","TokenEndpoint":"/token","ClientId":"c"}""")]
    [InlineData("""{"AccessToken":"a","TokenEndpoint":"https://v.test/t","ClientId":""}""")]
    [InlineData("""{"AccessToken":"a","TokenEndpoint":"https://v.test/t","ClientId":"c","ClientAuthentication":"tls"}""")]
    [InlineData("""{"AccessToken":"a","TokenEndpoint":"https://v.test/t","ClientId":"c","GrantType":"password"}""")]
    [InlineData("""{"AccessToken":"a","TokenEndpoint":"https://v.test/t","ClientId":"c","RevocationEndpoint":"nowhere"}""")]
    [InlineData("""{"AccessToken":"a","TokenEndpoint":"https://v.test/t","ClientId":"c","ExpiresAt":"tomorrow"}""")]
    [InlineData("""{"AccessToken":"a","AccessToken":"b","TokenEndpoint":"https://v.test/t","ClientId":"c"}""")]
    [InlineData("""{"AccessToken":"a","TokenEndpoint":"https://v.test/t","ClientId":"c","Scope":"\u0000"}""")]
    [InlineData("""{"AccessToken":{"a":1},"TokenEndpoint":"https://v.test/t","ClientId":"c"}""")]
    [InlineData("""{"AccessToken":"a","TokenEndpoint":"https://v.test/t","Cli""")]
    public async Task Tokens_that_are_not_complete_are_refused(string json)
    {
        var grant = new StoredGrant(Guid.NewGuid(), Guid.NewGuid(), host.TokenServer.Issue());

        var answer = await host.SendJsonAsync(grant, Encoding.UTF8.GetBytes(json), Ct);

        answer.ShouldBeOfType<VaultRequestRefused>().Detail.ShouldContain("not complete");
        await NothingWasWrittenAsync();
    }

    [Fact]
    public async Task Boxes_and_vendors_that_are_none_are_refused()
    {
        var grant = new StoredGrant(Guid.NewGuid(), Guid.NewGuid(), host.TokenServer.Issue());
        Func<StoreGrant, StoreGrant>[] changes =
        [
            asked => asked with { Vendor = "" },
            asked => asked with { Vendor = new string('v', 500) },
            asked => asked with { Vendor = "a\0b" },
            asked => asked with { Vendor = null! },
            asked => asked with { Tokens = null! },
            asked => asked with { Proof = null! },
            asked => asked with { Proof = asked.Proof with { Service = null! } },
            asked => asked with { Proof = asked.Proof with { Signature = null! } },
            asked => asked with { Tokens = asked.Tokens with { Nonce = "!!" } },
            asked => asked with { Tokens = asked.Tokens with { Nonce = null! } },
            asked => asked with { Tokens = asked.Tokens with { EphemeralPublicKey = "AAAA" } },
            asked => Signed(asked with { Tokens = asked.Tokens with { Ciphertext = "" } }),
            asked => Signed(asked with { Tokens = asked.Tokens with { Ciphertext = "not base64!" } }),
        ];

        foreach (var change in changes)
        {
            (await host.SendAsync(grant, TimeSpan.FromHours(1), Ct, change)).ShouldBeOfType<VaultRequestRefused>();
        }

        await NothingWasWrittenAsync();
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("not base64!")]
    [InlineData("MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A")]
    public async Task A_lease_to_a_key_that_is_none_is_refused_and_not_logged_as_given(string key)
    {
        var grant = await host.StoreAsync(Ct);

        var answer = await host.LeaseAsync(grant.Id, grant.Workspace, Ct, change: asked => asked with
        {
            EphemeralPublicKey = key,
            Proof = host.Proofs.Make("connector", $"{grant.Workspace:N}", $"{grant.Id:N}", key),
        });

        answer.Refused!.Reason.ShouldBe(LeaseRefusal.BadRequest);
        (await host.AccessLogAsync(grant, Ct)).Select(entry => entry.Outcome).ShouldBe(["stored"]);
    }

    [Fact]
    public async Task Long_and_odd_purposes_and_limits_are_cut_to_size()
    {
        var grant = await host.StoreAsync(Ct);
        foreach (var purpose in new[] { new string('p', 5000), "a\0b", null!, string.Concat(Enumerable.Repeat("😀", 300)) })
        {
            (await host.LeaseAsync(grant.Id, grant.Workspace, Ct, change: asked => asked with { Purpose = purpose })).Token.ShouldBe(grant.Tokens.Access);
        }

        foreach (var limit in new[] { int.MinValue, 0, int.MaxValue })
        {
            var proof = host.Proofs.Make("connector", $"{grant.Workspace:N}", $"{grant.Id:N}");
            (await host.AskAsync<GetAccessLog, AccessLog, VaultRequestRefused>(new GetAccessLog(grant.Id, grant.Workspace, limit, proof), Ct))
                .ShouldBeOfType<AccessLog>();
        }
    }

    private StoreGrant Signed(StoreGrant asked) => asked with
    {
        Proof = host.Proofs.Make("connector", $"{asked.WorkspaceId:N}", $"{asked.GrantId:N}", asked.Tokens.Ciphertext),
    };

    private async Task NothingWasWrittenAsync() => await host.WithDatabaseAsync(async db =>
    {
        (await db.Grants.CountAsync(Ct)).ShouldBe(0);
        (await db.AccessLog.CountAsync(Ct)).ShouldBe(0);
        (await db.PendingRevocations.CountAsync(Ct)).ShouldBe(0);
        return 0;
    });
}
