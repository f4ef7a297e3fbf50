using System.Net;
using System.Text.Json;
using ClariBI.Connector.Data;
using ClariBI.Connector.Tests.Hosting;
using ClariBI.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ClariBI.Connector.Tests.Doctor;

public sealed class DoctorTests : IAsyncLifetime
{
    private static readonly string[] Steps = ["discover", "metadata", "register", "authorize", "exchange", "initialize", "list", "call"];
    private readonly ConnectorHost host = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        host.Settings["Connector:Life:DoctorTimeout"] = "00:00:15";
        host.Settings["Outbound:AllowedOrigins:2"] = "https://127.0.0.1:1";
        return host.InitializeAsync();
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_healthy_connection_passes_every_step()
    {
        var (person, id) = await ConnectAsync();

        var report = await ExamineAsync(person, id);

        report.GetProperty("healthy").GetBoolean().ShouldBeTrue(report.ToString());
        report.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("step").GetString()).ShouldBe(Steps);
        report.GetProperty("steps").EnumerateArray().ShouldAllBe(step => step.GetProperty("status").GetString() == "passed" && step.GetProperty("detail").GetString() != "");
        var trace = report.GetProperty("trace").GetString()!;
        trace.ShouldContain("initialize");
        trace.ShouldContain("tools/list");
        trace.ShouldContain("tools/call");
        trace.ShouldContain("HTTP 200");
        var (_, calls) = await person.SendAsync(HttpMethod.Get, $"/api/data-sources/{id}/calls");
        calls[0].GetProperty("requestedBy").GetString().ShouldBe("ClariBI (doctor)");
        calls[0].GetProperty("tool").GetString().ShouldBe("get_amplitude_context");
    }

    [Fact]
    public async Task No_report_holds_a_secret_not_even_when_the_vendor_echoes_it()
    {
        var (person, id) = await ConnectAsync();
        var sessions = new HashSet<string>();
        host.Vendor.Intercept = context =>
        {
            // What was sent comes back: in a challenge, in a header and in the text of an error.
            context.Response.Headers["X-Echo"] = context.Request.Headers.Authorization.ToString();
            sessions.Add(context.Request.Headers["Mcp-Session-Id"].ToString());
            return Task.FromResult(false);
        };
        host.Vendor.OnCall = async (context, request) =>
        {
            var said = $"You sent {context.Request.Headers.Authorization} in session {context.Request.Headers["Mcp-Session-Id"]}";
            await TestVendor.ReplyAsync(context, request, TestVendor.Text(said, isError: true));
            return true;
        };

        var declined = await ExamineAsync(person, id);
        host.Vendor.Intercept = async context =>
        {
            if (context.Request.Path != "/mcp" || !context.Request.Headers.ContainsKey("Authorization"))
            {
                return false;
            }

            var sent = context.Request.Headers.Authorization.ToString()["Bearer ".Length..];
            context.Response.StatusCode = 401;
            context.Response.Headers.WWWAuthenticate = $"Bearer error=\"invalid_token {sent}\", scope=\"{sent}\", resource_metadata=\"https://x/{sent}?token={sent}\"";
            await context.Response.WriteAsJsonAsync(new { error = sent });
            return true;
        };
        var rejected = await ExamineAsync(person, id);

        Failed(declined).ShouldBe("call");
        Failed(rejected).ShouldBe("initialize");
        rejected.GetProperty("trace").GetString()!.ShouldContain("[redacted]");
        foreach (var text in new[] { declined.ToString(), rejected.ToString() })
        {
            foreach (var secret in (string[])
                [.. host.Vendor.AccessTokens.Keys, .. host.Vendor.RefreshTokens.Keys, .. sessions.Where(session => session.Length > 0), "secret-of-the-client"])
            {
                text.ShouldNotContain(secret, Case.Insensitive);
            }

            text.ShouldNotContain("code_verifier");
            text.ShouldNotContain("doctor-", Case.Sensitive);
        }
    }

    /// <summary>Every way to be broken that a vendor has shown, with the step, a word of the cause, and the state afterwards.</summary>
    public static TheoryData<string, string, string, string> Broken => new()
    {
        { "down", "discover", "503", "degraded" },
        { "web page", "discover", "web page", "connected" },
        { "resource mismatch", "discover", "another resource", "connected" },
        { "metadata down", "metadata", "503", "degraded" },
        { "metadata is a web page", "metadata", "web page", "connected" },
        { "issuer mismatch", "metadata", "another issuer", "connected" },
        { "no S256", "metadata", "S256", "connected" },
        { "revoked grant", "initialize", "Amplitude", "needs_reauthorization" },
        { "401 loop", "initialize", "rejects", "degraded" },
        { "session endpoint down", "initialize", "503", "degraded" },
        { "session endpoint is a web page", "initialize", "web page", "degraded" },
        { "session forgotten for good", "initialize", "404", "degraded" },
        { "no tools", "list", "no tools", "connected" },
        { "call declined", "call", "Permission denied", "connected" },
        { "mcp off", "call", "turned off", "degraded" },
        { "call fails", "call", "503", "degraded" },
        { "rate limited", "call", "limits how often", "connected" },
        { "slow", "initialize", "", "connected" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task Each_broken_vendor_fails_at_its_step_with_cause_and_fix(string fault, string step, string cause, string state)
    {
        var (person, id) = await ConnectAsync();
        VendorFaults.Break(host.Vendor, fault);

        var report = await ExamineAsync(person, id);

        Failed(report).ShouldBe(step, report.ToString());
        var failed = report.GetProperty("steps").EnumerateArray().Single(found => found.GetProperty("status").GetString() == "failed");
        failed.GetProperty("cause").GetString()!.ShouldContain(cause, Case.Insensitive);
        failed.GetProperty("fix").GetString()!.Length.ShouldBeGreaterThan(20);
        report.GetProperty("healthy").GetBoolean().ShouldBeFalse();
        var names = report.GetProperty("steps").EnumerateArray().Select(found => found.GetProperty("step").GetString()).ToList();
        names.ShouldBe(Steps);
        report.GetProperty("steps").EnumerateArray().Skip(names.IndexOf(step) + 1).ShouldAllBe(after => after.GetProperty("status").GetString() == "skipped");
        report.GetProperty("durationMs").GetInt32().ShouldBeLessThan(20_000);
        await Eventually.GetAsync(() => SourceAsync(person, id), seen => seen.GetProperty("state").GetString() == state, because: $"The state {state}");
    }

    [Fact]
    public async Task A_client_that_the_vendor_forgot_is_told_and_ends_nothing_that_still_works()
    {
        var (person, id) = await ConnectAsync();
        VendorFaults.Break(host.Vendor, "dead client");

        var report = await ExamineAsync(person, id);

        Failed(report).ShouldBe("register", report.ToString());
        report.GetProperty("steps").EnumerateArray().Count(step => step.GetProperty("status").GetString() == "passed").ShouldBe(7);
        (await SourceAsync(person, id)).GetProperty("state").GetString().ShouldBe("connected");
    }

    [Fact]
    public async Task The_client_that_is_examined_is_the_one_the_access_was_given_to()
    {
        var (person, id) = await ConnectAsync();
        var (status, _) = await person.SendAsync(
            HttpMethod.Post, "/api/authorizations", new { vendor = "amplitude", region = "sandbox", client = new { id = "typo", secret = "y" } });
        status.ShouldBe(HttpStatusCode.Created);

        (await ExamineAsync(person, id)).GetProperty("healthy").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task A_source_that_is_found_healthy_recovers()
    {
        var (person, id) = await ConnectAsync();
        VendorFaults.Break(host.Vendor, "401 loop");
        Failed(await ExamineAsync(person, id)).ShouldBe("initialize");
        (await SourceAsync(person, id)).GetProperty("state").GetString().ShouldBe("degraded");
        host.Vendor.Intercept = null;

        (await ExamineAsync(person, id)).GetProperty("healthy").GetBoolean().ShouldBeTrue();

        var source = await SourceAsync(person, id);
        (source.GetProperty("state").GetString(), source.GetProperty("reachable").GetProperty("ok").GetBoolean()).ShouldBe(("connected", true));
        var (_, timeline) = await person.SendAsync(HttpMethod.Get, $"/api/data-sources/{id}/timeline");
        timeline.EnumerateArray().Select(line => line.GetProperty("kind").GetString()).ShouldContain("recovered");
    }

    [Fact]
    public async Task What_is_disconnected_says_so_at_consent()
    {
        var (person, id) = await ConnectAsync();
        await person.SendAsync(HttpMethod.Post, $"/api/data-sources/{id}/disconnect");

        var report = await ExamineAsync(person, id);

        Failed(report).ShouldBe("authorize");
        (await SourceAsync(person, id)).GetProperty("state").GetString().ShouldBe("disconnected");
    }

    [Fact]
    public async Task One_run_at_a_time_and_only_for_ones_own()
    {
        var (person, id) = await ConnectAsync();
        var (reached, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        host.Vendor.OnCall = async (_, _) =>
        {
            reached.TrySetResult();
            await release.Task;
            return false;
        };

        var running = person.SendAsync(HttpMethod.Post, $"/api/data-sources/{id}/doctor");
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(20), Ct);
        var (status, problem) = await person.SendAsync(HttpMethod.Post, $"/api/data-sources/{id}/doctor");
        release.SetResult();

        (status, problem.GetProperty("type").GetString()).ShouldBe((HttpStatusCode.Conflict, "doctor-running"));
        (await running).Status.ShouldBe(HttpStatusCode.OK);
        (await host.A().SendAsync(HttpMethod.Post, $"/api/data-sources/{id}/doctor")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await person.SendAsync(HttpMethod.Post, $"/api/data-sources/{id}/doctor")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("https://no-such-host.invalid/mcp", "has no address")]
    [InlineData("https://127.0.0.1:1/mcp", "accepts no connection")]
    [InlineData("https://10.0.0.1/mcp", "not a public address")]
    [InlineData("tls", "could not be connected to safely")]
    public async Task An_address_that_leads_nowhere_says_why(string address, string cause)
    {
        var (person, id) = await ConnectAsync();
        var server = address == "tls" ? host.Vendor.Url.Replace("http:", "https:", StringComparison.Ordinal) + "/mcp" : address;
        await using (var scope = host.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<ConnectorDbContext>().DataSources
                .Where(row => row.Id == id).ExecuteUpdateAsync(row => row.SetProperty(source => source.ServerUrl, server), Ct);
        }

        var report = await ExamineAsync(person, id);

        Failed(report).ShouldBe("discover");
        var discover = report.GetProperty("steps")[0];
        discover.GetProperty("cause").GetString()!.ShouldContain(cause, Case.Insensitive, report.ToString());
        discover.GetProperty("fix").GetString()!.Length.ShouldBeGreaterThan(20);
    }

    private async Task<(Person Person, Guid Id)> ConnectAsync()
    {
        var person = host.A();
        return (person, (await person.ConnectAsync()).GetProperty("id").GetGuid());
    }

    private static async Task<JsonElement> ExamineAsync(Person person, Guid id)
    {
        var (status, report) = await person.SendAsync(HttpMethod.Post, $"/api/data-sources/{id}/doctor");
        status.ShouldBe(HttpStatusCode.OK, report.ToString());
        return report;
    }

    private static string? Failed(JsonElement report) => report.GetProperty("steps").EnumerateArray()
        .FirstOrDefault(step => step.GetProperty("status").GetString() == "failed") is { ValueKind: JsonValueKind.Object } failed
            ? failed.GetProperty("step").GetString()
            : null;

    private static async Task<JsonElement> SourceAsync(Person person, Guid id) => (await person.SendAsync(HttpMethod.Get, $"/api/data-sources/{id}")).Body;
}
