using System.Net;
using ClariBI.Connector.Tests.Calls;
using ClariBI.Connector.Tests.Hosting;
using ClariBI.Contracts.Connector;
using ClariBI.Testing;
using Microsoft.AspNetCore.Http;

namespace ClariBI.Connection.Tests.Journeys;

/// <summary>Renewals whose time a test moves: from the person's call down to the vendor's token endpoint.</summary>
public sealed class RefreshTests : IAsyncLifetime
{
    private readonly ConnectorHost host = new();
    private VendorTap tap = null!;

    public async ValueTask InitializeAsync()
    {
        await host.InitializeAsync();
        tap = new VendorTap(host.Vendor);
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task P01_R04_A_renewal_that_brings_no_refresh_token_keeps_the_one_there_is()
    {
        var bench = await CallBench.ConnectAsync(host);
        var refresh = host.Vendor.RefreshTokens.Keys.Single();
        var given = 0;
        tap.Answer = async (context, request) =>
        {
            if (request["grant_type"] != "refresh_token")
            {
                return false;
            }

            host.Vendor.AccessTokens[$"kept-{++given}"] = true;
            await context.Response.WriteAsJsonAsync(new { access_token = $"kept-{given}", token_type = "Bearer", expires_in = 3600 });
            return true;
        };

        for (var life = 0; life < 3; life++)
        {
            host.Clock.Forward(TimeSpan.FromMinutes(61));
            await bench.CompletedAsync(arguments: $$"""{"n":{{life}}}""");
        }

        tap.Refreshes.Select(request => request["refresh_token"]).ShouldBe([refresh, refresh, refresh]);
        (await StateAsync(bench)).ShouldBe("connected");
    }

    [Fact]
    public async Task P03_R05_Ten_minutes_of_503_at_the_token_endpoint_lose_nothing_and_ask_nobody()
    {
        var bench = await CallBench.ConnectAsync(host);
        host.Clock.Forward(TimeSpan.FromMinutes(61));
        tap.Answer = (context, request) =>
        {
            context.Response.StatusCode = 503;
            return Task.FromResult(request.Path == "/token");
        };

        for (var second = 0; second < 600; second += 30)
        {
            var failed = await bench.FailedAsync(arguments: $$"""{"n":{{second}}}""");
            failed.Reason.ShouldBe(ToolCallFailure.VendorUnavailable);
            host.Clock.Forward(TimeSpan.FromSeconds(30));
        }

        (await StateAsync(bench)).ShouldBe("degraded");
        tap.Refreshes.Count.ShouldBeInRange(2, 15, "the vendor is asked again, and not at every call");
        tap.Answer = null;
        host.Clock.Forward(TimeSpan.FromMinutes(3));
        await bench.CompletedAsync();
        (await StateAsync(bench)).ShouldBe("connected");
        tap.To("/authorize").Count.ShouldBe(1, "the consent of the beginning");
        host.Vendor.Registrations.ShouldBe(1);
    }

    [Fact]
    public async Task P09_The_resource_of_the_login_is_the_resource_of_every_renewal()
    {
        var bench = await CallBench.ConnectAsync(host);
        host.Clock.Forward(TimeSpan.FromMinutes(61));
        await bench.CompletedAsync();

        tap.To("/token").Select(request => request["resource"]).ShouldBe([host.Vendor.Url, host.Vendor.Url]);
    }

    [Fact]
    public async Task P12_A_call_that_met_a_401_is_sent_again_with_the_same_body_and_another_token()
    {
        var bench = await CallBench.ConnectAsync(host);
        await bench.CompletedAsync();
        var before = tap.Rpc("tools/call").Count;
        host.Vendor.AccessTokens.Clear();

        await bench.CompletedAsync(arguments: """{"n":1}""");

        var sent = tap.Rpc("tools/call").Skip(before).ToList();
        sent.Count.ShouldBe(2);
        sent[1].Body.ShouldBe(sent[0].Body);
        sent[1].Bearer.ShouldNotBe(sent[0].Bearer);
        tap.Refreshes.Count.ShouldBe(1);
    }

    [Fact]
    public async Task P19b_A_person_may_take_minutes_to_consent_but_not_more_than_ten()
    {
        var person = host.A();
        var authorization = await person.StartAsync();
        host.Clock.Forward(TimeSpan.FromMinutes(9));
        await person.ReturnAsync(await Person.ConsentAsync(authorization));
        (await person.ReadAsync(authorization)).GetProperty("status").GetString().ShouldBe("authorized");

        var late = await person.StartAsync();
        var callback = await Person.ConsentAsync(late);
        host.Clock.Forward(TimeSpan.FromMinutes(11));
        await person.ReturnAsync(callback);

        // Terminal, with a reason, and the next one is free.
        var failed = await person.ReadAsync(late);
        failed.GetProperty("status").GetString().ShouldBe("failed");
        failed.GetProperty("failure").GetProperty("detail").GetString().ShouldNotBeNullOrEmpty();
        tap.To("/token").Count.ShouldBe(1);
        await person.ConnectAsync();
    }

    [Fact]
    public async Task R01_The_token_is_renewed_before_it_ends_and_no_call_meets_a_401()
    {
        var bench = await CallBench.ConnectAsync(host);
        await bench.CompletedAsync();
        tap.Refreshes.ShouldBeEmpty();
        var first = tap.Rpc("tools/call")[^1].Bearer;

        // The last five minutes, and up to half as much before.
        host.Clock.Forward(TimeSpan.FromMinutes(56));
        await bench.CompletedAsync();
        await bench.CompletedAsync();

        tap.Refreshes.Count.ShouldBe(1);
        tap.Rpc("tools/call")[^1].Bearer.ShouldNotBe(first);
        host.Vendor.AccessTokens.ContainsKey(first!["Bearer ".Length..]).ShouldBeTrue("it was renewed while the old one still lived");
        (await StateAsync(bench)).ShouldBe("connected");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task R01_A_vendor_whose_tokens_live_for_seconds_can_be_used(int seconds)
    {
        host.Vendor.ExpiresIn = seconds;
        var bench = await CallBench.ConnectAsync(host);
        for (var call = 0; call < 3; call++)
        {
            host.Clock.Forward(TimeSpan.FromSeconds(seconds + 1));
            await bench.CompletedAsync(arguments: $$"""{"n":{{call}}}""");
        }

        (await StateAsync(bench)).ShouldBe("connected");
    }

    [Fact]
    public async Task R05_Only_the_vendors_clear_word_ends_a_grant()
    {
        var bench = await CallBench.ConnectAsync(host);
        host.Clock.Forward(TimeSpan.FromMinutes(61));
        foreach (var (status, body) in new[] { (500, "invalid_grant"), (429, "invalid_client"), (400, "<html>invalid_grant</html>"), (200, "") })
        {
            tap.Answer = async (context, request) =>
            {
                if (request.Path != "/token")
                {
                    return false;
                }

                context.Response.StatusCode = status;
                await context.Response.WriteAsync(body.Contains('<', StringComparison.Ordinal) || body.Length == 0 ? body : $$"""{"error":"{{body}}"}""");
                return true;
            };
            (await bench.FailedAsync()).Reason.ShouldBe(ToolCallFailure.VendorUnavailable, body);
            host.Clock.Forward(TimeSpan.FromMinutes(3));
        }

        tap.Answer = null;
        await bench.CompletedAsync();
        host.Vendor.ForgetTokens();
        (await bench.FailedAsync()).Reason.ShouldBe(ToolCallFailure.NeedsReauthorization);
        await Eventually.GetAsync(() => StateAsync(bench), state => state == "needs_reauthorization");
    }

    [Fact]
    public async Task R10_Every_state_says_why_and_what_to_do()
    {
        var bench = await CallBench.ConnectAsync(host);
        (await bench.SourceAsync()).GetProperty("state").GetString().ShouldBe("connected");

        host.Vendor.Faults["/mcp"] = HttpStatusCode.BadGateway;
        await bench.FailedAsync();
        await ShowsAsync(bench, "degraded", "vendor_unreachable");
        host.Vendor.Faults.Clear();
        await bench.CompletedAsync();
        (await StateAsync(bench)).ShouldBe("connected");

        host.Vendor.ForgetTokens();
        (await bench.FailedAsync()).Reason.ShouldBe(ToolCallFailure.NeedsReauthorization);
        await ShowsAsync(bench, "needs_reauthorization", "grant_ended");

        await bench.Person.SendAsync(HttpMethod.Post, $"/api/data-sources/{bench.Id}/disconnect");
        await ShowsAsync(bench, "disconnected", "disconnected_by_person");
    }

    private static async Task ShowsAsync(CallBench bench, string state, string code)
    {
        var source = await Eventually.GetAsync(bench.SourceAsync, now => now.GetProperty("state").GetString() == state);
        source.GetProperty("stateCode").GetString().ShouldBe(code);
        source.GetProperty("stateReason").GetString().ShouldNotBeNullOrWhiteSpace();
        source.GetProperty("fix").GetString().ShouldNotBeNullOrWhiteSpace();
    }

    private static async Task<string?> StateAsync(CallBench bench) => (await bench.SourceAsync()).GetProperty("state").GetString();
}
