using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace ClariBI.Sandbox.Tests;

/// <summary>What a stranger's registration can do to the pages that people decide on.</summary>
public sealed class ConsentTests(SandboxServer server)
{
    private readonly SandboxAccount account = server.Account();

    [Theory]
    [InlineData("Evil\u202Eelcatnu\u0000\u200B\n", "Evilelcatnu")]
    [InlineData(" \u2066\u0007 ", "Unnamed client")]
    [InlineData("", "Unnamed client")]
    [InlineData(null, "Unnamed client")]
    [InlineData("Zoë 🚀", "Zoë 🚀")]
    public async Task A_clients_name_is_readable(string? name, string expected) => (await RegisterAsync(SandboxAccount.Redirect, name)).GetProperty("client_name").GetString().ShouldBe(expected);

    [Fact]
    public async Task A_long_name_is_cut() => (await RegisterAsync(SandboxAccount.Redirect, new('W', 300))).GetProperty("client_name").GetString().ShouldBe(new('W', 100));

    [Theory]
    [InlineData("cursor://anysphere.cursor-retrieval/oauth/callback", HttpStatusCode.Created)]
    [InlineData("com.example.app:/callback", HttpStatusCode.Created)]
    [InlineData("http://example.com/callback", HttpStatusCode.BadRequest)]
    [InlineData("javascript:alert(1)", HttpStatusCode.BadRequest)]
    [InlineData("data:text/html,x", HttpStatusCode.BadRequest)]
    [InlineData("file:///etc/passwd", HttpStatusCode.BadRequest)]
    [InlineData("vbscript:x", HttpStatusCode.BadRequest)]
    [InlineData("blob:https://example.com/x", HttpStatusCode.BadRequest)]
    [InlineData("about:blank", HttpStatusCode.BadRequest)]
    public async Task Apps_have_schemes_of_their_own(string redirect, HttpStatusCode expected)
    {
        using var reply = await account.Http.PostAsJsonAsync("/register", new { redirect_uris = new[] { redirect } }, TestContext.Current.CancellationToken);

        reply.StatusCode.ShouldBe(expected);
    }

    [Theory]
    [InlineData(SandboxAccount.Redirect, "localhost:8900")]
    [InlineData("cursor://anysphere.cursor-retrieval/oauth/callback", "cursor:")]
    public async Task Both_pages_cannot_be_framed_and_consent_names_where_it_leads(string redirect, string destination)
    {
        var request = SandboxAccount.Request((await RegisterAsync(redirect, "App")).GetProperty("client_id").GetString()!);
        request["redirect_uri"] = redirect;
        var address = QueryHelpers.AddQueryString("/authorize", request!);

        using var signIn = await account.Http.GetAsync(address, TestContext.Current.CancellationToken);
        await account.PickAccountAsync(request);
        using var consent = await account.Http.GetAsync(address, TestContext.Current.CancellationToken);

        foreach (var page in new[] { signIn, consent })
        {
            page.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("frame-ancestors 'none'");
            page.Headers.GetValues("X-Frame-Options").Single().ShouldBe("DENY");
            page.Headers.CacheControl!.NoStore.ShouldBeTrue();
        }

        (await consent.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain($"You will be sent to <bdi>{destination}</bdi>");
    }

    private async Task<JsonElement> RegisterAsync(string redirect, string? name)
    {
        using var reply = await account.Http.PostAsJsonAsync("/register", new { client_name = name, redirect_uris = new[] { redirect } }, TestContext.Current.CancellationToken);
        reply.StatusCode.ShouldBe(HttpStatusCode.Created);
        return await reply.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }
}
