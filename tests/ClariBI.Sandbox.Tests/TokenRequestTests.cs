using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace ClariBI.Sandbox.Tests;

/// <summary>What is missing, superfluous or unusual in the requests around a token.</summary>
public sealed class TokenRequestTests(LiveFixture live)
{
    private readonly SandboxAccount account = live.Sandbox.Us();

    [Theory]
    [InlineData("grant_type", "invalid_request")]
    [InlineData("code", "invalid_request")]
    [InlineData("code_verifier", "invalid_request")]
    [InlineData("redirect_uri", "invalid_request")]
    [InlineData("client_id", "invalid_request")]
    public async Task A_token_request_with_a_gap_names_it_and_leaves_the_code_alone(string gap, string error)
    {
        var clientId = (await account.RegisterAsync()).GetProperty("client_id").GetString()!;
        var code = (await account.DecideAsync(SandboxAccount.Request(clientId), organisation: "shop"))["code"];
        (string, string)[] form = [("grant_type", "authorization_code"), ("client_id", clientId), ("code", code), ("code_verifier", SandboxAccount.Verifier), ("redirect_uri", SandboxAccount.Redirect)];

        var (status, body) = await account.TokenAsync([.. form.Where(field => field.Item1 != gap)]);

        status.ShouldBe(HttpStatusCode.BadRequest);
        body.GetProperty("error").GetString().ShouldBe(error);
        body.GetProperty("error_description").GetString()!.ShouldStartWith(gap);
        (await account.TokenAsync(form)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Another_grant_type_is_unsupported_and_an_unreadable_form_is_refused()
    {
        var clientId = (await account.RegisterAsync()).GetProperty("client_id").GetString()!;
        (await account.TokenAsync(("grant_type", "password"), ("client_id", clientId))).Body.GetProperty("error").GetString().ShouldBe("unsupported_grant_type");
        using var crowded = await account.Http.PostAsync("/token", new FormUrlEncodedContent(Enumerable.Range(0, 2000).Select(number => KeyValuePair.Create($"f{number}", "x"))), TestContext.Current.CancellationToken);
        crowded.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("https://mcp.amplitude.com")]
    [InlineData("http://localhost:8787/mcp")]
    [InlineData("nonsense")]
    public async Task Any_resource_is_welcome(string resource)
    {
        var clientId = (await account.RegisterAsync()).GetProperty("client_id").GetString()!;

        var answer = await account.DecideAsync(new(SandboxAccount.Request(clientId)) { ["resource"] = resource }, organisation: "shop");
        var (status, _) = await account.TokenAsync(("grant_type", "authorization_code"), ("client_id", clientId), ("code", answer["code"]), ("code_verifier", SandboxAccount.Verifier), ("redirect_uri", SandboxAccount.Redirect), ("resource", resource));

        status.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("code_challenge")]
    [InlineData("code_challenge_method")]
    public async Task Without_PKCE_nothing_is_asked(string gap)
    {
        var clientId = (await account.RegisterAsync()).GetProperty("client_id").GetString()!;
        var request = SandboxAccount.Request(clientId);
        request.Remove(gap);

        var answer = await account.DecideAsync(request);

        answer["error"].ShouldBe("invalid_request");
        answer["state"].ShouldBe("state-1");
    }

    [Fact]
    public async Task A_service_account_gets_a_token_without_anybody_and_may_only_read()
    {
        using var made = await live.Sandbox.Admin.PostAsJsonAsync("/service-accounts", new { name = "Nightly job", organisation = "shop" }, TestContext.Current.CancellationToken);
        var service = await made.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        (string, string)[] form = [("grant_type", "client_credentials"), ("client_id", service.GetProperty("client_id").GetString()!), ("client_secret", service.GetProperty("client_secret").GetString()!)];

        var (status, tokens) = await account.TokenAsync(form);
        var wrongSecret = await account.TokenAsync([.. form.SkipLast(1), ("client_secret", "guess")]);
        var tooMuch = await account.TokenAsync([.. form, ("scope", "mcp:write")]);
        var abroad = await live.Sandbox.Eu().TokenAsync(form);

        status.ShouldBe(HttpStatusCode.OK);
        tokens.GetProperty("scope").GetString().ShouldBe("mcp:read");
        tokens.TryGetProperty("refresh_token", out _).ShouldBeFalse();
        wrongSecret.Body.GetProperty("error").GetString().ShouldBe("invalid_client");
        tooMuch.Body.GetProperty("error").GetString().ShouldBe("invalid_scope");
        abroad.Body.GetProperty("error").GetString().ShouldBe("invalid_client");
        await using var tools = await account.ConnectWithAsync(tokens.GetProperty("access_token").GetString()!);
        (await tools.ReadAsync("get_amplitude_context")).GetProperty("user").GetProperty("name").GetString().ShouldBe("Nightly job");
        (await tools.FailAsync("rename_chart", """{"chartId":"x","name":"y"}""")).ShouldStartWith("Permission denied");
    }

    [Fact]
    public async Task Only_service_accounts_get_a_token_without_anybody()
    {
        var client = await account.RegisterAsync("client_secret_post");

        var (status, body) = await account.TokenAsync(("grant_type", "client_credentials"), ("client_id", client.GetProperty("client_id").GetString()!), ("client_secret", client.GetProperty("client_secret").GetString()!));

        status.ShouldBe(HttpStatusCode.BadRequest);
        body.GetProperty("error").GetString().ShouldBe("unauthorized_client");
    }

    [Theory]
    [InlineData("""{"name":"x","organisation":"nowhere"}""")]
    [InlineData("""{"name":"x","organisation":"paris","region":"us"}""")]
    [InlineData("""{"name":"x","organisation":"shop","region":"moon"}""")]
    [InlineData("""{"organisation":"shop"}""")]
    public async Task A_service_account_belongs_to_an_organization_of_its_region(string body)
    {
        using var reply = await live.Sandbox.Admin.PostAsync("/service-accounts", new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")), TestContext.Current.CancellationToken);

        reply.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }
}
