using System.Net;
using ClariBI.CredentialVault.Keys;
using ClariBI.CredentialVault.Tests.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace ClariBI.CredentialVault.Tests.Keys;

/// <summary>The real client against a server that speaks the Key Vault's protocol.</summary>
public sealed class AzureKeyVaultKeysTests : IAsyncLifetime
{
    private readonly ShiftedClock clock = new();
    private KeyVaultServer server = null!;
    private AzureKeyVaultKeys keys = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        server = await KeyVaultServer.StartAsync();
        keys = Keys();
    }

    public async ValueTask DisposeAsync()
    {
        keys.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task The_challenge_is_answered_once_and_the_key_is_cached()
    {
        var version = server.Add();

        var first = await keys.CurrentAsync(Ct);
        var again = await keys.CurrentAsync(Ct);
        var byVersion = await keys.GetAsync(version, Ct);

        (first.Version, first.Key.Length).ShouldBe((version, 32));
        (again, byVersion).ShouldBe((first, first));
        server.Requests.Select(request => request.Authorized).ShouldBe([false, true]);
        var signIn = server.SignIns.ShouldHaveSingleItem();
        signIn.Scopes.ShouldBe(["https://vault.azure.net/.default"]);
        signIn.TenantId.ShouldBe("11111111-2222-3333-4444-555555555555");
    }

    [Fact]
    public async Task Many_that_ask_at_once_make_one_request()
    {
        server.Add();

        var all = await Task.WhenAll(Enumerable.Range(0, 40).Select(async _ => (await keys.CurrentAsync(Ct)).Version));

        all.Distinct().ShouldHaveSingleItem();
        server.Answered.ShouldBe(1);
    }

    [Fact]
    public async Task A_new_version_is_taken_up_after_five_minutes_and_the_old_one_stays_readable()
    {
        var old = server.Add();
        await keys.CurrentAsync(Ct);
        var fresh = server.Add();

        (await keys.CurrentAsync(Ct)).Version.ShouldBe(old);
        clock.Forward(TimeSpan.FromMinutes(6));
        (await keys.CurrentAsync(Ct)).Version.ShouldBe(fresh);
        (await Keys().GetAsync(old, Ct)).Version.ShouldBe(old);
    }

    [Fact]
    public async Task Asked_anew_the_newest_version_is_known_at_once()
    {
        server.Add();
        await keys.CurrentAsync(Ct);
        var fresh = server.Add();

        (await keys.NewestAsync(Ct)).Version.ShouldBe(fresh);
        (await keys.CurrentAsync(Ct)).Version.ShouldBe(fresh);
    }

    [Fact]
    public async Task A_missing_version_is_named()
    {
        server.Add();

        var missing = await Should.ThrowAsync<KeyVersionMissingException>(async () => await keys.GetAsync("0123456789abcdef0123456789abcdef", Ct));

        missing.Message.ShouldContain("0123456789abcdef0123456789abcdef");
    }

    [Fact]
    public async Task A_disabled_newest_version_is_passed_over_and_a_disabled_old_one_is_named()
    {
        var (good, better, disabled) = (server.Add(), server.Add(), server.Add());
        server.Disable(disabled);

        (await keys.CurrentAsync(Ct)).Version.ShouldBe(better);
        server.Disable(good);
        (await Should.ThrowAsync<KeyVersionMissingException>(async () => await keys.GetAsync(good, Ct))).Message.ShouldContain("enable it again");
    }

    [Theory]
    [InlineData("not base64 at all!")]
    [InlineData("c2hvcnQ=")]
    [InlineData("")]
    public async Task A_malformed_secret_is_refused_without_being_quoted(string value)
    {
        server.Add(value);

        var refused = await Should.ThrowAsync<KeysUnavailableException>(async () => await keys.CurrentAsync(Ct));

        refused.Message.ShouldContain("not base64 of 32 bytes");
        if (value.Length > 0)
        {
            refused.ToString().ShouldNotContain(value);
        }
    }

    [Fact]
    public async Task Throttling_is_waited_out_as_long_as_the_Key_Vault_asks()
    {
        server.Add();
        server.FailNext(HttpStatusCode.TooManyRequests);
        var watch = System.Diagnostics.Stopwatch.StartNew();

        await keys.CurrentAsync(Ct);

        watch.Elapsed.ShouldBeGreaterThan(TimeSpan.FromMilliseconds(900));
        server.Answered.ShouldBe(2);
    }

    [Fact]
    public async Task A_short_outage_is_ridden_out()
    {
        server.Add();
        server.FailNext(HttpStatusCode.ServiceUnavailable, HttpStatusCode.InternalServerError);

        (await keys.CurrentAsync(Ct)).Key.Length.ShouldBe(32);
    }

    [Fact]
    public async Task The_last_key_wraps_on_while_the_Key_Vault_does_not_answer()
    {
        server.Add();
        server.Away = HttpStatusCode.ServiceUnavailable;
        await Should.ThrowAsync<KeysUnavailableException>(async () => await keys.CurrentAsync(Ct));
        server.Away = null;
        var first = await keys.CurrentAsync(Ct);
        clock.Forward(TimeSpan.FromMinutes(6));
        server.Away = HttpStatusCode.ServiceUnavailable;

        (await keys.CurrentAsync(Ct)).ShouldBe(first);
        var asked = server.Answered;
        (await keys.CurrentAsync(Ct)).ShouldBe(first);
        server.Answered.ShouldBe(asked, "an outage is not asked about for every lease");
    }

    [Fact]
    public async Task A_new_version_is_made_and_all_are_listed()
    {
        var versions = new List<string> { server.Add(), server.Add() };

        var made = await keys.AddAsync(Ct);

        versions.Add(made.Version);
        (await keys.VersionsAsync(Ct)).ShouldBe(versions, ignoreOrder: true);
        (await keys.CurrentAsync(Ct)).ShouldBe(made);
        (await Keys().GetAsync(made.Version, Ct)).Key.ShouldBe(made.Key);
    }

    [Fact]
    public async Task A_missing_permission_or_secret_says_what_to_do()
    {
        (await Should.ThrowAsync<KeysUnavailableException>(async () => await keys.CurrentAsync(Ct))).Message.ShouldContain("no secret");
        server.Add();
        server.MayNotSet = true;
        (await Should.ThrowAsync<KeysUnavailableException>(async () => await keys.AddAsync(Ct))).Message.ShouldContain("permissions get, list and set");
    }

    private AzureKeyVaultKeys Keys() => new(
        server.Client(), Options.Create(new VaultOptions()), clock, NullLogger<AzureKeyVaultKeys>.Instance);
}
