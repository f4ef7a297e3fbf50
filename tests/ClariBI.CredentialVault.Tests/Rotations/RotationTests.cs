using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClariBI.CredentialVault.Rotations;
using ClariBI.CredentialVault.Tests.Hosting;
using ClariBI.Testing;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.CredentialVault.Tests.Rotations;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class RotationTests : IAsyncLifetime
{
    private readonly VaultHost host = new();

    public RotationTests()
    {
        host.Settings["Vault:RotationBatch"] = "2";

        // A vendor is held back while keys are rotated, which takes its time on a busy machine.
        host.Settings["Vault:VendorTimeout"] = "00:01:00";
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => host.InitializeAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_rotation_rewraps_everything_without_touching_a_token_and_tells_how_far_it_is()
    {
        var grants = await StoreAsync(7);
        host.TokenServer.Status = HttpStatusCode.ServiceUnavailable;
        var givenBack = await host.StoreAsync(Ct);
        await host.RevokeAsync(givenBack, Ct);
        host.TokenServer.Status = null;
        var before = await CiphertextsAsync();

        var started = await StartAsync(newKey: true);
        var finished = await FinishedAsync(started);

        (finished["to"]!.GetValue<string>(), Number(finished, "total"), Number(finished, "done"), Number(finished, "failed")).ShouldBe(("2", 9, 9, 0));
        finished["failures"]!.AsArray().ShouldBeEmpty();
        (await VersionsInUseAsync()).ShouldBe(["2"]);
        (await CiphertextsAsync()).ShouldBe(before, "tokens are not encrypted anew");
        foreach (var grant in grants)
        {
            (await host.LeaseAsync(grant, Ct)).Token.ShouldBe(grant.Tokens.Access);
        }

        var keys = (await host.Http().GetFromJsonAsync<JsonNode>("/api/encryption-keys", Ct))!;
        (keys["provider"]!.GetValue<string>(), keys["current"]!.GetValue<string>()).ShouldBe(("key_file", "2"));
        keys["versions"]!.AsArray().Select(version => (version!["version"]!.GetValue<string>(), version["current"]!.GetValue<bool>(), Number(version, "grants")))
            .ShouldBe([("1", false, 0), ("2", true, 7)]);
        keys["rotation"]!["id"]!.GetValue<string>().ShouldBe(started["id"]!.GetValue<string>());
        await host.StoreAsync(Ct);
    }

    [Fact]
    public async Task Refreshes_and_leases_go_on_during_a_rotation_and_wrap_with_the_new_key()
    {
        var grants = await StoreAsync(10);
        await using var replica = await host.ReplicaAsync();
        await replica.LeaseAsync(grants[0], Ct);

        var started = await StartAsync(newKey: true);
        var leases = await Task.WhenAll(grants.Select((grant, turn) => (turn % 2 == 0 ? host : replica).LeaseAsync(grant, Ct, rejected: 1)));
        await FinishedAsync(started);

        leases.ShouldAllBe(lease => lease.Generation == 2);
        (await VersionsInUseAsync()).ShouldBe(["2"]);
        foreach (var (grant, lease) in grants.Zip(leases))
        {
            (await replica.LeaseAsync(grant, Ct)).Token.ShouldBe(lease.Token);
        }
    }

    [Fact]
    public async Task A_refresh_that_began_before_the_rotation_is_stored_with_the_new_key()
    {
        var grant = await host.StoreAsync(Ct);
        host.TokenServer.Hold = new TaskCompletionSource();
        var refreshing = host.LeaseAsync(grant, Ct, rejected: 1);
        await Eventually.GetAsync(() => Task.FromResult(host.TokenServer.Refreshed.Count), count => count == 1);
        await FinishedAsync(await StartAsync(newKey: true));

        host.TokenServer.Hold.SetResult();

        (await refreshing).Generation.ShouldBe(2);
        (await VersionsInUseAsync()).ShouldBe(["2"]);
    }

    [Fact]
    public async Task A_rotation_that_a_dead_process_left_is_finished_by_another()
    {
        await StoreAsync(5);
        var started = await StartAsync(newKey: true);
        await FinishedAsync(started);
        var id = Guid.Parse(started["id"]!.GetValue<string>());

        // As a process leaves it that is killed half-way: claimed by nobody who lives, a part not done.
        var passed = host.Clock.GetUtcNow() - TimeSpan.FromSeconds(1);
        await host.WithDatabaseAsync(async db =>
        {
            await db.KeyRotations.Where(row => row.Id == id).ExecuteUpdateAsync(
                row => row.SetProperty(r => r.FinishedAt, (DateTimeOffset?)null).SetProperty(r => r.Running, 1).SetProperty(r => r.Done, 3)
                    .SetProperty(r => r.Claim, Guid.NewGuid()).SetProperty(r => r.ClaimedUntil, passed), Ct);
            return 0;
        });
        await host.StoreAsync(Ct);
        await using var replica = await host.ReplicaAsync();

        (await FinishedAsync(started, replica))["finishedAt"].ShouldNotBeNull();
        (await VersionsInUseAsync()).ShouldBe(["2"]);
    }

    [Fact]
    public async Task A_row_that_cannot_be_changed_is_named_to_its_own_workspace_and_the_others_are_done()
    {
        var grants = await StoreAsync(3);
        var broken = grants[1];
        await host.WithDatabaseAsync(db => db.Grants.Where(row => row.Id == broken.Id)
            .ExecuteUpdateAsync(row => row.SetProperty(r => r.WrappedKey, new byte[48]), Ct));

        var started = await StartAsync(newKey: true);
        var finished = await FinishedAsync(started, within: TimeSpan.FromSeconds(40));

        (Number(finished, "total"), Number(finished, "done"), Number(finished, "failed")).ShouldBe((4, 3, 1));
        finished["failures"]!.AsArray().ShouldBeEmpty("it belongs to another workspace");
        var named = (await RotationAsync(host, started, broken.Workspace))["failures"]!.AsArray().ShouldHaveSingleItem()!;
        (named["kind"]!.GetValue<string>(), named["id"]!.GetValue<string>()).ShouldBe(("grant", broken.Id.ToString()));
        (await host.LeaseAsync(grants[0], Ct)).Token.ShouldBe(grants[0].Tokens.Access);
    }

    [Fact]
    public async Task Asking_again_while_one_runs_answers_with_it_and_makes_no_second_key()
    {
        await StoreAsync(2);
        var elsewhere = new KeyRotation { StartedAt = host.Clock.GetUtcNow() };
        elsewhere.Aim("1", 0);
        elsewhere.Take(Guid.NewGuid(), host.Clock.GetUtcNow() + TimeSpan.FromHours(1));
        await host.WithDatabaseAsync(db =>
        {
            db.KeyRotations.Add(elsewhere);
            return db.SaveChangesAsync(Ct);
        });

        var asked = await Task.WhenAll(StartAsync(newKey: true), StartAsync(newKey: true), StartAsync(newKey: false));

        asked.Select(rotation => rotation["id"]!.GetValue<Guid>()).Distinct().ShouldBe([elsewhere.Id]);
        (await File.ReadAllTextAsync(host.KeyFile, Ct)).ShouldNotContain("\"2\"");
        File.GetUnixFileMode(host.KeyFile).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task Without_a_new_key_the_newest_one_is_taken_up()
    {
        await StoreAsync(2);
        await FinishedAsync(await StartAsync(newKey: true));

        var again = await FinishedAsync(await StartAsync(newKey: false));

        (again["to"]!.GetValue<string>(), Number(again, "total"), Number(again, "done")).ShouldBe(("2", 0, 0));
    }

    [Theory]
    [InlineData("GET", "/api/encryption-keys")]
    [InlineData("POST", "/api/encryption-keys/rotations")]
    [InlineData("GET", "/api/encryption-keys/rotations/7e1f6fd4-6f3c-4d4b-9d3f-0a4c1a8f0001")]
    public async Task Owners_of_another_workspace_than_the_first_stay_out(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = method == "POST" ? JsonContent.Create(new { newKey = false }) : null };

        var response = await host.Http(runsInstallation: false).SendAsync(request, Ct);

        response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await response.Content.ReadFromJsonAsync<JsonNode>(Ct))!["type"]!.GetValue<string>().ShouldBe("installation-only");
        using var anonymous = host.Http();
        anonymous.DefaultRequestHeaders.Authorization = null;
        (await anonymous.GetAsync("/api/encryption-keys", Ct)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"newKey\":\"yes\"}")]
    [InlineData("{\"newKey\":1}")]
    [InlineData("{\"newKey\":")]
    public async Task A_bad_request_is_a_problem_and_starts_nothing(string body)
    {
        await StoreAsync(1);

        var response = await host.Http().PostAsync(
            "/api/encryption-keys/rotations", new StringContent(body, System.Text.Encoding.UTF8, "application/json"), Ct);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        (await host.WithDatabaseAsync(db => db.KeyRotations.CountAsync(Ct))).ShouldBe(0);
        (await host.Http().GetAsync($"/api/encryption-keys/rotations/{Guid.NewGuid()}", Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await host.Http().GetAsync("/api/encryption-keys/rotations/nonsense", Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private async Task<List<StoredGrant>> StoreAsync(int count)
    {
        var grants = new List<StoredGrant>();
        for (var turn = 0; turn < count; turn++)
        {
            grants.Add(await host.StoreAsync(Ct));
        }

        return grants;
    }

    private async Task<JsonNode> StartAsync(bool newKey)
    {
        var response = await host.Http().PostAsJsonAsync("/api/encryption-keys/rotations", new { newKey }, Ct);
        response.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var rotation = (await response.Content.ReadFromJsonAsync<JsonNode>(Ct))!;
        response.Headers.Location!.ToString().ShouldBe($"/api/encryption-keys/rotations/{rotation["id"]}");
        return rotation;
    }

    private Task<JsonNode> FinishedAsync(JsonNode rotation, VaultHost? at = null, TimeSpan? within = null) => Eventually.GetAsync(
        () => RotationAsync(at ?? host, rotation), seen => seen["finishedAt"] is not null, within ?? TimeSpan.FromSeconds(40), "the rotation's end");

    private static async Task<JsonNode> RotationAsync(VaultHost host, JsonNode rotation, Guid? workspace = null) =>
        (await host.Http(workspace: workspace).GetFromJsonAsync<JsonNode>($"/api/encryption-keys/rotations/{rotation["id"]}", JsonSerializerOptions.Web, Ct))!;

    private static int Number(JsonNode node, string name) => node[name]!.GetValue<int>();

    private async Task<List<string>> VersionsInUseAsync() => await host.WithDatabaseAsync(async db =>
        (await db.Grants.Select(row => row.KeyVersion).ToListAsync(Ct))
            .Concat(await db.PendingRevocations.Select(row => row.Tokens.KeyVersion).ToListAsync(Ct))
            .Concat(await db.SealingKeyPairs.Select(row => row.PrivateKey.KeyVersion).ToListAsync(Ct)).Distinct().ToList());

    private Task<List<string>> CiphertextsAsync() => host.WithDatabaseAsync(async db =>
        (await db.Grants.OrderBy(row => row.Id).Select(row => row.Ciphertext).ToListAsync(Ct)).ConvertAll(Convert.ToHexString));
}
