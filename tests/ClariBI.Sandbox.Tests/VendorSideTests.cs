using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace ClariBI.Sandbox.Tests;

/// <summary>What a vendor does to its clients: it lets a renewal be repeated, ends grants, and forgets who registered.</summary>
public sealed class VendorSideTests : IAsyncDisposable
{
    private readonly LiveSandbox live = new();

    [Fact]
    public async Task With_grace_an_interrupted_renewal_can_be_repeated_once_and_older_tokens_end_the_grant()
    {
        using var changed = await live.Admin.PostAsJsonAsync("/settings", new { refresh = "grace" }, TestContext.Current.CancellationToken);
        changed.EnsureSuccessStatusCode();
        var account = live.Us();
        var (client, tokens) = await account.SignInAsync(organisation: "shop");
        var first = tokens.GetProperty("refresh_token").GetString()!;

        var lost = await account.RefreshAsync(client, first);
        var repeated = await account.RefreshAsync(client, first);
        var next = await account.RefreshAsync(client, repeated.Body.GetProperty("refresh_token").GetString()!);
        var old = await account.RefreshAsync(client, first);

        lost.Status.ShouldBe(HttpStatusCode.OK);
        repeated.Status.ShouldBe(HttpStatusCode.OK);
        next.Status.ShouldBe(HttpStatusCode.OK);
        old.Body.GetProperty("error").GetString().ShouldBe("invalid_grant");
    }

    [Fact]
    public async Task An_administrator_ends_every_grant_and_forgets_the_clients()
    {
        var account = live.Us();
        var (client, tokens) = await account.SignInAsync(organisation: "shop");

        using var revoked = await live.Admin.DeleteAsync(new Uri("/grants", UriKind.Relative), TestContext.Current.CancellationToken);
        using var knock = await account.KnockAsync(tokens.GetProperty("access_token").GetString());
        var refresh = await account.RefreshAsync(client, tokens.GetProperty("refresh_token").GetString()!);
        using var forgotten = await live.Admin.DeleteAsync(new Uri("/clients", UriKind.Relative), TestContext.Current.CancellationToken);
        var gone = await account.RefreshAsync(client, tokens.GetProperty("refresh_token").GetString()!);

        revoked.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        forgotten.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        knock.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        refresh.Body.GetProperty("error").GetString().ShouldBe("invalid_grant");
        gone.Body.GetProperty("error").GetString().ShouldBe("invalid_client");
        var grants = await live.Admin.GetFromJsonAsync<JsonElement>("/grants", TestContext.Current.CancellationToken);
        grants[0].GetProperty("revokedBecause").GetString().ShouldBe("revoked by an administrator");
    }

    [Fact]
    public async Task Access_tokens_can_end_before_their_time_and_are_renewed()
    {
        var account = live.Us();
        var (client, tokens) = await account.SignInAsync(organisation: "shop");

        using var ended = await live.Admin.DeleteAsync(new Uri("/access-tokens", UriKind.Relative), TestContext.Current.CancellationToken);
        using var knock = await account.KnockAsync(tokens.GetProperty("access_token").GetString());
        var renewed = await account.RefreshAsync(client, tokens.GetProperty("refresh_token").GetString()!);
        using var again = await account.KnockAsync(renewed.Body.GetProperty("access_token").GetString());

        ended.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        knock.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        again.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    public ValueTask DisposeAsync() => live.DisposeAsync();
}
