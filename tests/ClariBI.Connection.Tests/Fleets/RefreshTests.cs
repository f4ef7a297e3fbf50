using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ClariBI.Connection.Tests.Hosting;
using ClariBI.Testing;

namespace ClariBI.Connection.Tests.Fleets;

/// <summary>What only shows with several replicas that can die: one refresh, no grant lost by our own fault, one truth on all of them.</summary>
[Collection("fleet")]
public sealed class RefreshTests(Fleet fleet) : IAsyncLifetime
{
    private readonly Person ada = new(fleet);

    public async ValueTask InitializeAsync() => await fleet.ResetVendorAsync();

    public async ValueTask DisposeAsync()
    {
        ada.Dispose();
        await fleet.ResetVendorAsync();
        await fleet.MendAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task P06_R02_A_hundred_calls_at_once_on_an_expired_rotating_token_over_four_replicas_make_one_refresh()
    {
        await fleet.SetAsync(new { tokenLife = 6 });
        var source = await ada.ConnectAsync();
        await fleet.SetAsync(new { tokenLife = 3600 });
        await Eventually.GetAsync(
            async () => (await fleet.Admin.GetFromJsonAsync<JsonElement>("/grants")).EnumerateArray().Where(grant => !grant.GetProperty("revoked").GetBoolean())
                .Max(grant => grant.GetProperty("accessExpiresAt").GetDateTimeOffset()),
            expires => expires < TimeProvider.System.GetUtcNow());
        await fleet.Admin.DeleteAsync(new Uri("/requests", UriKind.Relative), TestContext.Current.CancellationToken);

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(number => ada.ReadAsync(source, number, $"word {number}")));

        answers.ShouldAllBe(answer => answer.Status == HttpStatusCode.OK, answers.FirstOrDefault(answer => answer.Status != HttpStatusCode.OK).Body.ToString());
        (await fleet.RequestsAsync("/token")).Count.ShouldBe(1);
        (await fleet.RequestsAsync()).Count(seen => seen.GetProperty("kind").GetString() == "tool").ShouldBe(100);
        (await StateAsync(source)).ShouldBe("connected");
    }

    [Fact]
    public async Task R02_A_hundred_calls_at_once_on_a_token_that_the_vendor_rejects_make_one_refresh_too()
    {
        var source = await ConnectedWithAnEndedTokenAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(number => ada.ReadAsync(source, number, $"word {number}")));

        answers.ShouldAllBe(answer => answer.Status == HttpStatusCode.OK, answers.FirstOrDefault(answer => answer.Status != HttpStatusCode.OK).Body.ToString());
        (await fleet.RequestsAsync("/token")).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("grace")]
    [InlineData("keep")]
    public async Task R02_A_vault_killed_between_the_vendors_answer_and_our_commit_loses_no_grant_where_the_vendor_allows_a_retry(string refresh)
    {
        await fleet.SetAsync(new { refresh });
        var source = await ConnectedWithAnEndedTokenAsync();
        var killed = KillWhoRefreshesNext();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => ada.ReadAsync(source, number, $"word {number}")));

        killed.Count.ShouldBe(1, "the vault that had asked was killed");
        answers.Count(answer => answer.Status == HttpStatusCode.OK).ShouldBe(8, answers.FirstOrDefault(answer => answer.Status != HttpStatusCode.OK).Body.ToString());
        (await StateAsync(source)).ShouldBe("connected");
    }

    [Fact]
    public async Task R02_Where_the_vendor_allows_no_retry_the_data_source_says_that_a_renewal_was_interrupted()
    {
        var source = await ConnectedWithAnEndedTokenAsync();
        var killed = KillWhoRefreshesNext();

        var (status, body) = await ada.ReadAsync(source);

        killed.Count.ShouldBe(1, "the vault that had asked was killed");
        status.ShouldBe(HttpStatusCode.Conflict, body.ToString());
        body.GetProperty("type").GetString().ShouldBe("needs-reauthorization");
        body.GetProperty("detail").GetString()!.ShouldContain("interrupted");
        (await StateAsync(source, replica: 1)).ShouldBe("needs_reauthorization");

        // A person mends it in place.
        (await ada.ConnectAsync(source)).ShouldBe(source);
        (await ada.ReadAsync(source, replica: 3)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task R10_Revoked_at_the_vendor_shows_within_one_call_on_every_replica()
    {
        var source = await ada.ConnectAsync();
        (await ada.ReadAsync(source, replica: 2)).Status.ShouldBe(HttpStatusCode.OK);

        await fleet.Admin.DeleteAsync(new Uri("/grants", UriKind.Relative), TestContext.Current.CancellationToken);
        var (status, body) = await ada.ReadAsync(source, replica: 1, word: "another");

        status.ShouldBe(HttpStatusCode.Conflict, body.ToString());
        for (var replica = 0; replica < Fleet.Replicas; replica++)
        {
            (await StateAsync(source, replica)).ShouldBe("needs_reauthorization");
        }
    }

    [Fact]
    public async Task P02_R03_A_vendor_that_forgot_our_client_is_registered_with_anew_once_and_nobody_is_locked_out()
    {
        var source = await ConnectedWithAnEndedTokenAsync();
        await fleet.Admin.DeleteAsync(new Uri("/clients", UriKind.Relative), TestContext.Current.CancellationToken);

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(number => ada.ReadAsync(source, number, $"word {number}")));
        answers.ShouldAllBe(answer => answer.Status == HttpStatusCode.Conflict);
        (await fleet.RequestsAsync("/token")).Count.ShouldBe(1);

        (await ada.ConnectAsync(source)).ShouldBe(source);
        using var ben = new Person(fleet);
        await ben.ConnectAsync();
        (await fleet.RequestsAsync("/register")).Count.ShouldBe(1);
        (await ada.ReadAsync(source, replica: 2)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task P03_A_token_endpoint_that_answers_503_loses_nothing()
    {
        var source = await ConnectedWithAnEndedTokenAsync();
        await fleet.FaultAsync(new { kind = "token_down" });

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => ada.ReadAsync(source, number, $"word {number}")));
        answers.ShouldAllBe(answer => answer.Status == HttpStatusCode.BadGateway);
        (await StateAsync(source)).ShouldBe("degraded");

        await fleet.FaultAsync(new { kind = "none" });
        await Testing.Eventually.GetAsync(
            async () => (await ada.ReadAsync(source, replica: 3)).Status, status => status == HttpStatusCode.OK, TimeSpan.FromSeconds(60), "the recovery without a person");
        (await StateAsync(source, replica: 1)).ShouldBe("connected");
        (await fleet.RequestsAsync("/authorize")).ShouldBeEmpty("nobody was asked to consent again");
    }

    [Fact]
    public async Task Access_tokens_that_the_vendor_ends_twice_in_a_row_cost_two_renewals_and_no_consent()
    {
        var source = await ConnectedWithAnEndedTokenAsync();
        (await ada.ReadAsync(source, replica: 0, "first")).Status.ShouldBe(HttpStatusCode.OK);
        await fleet.Admin.DeleteAsync(new Uri("/access-tokens", UriKind.Relative), TestContext.Current.CancellationToken);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => ada.ReadAsync(source, number % Fleet.Replicas, $"again {number}")));

        answers.ShouldAllBe(answer => answer.Status == HttpStatusCode.OK, answers[0].Body.ToString());
        (await StateAsync(source)).ShouldBe("connected");
        (await fleet.RequestsAsync("/token")).Count.ShouldBeInRange(2, 3);
    }

    /// <summary>With an access token that the vendor no longer takes, and a request log that begins now.</summary>
    private async Task<string> ConnectedWithAnEndedTokenAsync()
    {
        var source = await ada.ConnectAsync();
        await fleet.Admin.DeleteAsync(new Uri("/access-tokens", UriKind.Relative), TestContext.Current.CancellationToken);
        await fleet.Admin.DeleteAsync(new Uri("/requests", UriKind.Relative), TestContext.Current.CancellationToken);
        return source;
    }

    private ConcurrentBag<int> KillWhoRefreshesNext()
    {
        var killed = new ConcurrentBag<int>();
        fleet.Proxy.AfterToken = context =>
        {
            if (!killed.IsEmpty)
            {
                return Task.FromResult(false);
            }

            var asking = Sockets.OwnerOf(context.Connection.RemotePort, fleet.Vaults);
            asking.ShouldNotBeNull("a vault holds the other end of the connection");
            killed.Add(asking.Id);
            asking.Kill();
            return Task.FromResult(true);
        };
        return killed;
    }

    private async Task<string?> StateAsync(string source, int replica = 0) =>
        (await ada.GetAsync($"/api/data-sources/{source}", replica)).GetProperty("state").GetString();
}
