using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace ClariBI.Sandbox.Tests;

public sealed class TransportTests(LiveFixture live)
{
    [Theory]
    [InlineData("2024-11-05", "2024-11-05")]
    [InlineData("2025-03-26", "2025-03-26")]
    [InlineData("2025-06-18", "2025-06-18")]
    [InlineData("2025-11-25", "2025-11-25")]
    [InlineData("2026-07-28", "2025-11-25")]
    [InlineData("2031-01-01", "2025-11-25")]
    public async Task Every_version_with_sessions_is_negotiated(string asked, string agreed)
    {
        var (_, tokens) = await live.Sandbox.Us().SignInAsync(organisation: "shop");
        var wire = new Wire(live.Sandbox.Client(live.Sandbox.UsAddress), tokens.GetProperty("access_token").GetString()!);

        var reply = await wire.ReplyAsync(Wire.Initialize(asked));

        reply.GetProperty("result").GetProperty("protocolVersion").GetString().ShouldBe(agreed);
    }

    [Fact]
    public async Task A_reply_is_an_event_with_one_data_line()
    {
        var wire = await Wire.OpenAsync(live.Sandbox.Us());

        using var reply = await wire.SendAsync(Wire.Call("get_amplitude_context"));

        reply.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        (await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldMatch("^event: message\ndata: \\{[^\n]*\\}\n\n$");
    }

    [Fact]
    public async Task A_session_ends_with_DELETE_and_an_unknown_one_is_not_found()
    {
        var wire = await Wire.OpenAsync(live.Sandbox.Us());

        using var ended = await wire.SendAsync(wire.Request(HttpMethod.Delete));
        using var after = await wire.SendAsync(Wire.List);
        wire.Session = "made-up";
        using var madeUp = await wire.SendAsync(Wire.List);
        wire.Session = null;
        using var without = await wire.SendAsync(Wire.List);

        ended.StatusCode.ShouldBe(HttpStatusCode.OK);
        after.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        madeUp.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        without.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await after.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("error").GetProperty("message").GetString().ShouldBe("Session not found");
    }

    [Fact]
    public async Task A_session_belongs_to_its_grant()
    {
        var mine = await Wire.OpenAsync(live.Sandbox.Us());
        var (_, tokens) = await live.Sandbox.Us().SignInAsync(organisation: "boston");
        var thief = new Wire(live.Sandbox.Client(live.Sandbox.UsAddress), tokens.GetProperty("access_token").GetString()!, mine.Session);

        using var reply = await thief.SendAsync(Wire.List);

        ((int)reply.StatusCode).ShouldBeInRange(400, 499);
    }

    [Fact]
    public async Task A_session_that_ends_while_it_is_used_is_not_found()
    {
        await using var sandbox = new LiveSandbox(("replies", "json"));
        var account = sandbox.Us();
        var (_, tokens) = await account.SignInAsync(organisation: "shop");
        for (var round = 0; round < 100; round++)
        {
            var wire = new Wire(account.Http, tokens.GetProperty("access_token").GetString()!);
            using var opened = await wire.SendAsync(Wire.Initialize("2025-06-18"));
            wire.Session = opened.Headers.GetValues("mcp-session-id").Single();

            var statuses = await Task.WhenAll(StatusAsync(wire, Wire.List), StatusAsync(wire, null), StatusAsync(wire, Wire.List), StatusAsync(wire, Wire.List));

            statuses.ShouldAllBe(status => status == HttpStatusCode.OK || status == HttpStatusCode.NotFound);
        }

        static async Task<HttpStatusCode> StatusAsync(Wire wire, string? body)
        {
            using var reply = body is null ? await wire.SendAsync(wire.Request(HttpMethod.Delete)) : await wire.SendAsync(body);
            return reply.StatusCode;
        }
    }

    [Fact]
    public async Task GET_opens_a_stream()
    {
        var wire = await Wire.OpenAsync(live.Sandbox.Us());
        using var client = new HttpClient { BaseAddress = live.Sandbox.UsAddress };
        using var request = wire.Request(HttpMethod.Get);

        using var reply = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);

        reply.StatusCode.ShouldBe(HttpStatusCode.OK);
        reply.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"jsonrpc\":")]
    [InlineData("null")]
    [InlineData("5")]
    [InlineData("[]")]
    [InlineData("[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}]")]
    [InlineData("{\"id\":1,\"method\":\"tools/list\"}")]
    [InlineData("{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"tools/list\"}")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":5}")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"ping\"}")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\"}")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":\"x\"}")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":5}}")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"search_amp_entities\",\"arguments\":[1]}}")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"search_amp_entities\",\"arguments\":{\"queries\":[\"\\ud800\"]}}}")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\",\"params\":{\"cursor\":5}}")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":5}}")]
    public async Task What_is_no_request_is_refused_as_JSON_RPC_does(string body)
    {
        var wire = await Wire.OpenAsync(live.Sandbox.Us());

        using var reply = await wire.SendAsync(body);

        reply.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var error = await reply.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        error.GetProperty("jsonrpc").GetString().ShouldBe("2.0");
        error.GetProperty("error").GetProperty("code").GetInt32().ShouldBeInRange(-32700, -32600);
        (await wire.ReplyAsync(Wire.Ping)).GetProperty("result").ToString().ShouldBe("{}");
    }

    [Theory]
    [InlineData("text/plain", null, HttpStatusCode.UnsupportedMediaType)]
    [InlineData(null, null, HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/json", "application/json", HttpStatusCode.NotAcceptable)]
    [InlineData("application/json", "", HttpStatusCode.NotAcceptable)]
    public async Task Wrong_media_types_are_refused(string? contentType, string? accept, HttpStatusCode expected)
    {
        var wire = await Wire.OpenAsync(live.Sandbox.Us());
        using var request = wire.Request(HttpMethod.Post, Encoding.UTF8.GetBytes(Wire.Ping), contentType);
        if (accept is not null)
        {
            request.Headers.Accept.Clear();
            request.Headers.TryAddWithoutValidation("Accept", accept.Length == 0 ? [] : [accept]);
        }

        using var reply = await wire.SendAsync(request);

        reply.StatusCode.ShouldBe(expected);
        (await reply.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("error").GetProperty("code").GetInt32().ShouldBe(-32000);
    }

    [Fact]
    public async Task A_huge_body_is_refused()
    {
        var wire = await Wire.OpenAsync(live.Sandbox.Us());

        using var reply = await wire.SendAsync(Wire.Call("search_amp_entities", "{\"queries\":[\"" + new string('x', 5_000_000) + "\"]}"));

        reply.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task On_loopback_only_own_hosts_are_answered()
    {
        await using var sandbox = new LiveSandbox(("public-url", "https://sandbox.example"));
        var wire = await Wire.OpenAsync(sandbox.Us());
        async Task<HttpStatusCode> StatusAsync(string? host, string? origin)
        {
            using var request = wire.Request(HttpMethod.Post, Encoding.UTF8.GetBytes(Wire.Ping));
            request.Headers.Host = host;
            request.Headers.TryAddWithoutValidation("Origin", origin is null ? [] : [origin]);
            using var reply = await wire.SendAsync(request);
            return reply.StatusCode;
        }

        (await StatusAsync("evil.example", null)).ShouldBe(HttpStatusCode.Forbidden);
        (await StatusAsync("localhost.evil.example", null)).ShouldBe(HttpStatusCode.Forbidden);
        (await StatusAsync(null, "http://evil.example")).ShouldBe(HttpStatusCode.Forbidden);
        (await StatusAsync(null, "null")).ShouldBe(HttpStatusCode.Forbidden);
        (await StatusAsync("localhost", "http://localhost:6274")).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync("[::1]:80", null)).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync("sandbox.example", "https://sandbox.example")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Replies_become_plain_JSON_by_option()
    {
        await using var sandbox = new LiveSandbox(("replies", "json"));
        var wire = await Wire.OpenAsync(sandbox.Us());

        using var reply = await wire.SendAsync(Wire.Call("get_amplitude_context"));

        reply.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        var message = await reply.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        message.GetProperty("id").GetInt32().ShouldBe(5);
        message.GetProperty("result").GetProperty("content")[0].GetProperty("text").GetString()!.ShouldContain("ada@shop.example");
        await using var tools = await sandbox.Us().ConnectAsync(organisation: "shop");
        (await tools.Client.ListToolsAsync(cancellationToken: TestContext.Current.CancellationToken)).ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("2026-07-28", false)]
    [InlineData("2025-11-25", true)]
    [InlineData("2024-11-05", true)]
    public async Task Without_sessions_new_clients_have_none_and_older_ones_still_do(string version, bool hasSession)
    {
        await using var sandbox = new LiveSandbox(("protocol", "sessionless"));
        var (_, tokens) = await sandbox.Us().SignInAsync(organisation: "shop");

        await using var tools = await sandbox.Us().ConnectWithAsync(tokens.GetProperty("access_token").GetString()!, version);

        tools.Client.NegotiatedProtocolVersion.ShouldBe(version);
        (tools.Client.SessionId is not null).ShouldBe(hasSession);
        (await tools.Client.ListToolsAsync(cancellationToken: TestContext.Current.CancellationToken)).ShouldNotBeEmpty();
        (await tools.ReadAsync("get_amplitude_context")).GetProperty("user").GetProperty("name").GetString().ShouldBe("Ada");
    }

    [Fact]
    public async Task With_sessions_the_newest_client_steps_down()
    {
        var (_, tokens) = await live.Sandbox.Us().SignInAsync(organisation: "shop");

        await using var tools = await live.Sandbox.Us().ConnectWithAsync(tokens.GetProperty("access_token").GetString()!);

        tools.Client.NegotiatedProtocolVersion.ShouldBe("2025-11-25");
        tools.Client.SessionId.ShouldNotBeNullOrEmpty();
    }
}
