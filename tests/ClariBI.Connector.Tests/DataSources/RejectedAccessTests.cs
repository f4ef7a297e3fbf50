using System.Net;
using System.Text.Json;
using ClariBI.Connector.DataSources.Checks;
using ClariBI.Connector.Tests.Authorizations;
using ClariBI.Connector.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace ClariBI.Connector.Tests.DataSources;

/// <summary>401 where the grant itself lives: it must cost nobody a consent.</summary>
public sealed class RejectedAccessTests : IAsyncLifetime
{
    private readonly ConnectorHost host = new();
    private Person person = null!;
    private Guid id;

    public async ValueTask InitializeAsync()
    {
        await host.InitializeAsync();
        person = host.A();
        id = (await person.ConnectAsync()).GetProperty("id").GetGuid();
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Theory]
    [InlineData(20)]
    [InlineData(0)]
    public async Task Tokens_that_somebody_ends_twice_within_half_a_minute_are_renewed_twice(int seconds)
    {
        host.Vendor.AccessTokens.Clear();
        (await CallAsync()).Status.ShouldBe(HttpStatusCode.OK);
        host.Clock.Forward(TimeSpan.FromSeconds(seconds));
        host.Vendor.AccessTokens.Clear();

        var (status, body) = await CallAsync();

        status.ShouldBe(HttpStatusCode.OK, body.ToString());
        (await SourceAsync()).GetProperty("state").GetString().ShouldBe("connected");
        host.Vendor.Refreshes.ShouldBe(2);
    }

    [Fact]
    public async Task Many_calls_that_meet_the_second_end_of_the_tokens_are_all_answered()
    {
        host.Vendor.AccessTokens.Clear();
        (await CallAsync()).Status.ShouldBe(HttpStatusCode.OK);
        host.Vendor.AccessTokens.Clear();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(turn => person.SendAsync(
            HttpMethod.Post, $"/api/data-sources/{id}/calls", new { tool = "query_amplitude_data", arguments = new { projectId = $"{turn}" } })));

        answers.Where(answer => answer.Status != HttpStatusCode.OK).Select(answer => answer.Body.ToString()).ShouldBeEmpty();
        host.Vendor.Refreshes.ShouldBe(2);
    }

    [Fact]
    public async Task A_server_that_rejects_what_was_just_renewed_is_degraded_and_comes_back_by_a_call()
    {
        RejectEverything();

        var (status, problem) = await CallAsync();

        (status, problem.GetProperty("type").GetString()).ShouldBe((HttpStatusCode.BadGateway, "vendor-unavailable"));
        problem.GetProperty("detail").GetString()!.ShouldContain("just renewed");
        var source = await SourceAsync();
        (source.GetProperty("state").GetString(), source.GetProperty("stateCode").GetString()).ShouldBe(("degraded", "access_refused"));
        source.GetProperty("stateReason").GetString()!.ShouldStartWith("Amplitude sandbox rejects");
        source.GetProperty("retryAt").GetDateTimeOffset().ShouldBeLessThan(host.Clock.GetUtcNow().AddSeconds(30));

        host.Vendor.Intercept = null;
        (await CallAsync()).Status.ShouldBe(HttpStatusCode.OK);
        (await SourceAsync()).GetProperty("state").GetString().ShouldBe("connected");
    }

    [Fact]
    public async Task It_comes_back_by_the_background_check_too()
    {
        RejectEverything();
        await CallAsync();
        (await SourceAsync()).GetProperty("state").GetString().ShouldBe("degraded");
        host.Vendor.Intercept = null;
        host.Clock.Forward(TimeSpan.FromSeconds(30));

        await host.Services.GetRequiredService<ConnectionChecks>().CheckDueAsync(TestContext.Current.CancellationToken);

        (await SourceAsync()).GetProperty("state").GetString().ShouldBe("connected");
    }

    [Fact]
    public async Task A_server_that_rejects_everything_for_minutes_needs_a_person_after_few_renewals()
    {
        RejectEverything();
        await CallAsync();
        var checks = host.Services.GetRequiredService<ConnectionChecks>();
        var minutes = 0;
        for (; minutes < 60 && (await SourceAsync()).GetProperty("state").GetString() == "degraded"; minutes++)
        {
            host.Clock.Forward(TimeSpan.FromMinutes(1));
            await checks.CheckDueAsync(TestContext.Current.CancellationToken);
        }

        var source = await SourceAsync();
        (source.GetProperty("state").GetString(), source.GetProperty("stateCode").GetString()).ShouldBe(("needs_reauthorization", "token_rejected"));
        source.GetProperty("stateReason").GetString()!.ShouldContain("rejected it each time");
        minutes.ShouldBeInRange(5, 45);
        host.Vendor.Refreshes.ShouldBeInRange(5, 15);
        (await CallAsync()).Status.ShouldBe(HttpStatusCode.Conflict);
        host.Vendor.RefreshTokens.Count.ShouldBe(1, "the grant is kept");
    }

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 3)]
    public async Task One_tools_401_is_that_tools_refusal(bool sessions, int renewals)
    {
        if (!sessions)
        {
            host.Vendor.Sessionless = true;
            host.Vendor.ForgetSessions();
        }

        host.Vendor.OnCall = RefuseQueries;

        for (var turn = 0; turn < 8; turn++)
        {
            var (status, answer) = await CallAsync();
            status.ShouldBe(HttpStatusCode.OK, answer.ToString());
            answer.GetProperty("vendorIsError").GetBoolean().ShouldBeTrue();
            answer.GetProperty("text").GetString()!.ShouldContain("does not allow this account to use query_amplitude_data");
            host.Clock.Forward(TimeSpan.FromMinutes(1));
        }

        (await SourceAsync()).GetProperty("state").GetString().ShouldBe("connected");
        (await CallAsync("get_amplitude_context")).Body.GetProperty("vendorIsError").GetBoolean().ShouldBeFalse();
        host.Vendor.Ended.Count.ShouldBeLessThanOrEqualTo(2, "the session that others share is left alone");
        host.Vendor.Refreshes.ShouldBeLessThanOrEqualTo(renewals, "the grant is not renewed for a tool at every call");
    }

    [Fact]
    public async Task A_harmless_call_that_is_refused_fails_the_doctors_step_and_ends_nothing()
    {
        host.Vendor.OnCall = (context, _) => Unauthorized(context);

        var (_, report) = await person.SendAsync(HttpMethod.Post, $"/api/data-sources/{id}/doctor");

        report.GetProperty("steps").EnumerateArray().Last().GetProperty("status").GetString().ShouldBe("failed", report.ToString());
        (await SourceAsync()).GetProperty("state").GetString().ShouldBe("connected");
    }

    [Fact]
    public async Task A_server_that_asks_nobody_to_sign_in_is_not_closed_by_one_tools_401()
    {
        await using var open = await RuleHost.StartAsync();
        open.Vendor.Open = true;
        open.Vendor.Withdraw("/.well-known/oauth-protected-resource/mcp");
        var asker = open.Connector.A();
        var (created, source) = await asker.FinishAsync((await open.StartAsync(asker)).Body);
        created.ShouldBe(HttpStatusCode.Created, source.ToString());
        var path = $"/api/data-sources/{source.GetProperty("id").GetString()}";
        open.Vendor.RefusesCalls = true;

        var (_, report) = await asker.SendAsync(HttpMethod.Post, $"{path}/doctor");
        var (status, answer) = await asker.SendAsync(HttpMethod.Post, $"{path}/calls", new { tool = "get_context", arguments = new { } });

        report.GetProperty("steps").EnumerateArray().Last().GetProperty("status").GetString().ShouldBe("failed", report.ToString());
        status.ShouldBe(HttpStatusCode.OK, answer.ToString());
        answer.GetProperty("vendorIsError").GetBoolean().ShouldBeTrue();
        answer.GetProperty("text").GetString()!.ShouldContain("asks to sign in before it answers get_context. Connect it again");
        (await asker.SendAsync(HttpMethod.Get, path)).Body.GetProperty("state").GetString().ShouldBe("connected");
        open.Vendor.RefusesCalls = false;
        (await asker.SendAsync(HttpMethod.Post, $"{path}/doctor")).Body.GetProperty("healthy").GetBoolean().ShouldBeTrue();
    }

    private static Task<bool> Unauthorized(Microsoft.AspNetCore.Http.HttpContext context)
    {
        context.Response.StatusCode = 401;
        return Task.FromResult(true);
    }

    private static Task<bool> RefuseQueries(Microsoft.AspNetCore.Http.HttpContext context, System.Text.Json.Nodes.JsonObject request) =>
        (string?)request["params"]!["name"] == "query_amplitude_data" ? Unauthorized(context) : Task.FromResult(false);

    private void RejectEverything() => host.Vendor.Intercept =
        context => context.Request.Path == "/mcp" ? Unauthorized(context) : Task.FromResult(false);

    private Task<(HttpStatusCode Status, JsonElement Body)> CallAsync(string tool = "query_amplitude_data") =>
        person.SendAsync(HttpMethod.Post, $"/api/data-sources/{id}/calls", new { tool, arguments = new { } });

    private async Task<JsonElement> SourceAsync() => (await person.SendAsync(HttpMethod.Get, $"/api/data-sources/{id}")).Body;
}
