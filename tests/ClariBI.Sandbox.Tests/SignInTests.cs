using System.Net;
using Microsoft.AspNetCore.WebUtilities;

namespace ClariBI.Sandbox.Tests;

public sealed class SignInTests(LiveFixture live)
{
    private readonly SandboxAccount account = live.Sandbox.Us();

    [Fact]
    public async Task The_first_page_lists_the_accounts_and_says_what_it_is()
    {
        var html = await PageAsync(await RequestAsync());

        html.ShouldContain("Amplitude sandbox - sample data");
        html.ShouldContain("there are no passwords");
        html.ShouldContain("value=\"ada@shop.example\"");
        html.ShouldContain($"value=\"{LiveSandbox.Parisian}\"");
        html.ShouldNotContain(">Allow</button>");
    }

    [Fact]
    public async Task A_browser_is_remembered_until_it_asks_for_another_account()
    {
        var request = await RequestAsync();
        await account.PickAccountAsync(request);

        var consent = await PageAsync(request);
        var again = await PageAsync(new(request) { ["prompt"] = "select_account" });

        consent.ShouldContain("ada@shop.example");
        consent.ShouldContain("Use another account");
        consent.ShouldContain(">Allow</button>");
        again.ShouldNotContain(">Allow</button>");
    }

    [Fact]
    public async Task A_decision_without_sign_in_grants_nothing()
    {
        var request = await RequestAsync();

        using var reply = await account.Http.PostAsync("/authorize", new FormUrlEncodedContent(new Dictionary<string, string>(request) { ["decision"] = "allow", ["organisation"] = "shop" }), TestContext.Current.CancellationToken);

        reply.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        reply.Headers.Location.ShouldBeNull();
        (await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("<h1>Sign in</h1>");
    }

    [Fact]
    public async Task A_made_up_sign_in_grants_nothing()
    {
        var request = await RequestAsync();
        using var message = new HttpRequestMessage(HttpMethod.Post, "/authorize")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>(request) { ["decision"] = "allow", ["organisation"] = "shop" }),
        };
        message.Headers.Add("Cookie", "sandbox_sign_in_us=ada@shop.example");

        using var reply = await account.Http.SendAsync(message, TestContext.Current.CancellationToken);

        reply.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task An_account_nobody_has_cannot_sign_in()
    {
        var request = await RequestAsync();

        (await account.PickAccountAsync(request, "nobody@shop.example")).ShouldBeNull();

        (await PageAsync(request)).ShouldContain("<h1>Sign in</h1>");
    }

    [Fact]
    public async Task Consent_offers_the_organizations_of_the_account_in_this_region_only()
    {
        var request = await RequestAsync();
        await account.PickAccountAsync(request);
        var american = await PageAsync(request);
        await account.PickAccountAsync(request, LiveSandbox.Parisian);
        var parisian = await PageAsync(request);

        american.ShouldContain("<legend>Organization</legend>");
        american.ShouldContain("value=\"shop\"");
        american.ShouldContain("value=\"boston\"");
        american.ShouldNotContain("value=\"paris\"");
        parisian.ShouldContain("belongs to no organization in the US region");
        parisian.ShouldContain("Use another account");
        parisian.ShouldNotContain(">Allow</button>");
    }

    [Fact]
    public async Task An_organization_of_others_cannot_be_granted()
    {
        var answer = await account.DecideAsync(await RequestAsync(), organisation: "shop", email: LiveSandbox.Parisian);

        answer["error"].ShouldBe("invalid_request");
        answer.ShouldNotContainKey("code");
    }

    [Fact]
    public async Task Context_tells_who_signed_in()
    {
        await using var tools = await account.ConnectAsync(organisation: "shop", email: LiveSandbox.Reader);

        var user = (await tools.ReadAsync("get_amplitude_context")).GetProperty("user");

        user.GetProperty("name").GetString().ShouldBe("Rita");
        user.GetProperty("email").GetString().ShouldBe(LiveSandbox.Reader);
    }

    [Theory]
    [InlineData(LiveSandbox.Blocked, "get_amplitude_context", "{}", "Use MCP (read)")]
    [InlineData(LiveSandbox.Blocked, "use_amplitude_cohorts", """{"action":"list","projectId":"7"}""", "Use MCP (read)")]
    [InlineData(LiveSandbox.Writer, "get_amplitude_context", "{}", "Use MCP (read)")]
    [InlineData(LiveSandbox.Reader, "rename_chart", """{"chartId":"x","name":"y"}""", "Use MCP (write)")]
    [InlineData(LiveSandbox.Reader, "use_amplitude_cohorts", """{"action":"create","projectId":"7","name":"x","definition":{}}""", "Use MCP (write)")]
    public async Task A_role_without_the_permission_sees_every_tool_and_is_refused(string email, string tool, string arguments, string permission)
    {
        await using var tools = await account.ConnectAsync("mcp:read mcp:write", "shop", email);

        var listed = await tools.Client.ListToolsAsync(cancellationToken: TestContext.Current.CancellationToken);

        listed.Select(item => item.Name).ShouldContain(tool);
        (await tools.FailAsync(tool, arguments)).ShouldBe($"Permission denied: your role does not have the \"{permission}\" permission");
    }

    [Theory]
    [InlineData("mcp:write", "get_amplitude_context", "{}", "mcp:read")]
    [InlineData("mcp:read", "rename_chart", """{"chartId":"x","name":"y"}""", "mcp:write")]
    [InlineData("mcp:read", "use_amplitude_cohorts", """{"action":"create","projectId":"7","name":"x","definition":{}}""", "mcp:write")]
    public async Task A_grant_without_the_scope_is_refused(string granted, string tool, string arguments, string needed)
    {
        await using var tools = await account.ConnectAsync(granted, "shop");

        (await tools.FailAsync(tool, arguments)).ShouldMatch($"^Permission denied: .* needs the scope {needed}$");
    }

    private async Task<Dictionary<string, string>> RequestAsync() => SandboxAccount.Request((await account.RegisterAsync()).GetProperty("client_id").GetString()!);

    private Task<string> PageAsync(Dictionary<string, string> request) => account.Http.GetStringAsync(QueryHelpers.AddQueryString("/authorize", request!), TestContext.Current.CancellationToken);
}
