using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace ClariBI.Sandbox.Tests;

public sealed class OAuthTests(SandboxServer server)
{
    private readonly SandboxAccount account = server.Account();

    [Fact]
    public async Task Without_a_token_the_challenge_has_the_hosted_servers_form()
    {
        using var reply = await account.KnockAsync(null);

        reply.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        reply.Headers.GetValues("WWW-Authenticate").ShouldHaveSingleItem().ShouldBe(
            "Bearer realm=\"OAuth\", resource_metadata=\"http://localhost:8787/.well-known/oauth-protected-resource\", error=\"invalid_request\", error_description=\"Missing authorization header\"");
    }

    [Fact]
    public async Task Metadata_is_at_the_bare_path_and_names_the_origin()
    {
        var resource = await account.Http.GetFromJsonAsync<JsonElement>("/.well-known/oauth-protected-resource", TestContext.Current.CancellationToken);
        var authority = await account.Http.GetFromJsonAsync<JsonElement>("/.well-known/oauth-authorization-server", TestContext.Current.CancellationToken);
        using var suffixed = await account.Http.GetAsync("/.well-known/oauth-protected-resource/mcp", TestContext.Current.CancellationToken);

        resource.GetProperty("resource").GetString().ShouldBe("http://localhost:8787");
        resource.GetProperty("scopes_supported").EnumerateArray().Select(scope => scope.GetString()).ShouldBe(["mcp:read", "mcp:write"]);
        authority.GetProperty("token_endpoint").GetString().ShouldBe("http://localhost:8787/token");
        authority.GetProperty("code_challenge_methods_supported")[0].GetString().ShouldBe("S256");
        suffixed.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("""{"client_name":"x"}""", "invalid_redirect_uri")]
    [InlineData("""{"redirect_uris":["http://evil.example/cb"]}""", "invalid_redirect_uri")]
    [InlineData("""{"redirect_uris":["https://good.example/cb#fragment"]}""", "invalid_redirect_uri")]
    [InlineData("""{"redirect_uris":["https://good.example/cb"],"token_endpoint_auth_method":"private_key_jwt"}""", "invalid_client_metadata")]
    [InlineData("""[1]""", "invalid_client_metadata")]
    public async Task A_bad_registration_says_what_is_wrong(string body, string error)
    {
        using var reply = await account.Http.PostAsync("/register", new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")), TestContext.Current.CancellationToken);

        reply.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await reply.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("error").GetString().ShouldBe(error);
    }

    [Fact]
    public async Task The_consent_page_shows_who_asks_for_what_and_two_organisations()
    {
        var clientId = (await account.RegisterAsync()).GetProperty("client_id").GetString()!;

        await account.PickAccountAsync(SandboxAccount.Request(clientId));
        var html = await account.Http.GetStringAsync(QueryHelpers.AddQueryString("/authorize", SandboxAccount.Request(clientId, "mcp:read")!), TestContext.Current.CancellationToken);

        html.ShouldContain("Amplitude sandbox - sample data");
        html.ShouldContain("Test client");
        html.ShouldContain("mcp:read");
        html.ShouldNotContain("offline_access)");
        html.ShouldContain("Northwind Media");
        html.ShouldContain("Harbour Radio");
        html.ShouldContain(">Allow</button>");
        html.ShouldContain(">Deny</button>");
    }

    [Fact]
    public async Task Allowing_returns_the_state_and_a_code_that_becomes_tokens()
    {
        var clientId = (await account.RegisterAsync()).GetProperty("client_id").GetString()!;

        var answer = await account.DecideAsync(SandboxAccount.Request(clientId));
        var (status, tokens) = await account.RedeemAsync(clientId, answer["code"]);

        answer["state"].ShouldBe("state-1");
        answer.ShouldNotContainKey("iss");
        status.ShouldBe(HttpStatusCode.OK);
        tokens.GetProperty("token_type").GetString().ShouldBe("Bearer");
        tokens.GetProperty("expires_in").GetInt32().ShouldBe(3600);
        using var reply = await account.KnockAsync(tokens.GetProperty("access_token").GetString());
        reply.StatusCode.ShouldBe(HttpStatusCode.OK);
        reply.Headers.GetValues("mcp-session-id").ShouldHaveSingleItem().ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Denying_returns_access_denied_and_the_state()
    {
        var clientId = (await account.RegisterAsync()).GetProperty("client_id").GetString()!;

        var answer = await account.DecideAsync(SandboxAccount.Request(clientId), decision: "deny");

        answer["error"].ShouldBe("access_denied");
        answer["state"].ShouldBe("state-1");
    }

    [Theory]
    [InlineData("code_challenge_method", "plain", "invalid_request")]
    [InlineData("code_challenge", "short", "invalid_request")]
    [InlineData("response_type", "token", "unsupported_response_type")]
    [InlineData("scope", "mcp:read admin", "invalid_scope")]
    public async Task A_bad_authorization_request_is_refused_at_the_redirect(string field, string value, string error)
    {
        var clientId = (await account.RegisterAsync()).GetProperty("client_id").GetString()!;

        var answer = await account.DecideAsync(new(SandboxAccount.Request(clientId)) { [field] = value });

        answer["error"].ShouldBe(error);
        answer.ShouldNotContainKey("code");
    }

    [Theory]
    [InlineData("redirect_uri", "http://localhost:8900/callback/")]
    [InlineData("client_id", "nobody")]
    public async Task An_unknown_client_or_redirect_is_never_redirected_to(string field, string value)
    {
        var clientId = (await account.RegisterAsync()).GetProperty("client_id").GetString()!;
        var request = new Dictionary<string, string>(SandboxAccount.Request(clientId)) { [field] = value, ["decision"] = "allow", ["organisation"] = "northwind" };

        using var reply = await account.Http.PostAsync("/authorize", new FormUrlEncodedContent(request), TestContext.Current.CancellationToken);

        reply.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        reply.Headers.Location.ShouldBeNull();
    }

    [Fact]
    public async Task A_code_works_once_and_its_second_use_ends_what_the_first_made()
    {
        var clientId = (await account.RegisterAsync()).GetProperty("client_id").GetString()!;
        var code = (await account.DecideAsync(SandboxAccount.Request(clientId)))["code"];

        var first = await account.RedeemAsync(clientId, code);
        var second = await account.RedeemAsync(clientId, code);

        first.Status.ShouldBe(HttpStatusCode.OK);
        second.Body.GetProperty("error").GetString().ShouldBe("invalid_grant");
        using var reply = await account.KnockAsync(first.Body.GetProperty("access_token").GetString());
        reply.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_code_needs_its_verifier_its_redirect_and_its_client()
    {
        var clientId = (await account.RegisterAsync()).GetProperty("client_id").GetString()!;
        var other = (await account.RegisterAsync()).GetProperty("client_id").GetString()!;
        async Task<string> CodeAsync() => (await account.DecideAsync(SandboxAccount.Request(clientId)))["code"];

        var wrongVerifier = await account.RedeemAsync(clientId, await CodeAsync(), verifier: "another-verifier-of-more-than-forty-three-characters");
        var wrongRedirect = await account.RedeemAsync(clientId, await CodeAsync(), redirect: "http://localhost:8900/other");
        var wrongClient = await account.RedeemAsync(other, await CodeAsync());
        var madeUp = await account.RedeemAsync(clientId, "amp_ac_madeup");

        foreach (var (status, body) in new[] { wrongVerifier, wrongRedirect, wrongClient, madeUp })
        {
            status.ShouldBe(HttpStatusCode.BadRequest);
            body.GetProperty("error").GetString().ShouldBe("invalid_grant");
        }
    }

    [Fact]
    public async Task A_client_with_a_secret_has_to_send_it()
    {
        var client = await account.RegisterAsync("client_secret_post");
        var clientId = client.GetProperty("client_id").GetString()!;
        (string, string)[] Form(string code) => [("grant_type", "authorization_code"), ("client_id", clientId), ("code", code), ("code_verifier", SandboxAccount.Verifier), ("redirect_uri", SandboxAccount.Redirect)];
        async Task<string> CodeAsync() => (await account.DecideAsync(SandboxAccount.Request(clientId)))["code"];

        var without = await account.TokenAsync(Form(await CodeAsync()));
        var with = await account.TokenAsync([.. Form(await CodeAsync()), ("client_secret", client.GetProperty("client_secret").GetString()!)]);

        without.Status.ShouldBe(HttpStatusCode.Unauthorized);
        without.Body.GetProperty("error").GetString().ShouldBe("invalid_client");
        with.Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Only_offline_access_brings_a_refresh_token()
    {
        var (_, tokens) = await account.SignInAsync("mcp:read");

        tokens.TryGetProperty("refresh_token", out _).ShouldBeFalse();
        tokens.GetProperty("scope").GetString().ShouldBe("mcp:read");
    }

    [Fact]
    public async Task Refreshing_rotates_both_tokens()
    {
        var (clientId, tokens) = await account.SignInAsync();

        var (status, renewed) = await account.RefreshAsync(clientId, tokens.GetProperty("refresh_token").GetString()!);

        status.ShouldBe(HttpStatusCode.OK);
        renewed.GetProperty("refresh_token").GetString().ShouldNotBe(tokens.GetProperty("refresh_token").GetString());
        using var withOld = await account.KnockAsync(tokens.GetProperty("access_token").GetString());
        using var withNew = await account.KnockAsync(renewed.GetProperty("access_token").GetString());
        withOld.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        withNew.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_refresh_token_used_twice_ends_the_whole_grant()
    {
        var (clientId, tokens) = await account.SignInAsync();
        var spent = tokens.GetProperty("refresh_token").GetString()!;
        var (_, renewed) = await account.RefreshAsync(clientId, spent);

        var (status, body) = await account.RefreshAsync(clientId, spent);

        status.ShouldBe(HttpStatusCode.BadRequest);
        body.GetProperty("error").GetString().ShouldBe("invalid_grant");
        using var reply = await account.KnockAsync(renewed.GetProperty("access_token").GetString());
        reply.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await account.RefreshAsync(clientId, renewed.GetProperty("refresh_token").GetString()!)).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("access_token")]
    [InlineData("refresh_token")]
    public async Task Revoking_either_token_ends_both(string which)
    {
        var (clientId, tokens) = await account.SignInAsync();

        using var reply = await account.Http.PostAsync("/revoke", new FormUrlEncodedContent(new Dictionary<string, string> { ["client_id"] = clientId, ["token"] = tokens.GetProperty(which).GetString()! }), TestContext.Current.CancellationToken);

        reply.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var knock = await account.KnockAsync(tokens.GetProperty("access_token").GetString());
        knock.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        knock.Headers.WwwAuthenticate.ToString().ShouldContain("invalid_token");
        (await account.RefreshAsync(clientId, tokens.GetProperty("refresh_token").GetString()!)).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Revoking_a_token_nobody_knows_succeeds_too()
    {
        using var reply = await account.Http.PostAsync("/revoke", new FormUrlEncodedContent(new Dictionary<string, string> { ["token"] = "unknown" }), TestContext.Current.CancellationToken);

        reply.StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
