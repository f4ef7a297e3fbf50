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

        public HttpClient Admin { get; } = new() { BaseAddress = SandboxServer.FreeAddress() };

        public HttpClient Client() => factory!.CreateClient(new() { AllowAutoRedirect = false, BaseAddress = new("http://localhost:8787") });

        public ValueTask InitializeAsync()
        {
            factory = SandboxServer.Start(folder, Admin.BaseAddress, ("users", "100"));
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
