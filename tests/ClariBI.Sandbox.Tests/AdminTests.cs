using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace ClariBI.Sandbox.Tests;

/// <summary>On a sandbox of its own: faults strike whoever comes next.</summary>
public sealed class AdminTests(AdminTests.OwnSandbox own) : IClassFixture<AdminTests.OwnSandbox>
{
    private readonly HttpClient admin = own.Admin;
    private readonly SandboxAccount account = new(own.Client());

    public sealed class OwnSandbox : IAsyncLifetime
    {
        private readonly string folder = Directory.CreateTempSubdirectory("sandbox-admin-").FullName;
        private SandboxFactory? factory;

        public HttpClient Admin { get; } = new();

        public HttpClient Client() => factory!.CreateClient(new() { AllowAutoRedirect = false, BaseAddress = new("http://localhost:8787") });

        public ValueTask InitializeAsync()
        {
            factory = SandboxServer.Start(folder, SandboxServer.AnyPort, ("users", "100"));
            Admin.BaseAddress = factory.AdminAddress;
            return ValueTask.CompletedTask;
        }

        public async ValueTask DisposeAsync()
        {
            Admin.Dispose();
            await factory!.DisposeAsync();
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Every_tool_call_is_recorded_and_no_token_is()
    {
        using var emptied = await admin.DeleteAsync("/requests", TestContext.Current.CancellationToken);
        var (clientId, tokens) = await account.SignInAsync();
        await using (var tools = await account.ConnectAsync())
        {
            await tools.FailAsync("rename_chart", """{"chartId":"x","name":"y"}""");
        }

        var text = await admin.GetStringAsync("/requests", TestContext.Current.CancellationToken);

        var seen = JsonDocument.Parse(text).RootElement.EnumerateArray().ToArray();
        var call = seen.Single(request => request.GetProperty("kind").GetString() == "tool");
        call.GetProperty("tool").GetString().ShouldBe("rename_chart");
        call.GetProperty("arguments").GetProperty("chartId").GetString().ShouldBe("x");
        call.GetProperty("token").GetString()!.ShouldStartWith("sha256:");
        seen.Select(request => request.GetProperty("path").GetString()).ShouldContain("/token");
        text.ShouldContain(clientId);
        text.ShouldNotContain(tokens.GetProperty("access_token").GetString()!);
        text.ShouldNotContain(SandboxAccount.Verifier);

        using var cleared = await admin.DeleteAsync("/requests", TestContext.Current.CancellationToken);
        (await admin.GetStringAsync("/requests", TestContext.Current.CancellationToken)).ShouldBe("[]");
    }

    [Fact]
    public async Task Every_MCP_request_is_recorded_with_what_was_answered()
    {
        var (_, tokens) = await account.SignInAsync();
        var token = tokens.GetProperty("access_token").GetString()!;
        using var emptied = await admin.DeleteAsync("/requests", TestContext.Current.CancellationToken);
        using var refused = await account.KnockAsync("made-up");
        await using (var tools = await account.ConnectWithAsync(token, "2025-06-18"))
        {
            await tools.Client.ListToolsAsync(cancellationToken: TestContext.Current.CancellationToken);
            await tools.CallAsync("get_amplitude_context");
        }

        var text = await admin.GetStringAsync("/requests", TestContext.Current.CancellationToken);

        var seen = JsonDocument.Parse(text).RootElement.EnumerateArray().ToArray();
        string Line(JsonElement request) => string.Join(' ', new[] { "kind", "method", "rpcMethod", "protocolVersion", "status" }.Select(field => request.GetProperty(field).ToString()));
        var lines = seen.Select(Line).ToArray();
        lines[0].ShouldBe("mcp POST initialize 2024-11-05 401");
        lines.ShouldContain("mcp POST initialize 2025-06-18 200");
        lines.ShouldContain("mcp POST notifications/initialized 2025-06-18 202");
        lines.ShouldContain("mcp POST tools/list 2025-06-18 200");
        lines.ShouldContain("tool POST tools/call 2025-06-18 200");
        lines.ShouldContain(line => line.StartsWith("mcp DELETE", StringComparison.Ordinal));
        seen[0].GetProperty("grantId").ValueKind.ShouldBe(JsonValueKind.Null);
        var call = seen.Single(request => request.GetProperty("kind").GetString() == "tool");
        call.GetProperty("session").GetString()!.ShouldStartWith("sha256:");
        call.GetProperty("grantId").GetString().ShouldNotBeNullOrEmpty();
        call.GetProperty("region").GetString().ShouldBe("us");
        text.ShouldNotContain(token);
    }

    [Fact]
    public async Task Sign_in_and_decision_are_recorded()
    {
        using var emptied = await admin.DeleteAsync("/requests", TestContext.Current.CancellationToken);
        await account.SignInAsync();

        var seen = await admin.GetFromJsonAsync<JsonElement>("/requests", TestContext.Current.CancellationToken);

        seen.EnumerateArray().Select(request => $"{request.GetProperty("method")} {request.GetProperty("path")} {request.GetProperty("status")}").Distinct()
            .ShouldBe(["POST /register 201", "GET /authorize 200", "POST /sign-in 303", "POST /authorize 302", "POST /token 200"]);
    }

    [Fact]
    public async Task Settings_change_while_it_runs()
    {
        var (clientId, tokens) = await account.SignInAsync();
        var first = tokens.GetProperty("refresh_token").GetString()!;

        await using var tools = await account.ConnectAsync();
        const string chart = """{"kind":"sessions","date_range":{"relative":"Last 3 Days"}}""";
        (await tools.CsvAsync(chart)).Count.ShouldBe(3);

        using var json = await admin.PostAsJsonAsync("/settings", new { results = "json" }, TestContext.Current.CancellationToken);
        (await tools.JsonAsync(chart)).GetProperty("timeSeries")[0].GetArrayLength().ShouldBe(3);
        using var csv = await admin.PostAsJsonAsync("/settings", new { results = "csv" }, TestContext.Current.CancellationToken);
        (await tools.CsvAsync(chart)).Count.ShouldBe(3);
        using var kept = await admin.PostAsJsonAsync("/settings", new { refresh = "keep", replies = "json", tokenLife = 5 }, TestContext.Current.CancellationToken);
        var once = await account.RefreshAsync(clientId, first);
        var twice = await account.RefreshAsync(clientId, first);
        using var reply = await account.KnockAsync(twice.Body.GetProperty("access_token").GetString());
        using var wrong = await admin.PostAsJsonAsync("/settings", new { refresh = "sometimes", tokenLife = 77 }, TestContext.Current.CancellationToken);
        var settings = await admin.GetFromJsonAsync<JsonElement>("/settings", TestContext.Current.CancellationToken);
        using var back = await admin.PostAsJsonAsync("/settings", new { refresh = "rotate", replies = "sse", tokenLife = 3600 }, TestContext.Current.CancellationToken);
        var rotated = await account.RefreshAsync(clientId, first);

        once.Body.TryGetProperty("refresh_token", out _).ShouldBeFalse();
        twice.Status.ShouldBe(HttpStatusCode.OK);
        twice.Body.GetProperty("expires_in").GetInt32().ShouldBe(5);
        reply.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        wrong.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        settings.GetProperty("tokenLife").GetInt32().ShouldBe(5);
        rotated.Body.GetProperty("refresh_token").GetString().ShouldNotBe(first);
    }

    [Fact]
    public async Task Grants_show_what_was_revoked_and_why()
    {
        var (clientId, tokens) = await account.SignInAsync();
        using var revoked = await account.Http.PostAsync("/revoke", new FormUrlEncodedContent(new Dictionary<string, string> { ["client_id"] = clientId, ["token"] = tokens.GetProperty("refresh_token").GetString()! }), TestContext.Current.CancellationToken);

        var grant = (await admin.GetFromJsonAsync<JsonElement>("/grants", TestContext.Current.CancellationToken)).EnumerateArray().Last();

        grant.GetProperty("revoked").GetBoolean().ShouldBeTrue();
        grant.GetProperty("revokedBecause").GetString().ShouldBe("revoked by the client");
        grant.GetProperty("organisationId").GetString().ShouldBe("northwind");
    }

    [Theory]
    [InlineData("unauthorized", HttpStatusCode.Unauthorized)]
    [InlineData("rate_limited", HttpStatusCode.TooManyRequests)]
    [InlineData("down", HttpStatusCode.ServiceUnavailable)]
    public async Task A_fault_strikes_as_often_as_asked(string kind, HttpStatusCode expected)
    {
        var (_, tokens) = await account.SignInAsync();
        var token = tokens.GetProperty("access_token").GetString();
        await FaultAsync(kind, 1);

        using var struck = await account.KnockAsync(token);
        using var spared = await account.KnockAsync(token);

        struck.StatusCode.ShouldBe(expected);
        spared.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Registration_and_token_exchange_can_fail()
    {
        var clientId = (await account.RegisterAsync()).GetProperty("client_id").GetString()!;
        await FaultAsync("registration_down", 0);
        await FaultAsync("code_expired", 1);

        using var registration = await account.Http.PostAsJsonAsync("/register", new { redirect_uris = new[] { SandboxAccount.Redirect } }, TestContext.Current.CancellationToken);
        var expired = await account.RedeemAsync(clientId, (await account.DecideAsync(SandboxAccount.Request(clientId)))["code"]);
        await FaultAsync("none", 0);
        var fine = await account.RedeemAsync(clientId, (await account.DecideAsync(SandboxAccount.Request(clientId)))["code"]);

        registration.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        expired.Body.GetProperty("error").GetString().ShouldBe("invalid_grant");
        fine.Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_public_port_has_no_admin_endpoint()
    {
        using var reply = await account.Http.GetAsync("/requests", TestContext.Current.CancellationToken);

        reply.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private async Task FaultAsync(string kind, int count)
    {
        using var reply = await admin.PostAsJsonAsync("/faults", new { kind, count });
        reply.StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }
}
