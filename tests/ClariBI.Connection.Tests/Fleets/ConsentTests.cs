using System.Net;
using System.Net.Sockets;
using System.Web;
using ClariBI.Connection.Tests.Hosting;
using Npgsql;

namespace ClariBI.Connection.Tests.Fleets;

/// <summary>Consent that begins on one replica, comes back on another and is read on a third; and its end.</summary>
[Collection("fleet")]
public sealed class ConsentTests(Fleet fleet) : IAsyncLifetime
{
    private const string Nobody = "/oauth/done?problem=authorization-not-found";
    private readonly Person ada = new(fleet);

    public async ValueTask InitializeAsync() => await fleet.ResetVendorAsync();

    public async ValueTask DisposeAsync()
    {
        ada.Dispose();
        await fleet.ResetVendorAsync();
    }

    [Fact]
    public async Task R07_A_state_is_known_to_every_replica_and_spent_once_however_many_get_it()
    {
        var started = await ada.StartAsync(replica: 0);
        var callback = (await Person.ConsentAsync(AuthorizeUrl(started))).PathAndQuery;

        var places = await Task.WhenAll(Enumerable.Range(0, 2 * Fleet.Replicas).Select(replica => ada.ReturnAsync(callback, replica)));

        places.Count(place => place != Nobody).ShouldBe(1);
        (await fleet.RequestsAsync("/token")).Count.ShouldBe(1);
        for (var replica = 0; replica < Fleet.Replicas; replica++)
        {
            (await ada.GetAsync(Path(started), replica)).GetProperty("status").GetString().ShouldBe("authorized");
        }

        // Replayed later, on yet another replica.
        (await ada.ReturnAsync(callback, replica: 3)).ShouldBe(Nobody);
        (await fleet.RequestsAsync("/token")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task R12_A_callback_works_for_who_began_only_and_a_stranger_cannot_end_it()
    {
        var started = await ada.StartAsync();
        var callback = (await Person.ConsentAsync(AuthorizeUrl(started))).PathAndQuery;
        using var colleague = new Person(fleet, ada.Workspace);
        await colleague.StartAsync();
        using var stranger = new Person(fleet);

        (await colleague.ReturnAsync(callback, replica: 1)).ShouldBe(Nobody);
        (await stranger.ReturnAsync(callback, replica: 2)).ShouldBe(Nobody);

        (await fleet.RequestsAsync("/token")).ShouldBeEmpty();
        await ada.ReturnAsync(callback, replica: 3);
        (await ada.GetAsync(Path(started))).GetProperty("status").GetString().ShouldBe("authorized");
    }

    [Fact]
    public async Task R08_The_callback_leads_back_to_our_own_page_and_the_server_is_where_the_truth_is_read()
    {
        var started = await ada.StartAsync();
        var state = HttpUtility.ParseQueryString(AuthorizeUrl(started).Query)["state"];
        using var response = await ada.RawAsync(
            HttpMethod.Get, $"/api/oauth/callback?state={state}&error=%3Cscript%3Ealert(1)%3C/script%3E&error_description=%3Cb%3Ebold%3C/b%3E", null, 2);

        response.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        response.Headers.Location!.OriginalString.ShouldBe($"/oauth/done?authorization={started.GetProperty("id").GetString()}");
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
        response.Headers.TryGetValues("Cross-Origin-Opener-Policy", out var policy);
        (policy?.Single() ?? "").ShouldNotBe("same-origin", "the wizard must hear of the popup, if the vendor let it live");

        // Whatever became of the window: any replica tells, and the next attempt is free.
        var now = await ada.GetAsync(Path(started), replica: 3);
        now.GetProperty("status").GetString().ShouldBe("failed");
        now.ToString().ShouldNotContain("<script");
        (await ada.ConnectAsync()).ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task R21_Reading_and_staying_is_all_that_is_asked_for()
    {
        var query = HttpUtility.ParseQueryString(AuthorizeUrl(await ada.StartAsync()).Query);

        query["scope"].ShouldBe("mcp:read offline_access");
        query["code_challenge_method"].ShouldBe("S256");
        query["resource"].ShouldBe(fleet.Proxy.Address.ToString().TrimEnd('/'), "as the metadata has it");
    }

    [Fact]
    public async Task R09_Disconnecting_revokes_both_tokens_at_the_vendor_and_leaves_nothing_in_the_vault()
    {
        var before = await GrantsAsync();
        var source = await ada.ConnectAsync();
        (await GrantsAsync()).ShouldBe(before + 1);
        await fleet.ForgetRequestsAsync();

        var (status, body) = await ada.SendAsync(HttpMethod.Post, $"/api/data-sources/{source}/disconnect", replica: 2);

        (status, body.GetProperty("state").GetString()).ShouldBe((HttpStatusCode.OK, "disconnected"));
        (await fleet.RequestsAsync("/revoke")).Count.ShouldBe(2);
        (await GrantsAsync()).ShouldBe(before);
        body.GetProperty("disconnectNote").GetString()!.ShouldNotContain("did not confirm");
        (await ada.ReadAsync(source, replica: 3)).Status.ShouldNotBe(HttpStatusCode.OK);

        // Connecting again is a new consent and a new token.
        await ada.ConnectAsync(source);
        (await fleet.RequestsAsync("/token")).Count.ShouldBe(1);
        (await ada.ReadAsync(source, replica: 1)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task P14_R14_No_address_inside_our_network_is_asked_whoever_gives_it()
    {
        using var inside = new TcpListener(IPAddress.Loopback, 0);
        inside.Start();
        var port = ((IPEndPoint)inside.LocalEndpoint).Port;
        string[] hosts = ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1", "0.0.0.0", "169.254.169.254", "10.0.0.1", "[fd00::1]", "[fe80::1]"];

        var answers = await Task.WhenAll(hosts.Select((host, number) => ada.SendAsync(
            HttpMethod.Post, "/api/authorizations", new { vendor = "custom", serverUrl = $"https://{host}:{port}/mcp" }, number)));

        answers.ShouldAllBe(answer => (int)answer.Status >= 400 && (int)answer.Status <= 502);
        answers.ShouldAllBe(answer => answer.Body.GetProperty("type").GetString() != "about:blank");
        inside.Pending().ShouldBeFalse("nobody knocked");
    }

    private static Uri AuthorizeUrl(System.Text.Json.JsonElement started) => new(started.GetProperty("authorizeUrl").GetString()!);

    private static string Path(System.Text.Json.JsonElement started) => $"/api/authorizations/{started.GetProperty("id").GetString()}";

    private static async Task<long> GrantsAsync()
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Servers.Postgres) { Database = "claribi_vault" }.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = """select count(*) from "Grants" """;
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}
