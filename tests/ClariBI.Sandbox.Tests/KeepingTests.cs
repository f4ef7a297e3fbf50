using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace ClariBI.Sandbox.Tests;

/// <summary>What the sandbox remembers stays bounded: grants and clients in its file, requests in its log.</summary>
public sealed class KeepingTests : IAsyncDisposable
{
    private static readonly DateTimeOffset LongAgo = TimeProvider.System.GetUtcNow().AddDays(-3);
    private static readonly string Hash = new('0', 64);
    private readonly string folder = Directory.CreateTempSubdirectory("sandbox-keeping-").FullName;
    private LiveSandbox? live;

    [Fact]
    public async Task Grants_that_nobody_can_use_are_forgotten_after_a_day()
    {
        object Grant(string id, bool revoked, DateTimeOffset expires, string? refresh) =>
            new { Id = id, ClientId = "c", ClientName = "C", OrganisationId = "shop", Scopes = new[] { "mcp:read" }, CreatedAt = LongAgo, Revoked = revoked, AccessHash = Hash, AccessExpiresAt = expires, RefreshHash = refresh is null ? null : Hash };
        var sandbox = Start([Client("c")], [
            Grant("revoked", true, LongAgo, "r"), Grant("expired", false, LongAgo, null), Grant("renewable", false, LongAgo, "r"),
            Grant("lately", false, TimeProvider.System.GetUtcNow().AddHours(-2), null), Grant("revoked-lately", true, TimeProvider.System.GetUtcNow(), null),
        ]);

        await sandbox.Us().RegisterAsync();

        var kept = (await sandbox.Admin.GetFromJsonAsync<JsonElement>("/grants", TestContext.Current.CancellationToken)).EnumerateArray().Select(grant => grant.GetProperty("id").GetString()!);
        kept.ShouldBe(["renewable", "lately", "revoked-lately"], ignoreOrder: true);
    }

    [Fact]
    public async Task The_newest_clients_are_kept_and_those_in_use()
    {
        var used = new { Id = "g", ClientId = "c3", ClientName = "C", OrganisationId = "shop", Scopes = new[] { "mcp:read" }, CreatedAt = LongAgo, AccessExpiresAt = LongAgo, RefreshHash = "r" };
        var sandbox = Start([.. Enumerable.Range(0, 6000).Select(number => Client($"c{number}")), new { Id = "s", Name = "S", RedirectUris = Array.Empty<string>(), SecretHash = "x", ServiceOf = "shop" }], [used]);

        var made = (await sandbox.Us().RegisterAsync()).GetProperty("client_id").GetString()!;

        var saved = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(folder, "grants.json"), TestContext.Current.CancellationToken)).RootElement;
        var ids = saved.GetProperty("Clients").EnumerateArray().Select(client => client.GetProperty("Id").GetString()!).ToHashSet();
        ids.Count.ShouldBe(5002);
        ids.ShouldContain(made);
        ids.ShouldContain("c3");
        ids.ShouldContain("s");
        ids.ShouldContain("c5999");
        ids.ShouldNotContain("c0");
    }

    [Fact]
    public async Task A_service_account_has_one_grant_and_its_tokens_live_side_by_side()
    {
        var sandbox = Start([], []);
        var account = sandbox.Us();
        using var made = await sandbox.Admin.PostAsJsonAsync("/service-accounts", new { name = "Nightly job", organisation = "shop" }, TestContext.Current.CancellationToken);
        var service = await made.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        (string, string)[] form = [("grant_type", "client_credentials"), ("client_id", service.GetProperty("client_id").GetString()!), ("client_secret", service.GetProperty("client_secret").GetString()!)];

        var first = (await account.TokenAsync(form)).Body.GetProperty("access_token").GetString()!;
        var second = (await account.TokenAsync(form)).Body.GetProperty("access_token").GetString()!;

        (await sandbox.Admin.GetFromJsonAsync<JsonElement>("/grants", TestContext.Current.CancellationToken)).GetArrayLength().ShouldBe(1);
        foreach (var token in new[] { first, second })
        {
            using var reply = await account.KnockAsync(token);
            reply.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        using var revoked = await account.Http.PostAsync("/revoke", new FormUrlEncodedContent(new Dictionary<string, string> { ["token"] = first }), TestContext.Current.CancellationToken);
        using var after = await account.KnockAsync(second);
        after.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var renewed = (await account.TokenAsync(form)).Body.GetProperty("access_token").GetString()!;
        using var again = await account.KnockAsync(renewed);
        again.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Long_fields_are_cut_in_the_request_log()
    {
        var sandbox = Start([], []);
        var account = sandbox.Us();
        await account.TokenAsync(("grant_type", new string('x', 500_000)), ("client_secret", new string('s', 500_000)));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp") { Content = JsonContent.Create(new { jsonrpc = "2.0", id = 1, method = new string('m', 500_000), @params = new { } }) };
        request.Headers.UserAgent.ParseAdd(new string('u', 20_000));
        using var refused = await account.Http.SendAsync(request, TestContext.Current.CancellationToken);

        var text = await sandbox.Admin.GetStringAsync("/requests", TestContext.Current.CancellationToken);

        text.Length.ShouldBeLessThan(20_000);
        var seen = JsonDocument.Parse(text).RootElement;
        seen[0].GetProperty("arguments").GetProperty("grant_type").GetString().ShouldBe(new string('x', 2048) + "…");
        seen[1].GetProperty("rpcMethod").GetString()!.Length.ShouldBe(2049);
        seen[1].GetProperty("userAgent").GetString()!.Length.ShouldBe(2049);
    }

    [Fact]
    public async Task The_request_log_forgets_the_oldest_when_it_grows_too_large()
    {
        var sandbox = Start([], []);
        var http = sandbox.Us().Http;
        var body = JsonSerializer.Serialize(new { jsonrpc = "2.0", id = 1, method = "tools/call", @params = new { name = "search_amp_entities", arguments = new { queries = new[] { new string('q', 60_000) } } } });
        for (var call = 0; call < 600; call++)
        {
            using var refused = await http.PostAsync("/mcp", new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")), TestContext.Current.CancellationToken);
        }

        var seen = await sandbox.Admin.GetFromJsonAsync<JsonElement>("/requests", TestContext.Current.CancellationToken);

        seen.GetArrayLength().ShouldBeInRange(450, 560);
        seen[seen.GetArrayLength() - 1].GetProperty("number").GetInt64().ShouldBe(600);
        seen[0].GetProperty("arguments").GetProperty("queries")[0].GetString()!.Length.ShouldBe(60_000);
    }

    public async ValueTask DisposeAsync()
    {
        await (live?.DisposeAsync() ?? ValueTask.CompletedTask);
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private LiveSandbox Start(object[] clients, object[] grants)
    {
        File.WriteAllText(Path.Combine(folder, "grants.json"), JsonSerializer.Serialize(new { Clients = clients, Grants = grants }));
        return live = new(folder);
    }

    private static object Client(string id) => new { Id = id, Name = "C", RedirectUris = new[] { SandboxAccount.Redirect } };
}
