using System.Net;
using System.Text.Json;
using ClariBI.Connector.Data;
using ClariBI.Connector.Tests.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ClariBI.Connector.Tests.Authorizations;

public sealed class CallbackTests : IAsyncLifetime
{
    private const string Nobody = "/oauth/done?problem=authorization-not-found";
    private readonly ConnectorHost host = new();

    public ValueTask InitializeAsync() => host.InitializeAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_state_works_once()
    {
        var person = host.A();
        var authorization = await person.StartAsync();
        var callback = await Person.ConsentAsync(authorization);
        await person.ReturnAsync(callback);

        (await person.ReturnAsync(callback)).ShouldBe(Nobody);

        (await person.ReadAsync(authorization)).GetProperty("status").GetString().ShouldBe("authorized");
    }

    [Fact]
    public async Task A_fault_of_ours_fails_the_authorization_and_leaves_no_access_behind()
    {
        var person = host.A();
        var authorization = await person.StartAsync();
        var callback = await Person.ConsentAsync(authorization);
        await using (var scope = host.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<ConnectorDbContext>().Database.ExecuteSqlRawAsync(
                "CREATE TRIGGER full BEFORE INSERT ON ToolBaselines BEGIN SELECT RAISE(ABORT, 'disk full'); END", TestContext.Current.CancellationToken);
        }

        await person.ReturnAsync(callback);

        var read = await person.ReadAsync(authorization);
        read.GetProperty("status").GetString().ShouldBe("failed", read.ToString());
        read.GetProperty("failure").GetProperty("detail").GetString()!.ShouldContain("ClariBI itself");
        host.Vendor.RefreshTokens.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("CREATE TRIGGER full BEFORE UPDATE ON ClientRegistrations BEGIN SELECT RAISE(ABORT, 'disk full'); END")]
    [InlineData("CREATE TRIGGER full BEFORE UPDATE ON Authorizations WHEN NEW.GrantStored = 1 BEGIN SELECT RAISE(ABORT, 'disk full'); END")]
    public async Task A_fault_of_ours_before_the_vault_has_them_gives_the_tokens_back_to_the_vendor(string fault)
    {
        var person = host.A();
        var authorization = await person.StartAsync();
        var callback = await Person.ConsentAsync(authorization);
        await using (var scope = host.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<ConnectorDbContext>().Database.ExecuteSqlRawAsync(fault, TestContext.Current.CancellationToken);
        }

        await person.ReturnAsync(callback);

        var read = await person.ReadAsync(authorization);
        Failure(read).ShouldNotBeNull();
        read.GetProperty("failure").GetProperty("detail").GetString()!.ShouldContain("is given back");
        host.Vendor.Revocations.Count.ShouldBe(2);
        host.Vendor.AccessTokens.ShouldBeEmpty();
        host.Vendor.RefreshTokens.ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_callbacks_at_once_spend_the_code_once()
    {
        var person = host.A();
        var authorization = await person.StartAsync();
        var callback = await Person.ConsentAsync(authorization);

        var places = await Task.WhenAll(person.ReturnAsync(callback), person.ReturnAsync(callback));

        places.ShouldContain(Nobody);
        (await person.ReadAsync(authorization)).GetProperty("status").GetString().ShouldBe("authorized");
    }

    [Fact]
    public async Task Somebody_else_cannot_complete_it_and_does_not_end_it()
    {
        var person = host.A();
        var authorization = await person.StartAsync();
        var callback = await Person.ConsentAsync(authorization);
        var colleague = host.A(workspace: person.Caller.WorkspaceId);
        colleague.Cookie = person.Cookie;

        (await colleague.ReturnAsync(callback)).ShouldBe(Nobody);

        host.Vendor.AccessTokens.ShouldBeEmpty();
        (await person.ReadAsync(authorization)).GetProperty("status").GetString().ShouldBe("awaiting_consent");
        await person.ReturnAsync(callback);
        (await person.ReadAsync(authorization)).GetProperty("status").GetString().ShouldBe("authorized");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("claribi-oauth=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Another_browser_cannot_complete_it(string? cookie)
    {
        var person = host.A();
        var authorization = await person.StartAsync();
        var callback = await Person.ConsentAsync(authorization);
        person.Cookie = cookie;

        await person.ReturnAsync(callback);

        Failure(await person.ReadAsync(authorization)).ShouldBe("state");
        host.Vendor.AccessTokens.ShouldBeEmpty();
    }

    [Fact]
    public async Task Nobody_signed_in_is_asked_to_sign_in()
    {
        var authorization = await host.A().StartAsync();
        using var client = host.ClientFor(null);

        using var response = await client.GetAsync(new Uri(await Person.ConsentAsync(authorization), UriKind.Relative), TestContext.Current.CancellationToken);

        response.Headers.Location!.OriginalString.ShouldBe("/oauth/done?problem=sign-in-required");
    }

    [Fact]
    public async Task What_another_server_says_of_an_error_is_neither_kept_nor_shown()
    {
        var person = host.A();
        var authorization = await person.StartAsync();
        var state = System.Web.HttpUtility.ParseQueryString(new Uri(authorization.GetProperty("authorizeUrl").GetString()!).Query)["state"];

        var sentTo = await person.ReturnAsync(
            $"/api/oauth/callback?state={state}&error=invalid_scope&error_description=ForeignWords&error_uri=https%3A%2F%2Fforeign.example&iss=https%3A%2F%2Fforeign.example");

        var read = await person.ReadAsync(authorization);
        Failure(read).ShouldBe("state");
        using var scope = host.Services.CreateScope();
        var row = await scope.ServiceProvider.GetRequiredService<SqliteConnectorDbContext>().Authorizations.AsNoTracking().SingleAsync(TestContext.Current.CancellationToken);
        row.FailureCode.ShouldBeNull("the next attempt must not learn from a stranger");
        foreach (var text in new[] { sentTo, read.ToString(), JsonSerializer.Serialize(row) })
        {
            text.ShouldNotContain("foreign", Case.Insensitive);
            text.ShouldNotContain("invalid_scope");
        }
    }

    [Theory]
    [InlineData(true, null, false)]
    [InlineData(true, "https://elsewhere.example", false)]
    [InlineData(false, "https://elsewhere.example", false)]
    [InlineData(true, "{url}/", false)]
    [InlineData(true, "{url}", true)]
    [InlineData(false, "{url}", true)]
    [InlineData(false, null, true)]
    public async Task The_issuer_is_checked_before_the_code_is_spent(bool announced, string? sent, bool accepted)
    {
        host.Vendor.AnnouncesIssuer = announced;
        host.Vendor.CallbackIssuer = sent?.Replace("{url}", host.Vendor.Url, StringComparison.Ordinal);

        var authorization = await host.A().AuthorizeAsync();

        authorization.GetProperty("status").GetString().ShouldBe(accepted ? "authorized" : "failed");
        host.Vendor.AccessTokens.IsEmpty.ShouldBe(!accepted);
        if (!accepted)
        {
            Failure(authorization).ShouldBe("state");
            authorization.GetProperty("failure").GetProperty("detail").GetString()!.ShouldNotContain("elsewhere");
        }
    }

    [Fact]
    public async Task Denied_consent_is_said_and_leaves_nothing()
    {
        host.Vendor.ConsentError = "access_denied";

        var authorization = await host.A().AuthorizeAsync();

        Failure(authorization).ShouldBe("consent");
        authorization.GetProperty("failure").GetProperty("detail").GetString()!.ShouldContain("declined");
        host.Vendor.AccessTokens.ShouldBeEmpty();
    }

    [Fact]
    public async Task After_ten_minutes_it_has_expired()
    {
        var person = host.A();
        var authorization = await person.StartAsync();
        var callback = await Person.ConsentAsync(authorization);
        host.Clock.Forward(TimeSpan.FromMinutes(11));

        Failure(await person.ReadAsync(authorization)).ShouldBe("expired");
        await person.ReturnAsync(callback);

        Failure(await person.ReadAsync(authorization)).ShouldBe("expired");
        host.Vendor.AccessTokens.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_vendor_down_at_the_exchange_is_said()
    {
        host.Vendor.Faults["/token"] = HttpStatusCode.ServiceUnavailable;

        var authorization = await host.A().AuthorizeAsync();

        Failure(authorization).ShouldBe("exchange");
        authorization.GetProperty("failure").GetProperty("detail").GetString()!.ShouldContain("HTTP 503");
    }

    [Fact]
    public async Task The_vendor_down_at_initialize_takes_back_what_it_gave()
    {
        var person = host.A();
        var authorization = await person.StartAsync();
        host.Vendor.Faults["/mcp"] = HttpStatusCode.ServiceUnavailable;

        await person.ReturnAsync(await Person.ConsentAsync(authorization));

        Failure(await person.ReadAsync(authorization)).ShouldBe("initialize");
        host.Vendor.AccessTokens.ShouldBeEmpty();
        host.Vendor.RefreshTokens.ShouldBeEmpty();
        host.Vendor.Revocations.ShouldBe(["refresh_token", "access_token"]);
    }

    [Fact]
    public async Task A_client_that_the_vendor_forgot_is_registered_again_next_time()
    {
        host.Vendor.TokenError = "invalid_client";
        var person = host.A();

        Failure(await person.AuthorizeAsync()).ShouldBe("exchange");
        host.Vendor.TokenError = null;
        (await person.AuthorizeAsync()).GetProperty("status").GetString().ShouldBe("authorized");

        host.Vendor.Registrations.ShouldBe(2);
    }

    [Fact]
    public async Task Cancelling_gives_the_access_back()
    {
        var person = host.A();
        var authorization = await person.AuthorizeAsync();

        var (status, _) = await person.SendAsync(HttpMethod.Delete, $"/api/authorizations/{authorization.GetProperty("id").GetString()}");

        status.ShouldBe(HttpStatusCode.NoContent);
        host.Vendor.AccessTokens.ShouldBeEmpty();
        (await person.FinishAsync(authorization)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task What_nobody_finished_is_given_back_after_half_an_hour()
    {
        var person = host.A();
        var authorization = await person.AuthorizeAsync();
        host.Clock.Forward(TimeSpan.FromMinutes(31));

        await host.CleanAsync();

        host.Vendor.AccessTokens.ShouldBeEmpty();
        Failure(await person.ReadAsync(authorization)).ShouldBe("expired");
        (await person.FinishAsync(authorization)).Body.GetProperty("type").GetString().ShouldBe("authorization-not-ready");
    }

    private static string? Failure(JsonElement authorization)
    {
        authorization.GetProperty("status").GetString().ShouldBe("failed", authorization.ToString());
        return authorization.GetProperty("failure").GetProperty("step").GetString();
    }
}
