using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace ClariBI.Gateway.Tests;

public sealed class SessionTests(GatewayHost host) : IClassFixture<GatewayHost>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_visitor_makes_the_account_and_registration_closes_behind_them()
    {
        await using var own = new GatewayHost();
        using var first = own.NewBrowser();
        (await first.GetFromJsonAsync<JsonElement>("/api/session", Ct)).GetProperty("registrationOpen").GetBoolean().ShouldBeTrue();

        var session = await GatewayHost.RegisterAsync(first, "ada@example.com", Ct);

        session.GetProperty("workspace").GetProperty("name").GetString().ShouldBe("Acme");
        session.GetProperty("workspace").GetProperty("role").GetString().ShouldBe("owner");
        session.GetProperty("registrationOpen").GetBoolean().ShouldBeFalse();
        using var second = own.NewBrowser();
        var refused = await second.PostAsJsonAsync(
            "/api/accounts", new { email = "b@example.com", password = "correct horse battery", displayName = "B", workspaceName = "B" }, Ct);
        await ShouldBeProblemAsync(refused, HttpStatusCode.Forbidden, "registration-closed");
    }

    [Fact]
    public async Task Of_many_first_visitors_at_once_one_gets_the_product()
    {
        await using var own = new GatewayHost();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(async number =>
        {
            using var browser = own.NewBrowser();
            var response = await browser.PostAsJsonAsync(
                "/api/accounts", new { email = $"u{number}@example.com", password = "correct horse battery", displayName = "U", workspaceName = "W" }, Ct);
            return response.StatusCode;
        }));

        answers.Count(status => status == HttpStatusCode.Created).ShouldBe(1);
        answers.Count(status => status == HttpStatusCode.Forbidden).ShouldBe(7);
    }

    [Fact]
    public async Task Many_people_can_sign_up_at_once()
    {
        await using var own = new GatewayHost { OpenRegistration = true };
        own.NewBrowser().Dispose();

        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(number => Task.Run(async () =>
        {
            using var browser = own.NewBrowser();
            using var response = await browser.PostAsJsonAsync(
                "/api/accounts", new { email = $"u{number}@example.com", password = "correct horse battery", displayName = "U", workspaceName = "W" }, Ct);
            return response.StatusCode;
        })));

        answers.ShouldAllBe(status => status == HttpStatusCode.Created);
    }

    [Fact]
    public async Task The_owner_of_the_first_workspace_runs_the_installation_and_services_are_told()
    {
        await using var own = new GatewayHost { OpenRegistration = true };
        using var first = own.NewBrowser();
        using var second = own.NewBrowser();
        (await GatewayHost.RegisterAsync(first, "ada@example.com", Ct)).GetProperty("runsInstallation").GetBoolean().ShouldBeTrue();
        (await GatewayHost.RegisterAsync(second, "eve@example.com", Ct)).GetProperty("runsInstallation").GetBoolean().ShouldBeFalse();

        (await InstallationClaimAsync(first)).ShouldBe("true");
        (await InstallationClaimAsync(second)).ShouldBeNull();

        var created = await first.PostAsJsonAsync("/api/workspaces", new { name = "Second" }, Ct);
        var workspaceId = (await created.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("id").GetGuid();
        (await first.PutAsJsonAsync("/api/session/workspace", new { workspaceId }, Ct)).EnsureSuccessStatusCode();
        (await InstallationClaimAsync(first)).ShouldBe("true", "the right is the person's, in whichever workspace");
        (await first.GetFromJsonAsync<JsonElement>("/api/session", Ct)).GetProperty("runsInstallation").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Signing_in_needs_the_right_password_and_the_answer_does_not_tell_which_was_wrong()
    {
        await using var own = new GatewayHost();
        using var browser = own.NewBrowser();
        await GatewayHost.RegisterAsync(browser, "ada@example.com", Ct);
        (await browser.DeleteAsync("/api/session", Ct)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await browser.GetAsync("/api/workspaces", Ct)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        var wrongPassword = await browser.PostAsJsonAsync("/api/session", new { email = "ada@example.com", password = "wrong" }, Ct);
        var wrongEmail = await browser.PostAsJsonAsync("/api/session", new { email = "eve@example.com", password = "wrong" }, Ct);
        await ShouldBeProblemAsync(wrongPassword, HttpStatusCode.Unauthorized, "sign-in-failed");
        await ShouldBeProblemAsync(wrongEmail, HttpStatusCode.Unauthorized, "sign-in-failed");

        (await browser.PostAsJsonAsync("/api/session", new { email = "ADA@example.com", password = "correct horse battery" }, Ct)).EnsureSuccessStatusCode();
        (await browser.GetAsync("/api/workspaces", Ct)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_for_every_copy_of_its_cookie()
    {
        await using var own = new GatewayHost();
        using var browser = own.NewBrowser();
        var registered = await browser.PostAsJsonAsync(
            "/api/accounts", new { email = "ada@example.com", password = "correct horse battery", displayName = "Ada", workspaceName = "Acme" }, Ct);
        var cookie = registered.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        using var thief = own.NewBrowser();
        thief.DefaultRequestHeaders.Add("Cookie", cookie);
        (await thief.GetAsync("/api/workspaces", Ct)).StatusCode.ShouldBe(HttpStatusCode.OK);

        await browser.DeleteAsync("/api/session", Ct);

        (await thief.GetAsync("/api/workspaces", Ct)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Guessing_is_slowed_down()
    {
        await using var own = new GatewayHost { SignInsPerMinute = 3 };
        using var browser = own.NewBrowser();
        HttpResponseMessage? last = null;
        for (var attempt = 0; attempt < 4; attempt++)
        {
            last = await browser.PostAsJsonAsync("/api/session", new { email = "ada@example.com", password = "guess" }, Ct);
        }

        await ShouldBeProblemAsync(last!, HttpStatusCode.TooManyRequests, "too-many-requests");
        last!.Headers.RetryAfter.ShouldNotBeNull();
    }

    [Fact]
    public async Task Only_own_workspaces_can_be_switched_to()
    {
        await using var own = new GatewayHost { OpenRegistration = true };
        using var ada = own.NewBrowser();
        using var eve = own.NewBrowser();
        var adas = (await GatewayHost.RegisterAsync(ada, "ada@example.com", Ct)).GetProperty("workspace").GetProperty("id").GetGuid();
        await GatewayHost.RegisterAsync(eve, "eve@example.com", Ct);

        await ShouldBeProblemAsync(
            await eve.PutAsJsonAsync("/api/session/workspace", new { workspaceId = adas }, Ct), HttpStatusCode.NotFound, "workspace-not-found");

        var created = await ada.PostAsJsonAsync("/api/workspaces", new { name = "Second" }, Ct);
        var second = (await created.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("id").GetGuid();
        var switched = await ada.PutAsJsonAsync("/api/session/workspace", new { workspaceId = second }, Ct);
        (await switched.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("workspace").GetProperty("name").GetString().ShouldBe("Second");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"email\":\"not an address\",\"password\":\"correct horse battery\",\"displayName\":\"A\",\"workspaceName\":\"A\"}")]
    [InlineData("{\"email\":\"a@example.com\",\"password\":\"short\",\"displayName\":\"A\",\"workspaceName\":\"A\"}")]
    [InlineData("{\"email\":")]
    public async Task Bad_registrations_are_explained_and_leave_nothing(string body)
    {
        await using var own = new GatewayHost();
        using var browser = own.NewBrowser();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");

        var response = await browser.PostAsync("/api/accounts", content, Ct);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>(Ct);
        problem.GetProperty("type").GetString().ShouldBeOneOf("validation-failed", "bad-request");
        problem.GetProperty("traceId").GetString().ShouldNotBeNullOrEmpty();
        (await browser.GetFromJsonAsync<JsonElement>("/api/session", Ct)).GetProperty("registrationOpen").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task The_cookie_is_out_of_reach_of_scripts_and_over_https_bound_to_the_host()
    {
        await using var own = new GatewayHost { PublicUrl = "https://bi.example.com" };
        using var browser = own.NewBrowser();
        var response = await browser.PostAsJsonAsync(
            "/api/accounts", new { email = "ada@example.com", password = "correct horse battery", displayName = "Ada", workspaceName = "Acme" }, Ct);

        var cookie = response.Headers.GetValues("Set-Cookie").Single(value => value.Contains("session", StringComparison.Ordinal));
        cookie.ShouldStartWith("__Host-claribi-session=");
        cookie.ShouldContain("secure", Case.Insensitive);
        cookie.ShouldContain("httponly", Case.Insensitive);
        cookie.ShouldContain("samesite=lax", Case.Insensitive);
    }

    [Fact]
    public async Task The_keys_of_the_cookies_are_not_readable_in_the_database()
    {
        using var browser = host.NewBrowser();
        await browser.GetAsync("/api/session", Ct);
        await using var own = new GatewayHost();
        using var first = own.NewBrowser();
        await GatewayHost.RegisterAsync(first, "ada@example.com", Ct);

        var bytes = Directory.GetFiles(own.Folder).SelectMany(file =>
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            return copy.ToArray();
        }).ToArray();
        var text = Encoding.UTF8.GetString(bytes);
        text.ShouldContain("encryptedKey");
        text.ShouldNotContain("masterKey");
    }

    internal static async Task ShouldBeProblemAsync(HttpResponseMessage response, HttpStatusCode status, string type)
    {
        var body = await response.Content.ReadAsStringAsync(Ct);
        response.StatusCode.ShouldBe(status, body);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        JsonDocument.Parse(body).RootElement.GetProperty("type").GetString().ShouldBe(type);
    }

    /// <summary>What the internal token says to the service behind.</summary>
    private static async Task<string?> InstallationClaimAsync(HttpClient browser)
    {
        var seen = await browser.GetFromJsonAsync<JsonElement>("/api/encryption-keys", Ct);
        var payload = seen.GetProperty("authorization").GetString()!.Split('.')[1];
        var claims = JsonSerializer.Deserialize<JsonElement>(System.Buffers.Text.Base64Url.DecodeFromChars(payload));
        return claims.TryGetProperty("installation", out var claim) ? claim.GetString() : null;
    }
}
