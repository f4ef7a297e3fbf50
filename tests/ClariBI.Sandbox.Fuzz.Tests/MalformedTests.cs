using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ClariBI.Sandbox.Fuzz.Tests;

/// <summary>What no client library would send. Each is answered with 2xx or 4xx and in time, and the session goes on.</summary>
public sealed class MalformedTests(MalformedTests.Shared shared) : IClassFixture<MalformedTests.Shared>, IAsyncLifetime
{
    private const string Call = """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get_amplitude_context","arguments":{}}}""";

    private McpWire wire = null!;

    public sealed class Shared : IAsyncDisposable
    {
        internal FuzzedSandbox Sandbox { get; } = new(("users", "100"));

        public ValueTask DisposeAsync() => Sandbox.DisposeAsync();
    }

    public async ValueTask InitializeAsync()
    {
        wire = await shared.Sandbox.ConnectAsync("mcp:read");
        shared.Sandbox.Errors.Clear();
    }

    /// <summary>Whatever was sent: the same session still answers, and nothing went wrong inside.</summary>
    public async ValueTask DisposeAsync()
    {
        var after = await wire.PostAsync(Call);
        after.IsAnswer.ShouldBeTrue(after.Body);
        shared.Sandbox.Errors.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("{")]
    [InlineData("}")]
    [InlineData("nonsense")]
    [InlineData("null")]
    [InlineData("42")]
    [InlineData("\"text\"")]
    [InlineData("true")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("[1,2]")]
    [InlineData("[null]")]
    [InlineData("""[{"jsonrpc":"2.0","id":1,"method":"ping"},{"jsonrpc":"2.0","id":2,"method":"ping"}]""")]
    [InlineData("""{"jsonrpc":"1.0","id":1,"method":"ping"}""")]
    [InlineData("""{"jsonrpc":2.0,"id":1,"method":"ping"}""")]
    [InlineData("""{"id":1,"method":"ping"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":42}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":null}""")]
    [InlineData("""{"jsonrpc":"2.0","id":{},"method":"ping"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":[],"method":"ping"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":true,"method":"ping"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1.5,"method":"ping"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1e400,"method":"ping"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"ping"}{"jsonrpc":"2.0","id":2,"method":"ping"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"ping"} trailing""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"ping",}""")]
    [InlineData("""{"jsonrpc":"2.0",/* comment */"id":1,"method":"ping"}""")]
    [InlineData("""{'jsonrpc':'2.0','id':1,'method':'ping'}""")]
    [InlineData("""{"jsonrpc":"2.0","id":NaN,"method":"ping"}""")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"pi\0ng\"}")]
    [InlineData("\0\0\0\0")]
    public async Task A_broken_message_is_refused(string body)
    {
        var reply = await wire.PostAsync(body);

        ((int)reply.Status).ShouldBeInRange(400, 499, reply.Body);
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":""}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"no/such"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":"\u0000","method":"no/such"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":null}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":[]}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":"x"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":null}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":42}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":["get_amplitude_context"]}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get_amplitude_context","arguments":[]}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get_amplitude_context","arguments":"x"}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get_amplitude_context","arguments":42}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"\u0000","arguments":{}}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"\ud800","arguments":{}}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"cursor":42}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":42,"capabilities":[],"clientInfo":"x"}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"resources/read","params":{"uri":"file:///etc/passwd"}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"prompts/get","params":{"name":"x"}}""")]
    public async Task A_request_that_makes_no_sense_gets_an_error(string body)
    {
        var reply = await wire.PostAsync(body);

        ((int)reply.Status).ShouldBeInRange(200, 499, reply.Body);
        var message = reply.Message.ShouldNotBeNull(reply.Body);
        (message.TryGetProperty("error", out _) || reply.IsToolError).ShouldBeTrue(reply.Body);
        reply.Body.ShouldNotContain("   at ");
        reply.Body.ShouldNotContain("Internal error");
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":{}}}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":99999}}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"notifications/no_such"}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"notifications/initialized","params":[]}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"tools/call","params":{"name":"get_amplitude_context"}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":4711,"result":{}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":4711,"error":{"code":-1,"message":"x"}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":null,"method":"ping"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":4711,"error":"x"}""")]
    public async Task A_message_that_nobody_waits_for_does_no_harm(string body)
    {
        var reply = await wire.PostAsync(body);

        ((int)reply.Status).ShouldBeInRange(200, 499, reply.Body);
    }

    public static TheoryData<string> Bodies => ["deep objects", "deep arrays", "invalid utf-8", "utf-16", "byte order mark", "a string of 10 MB", "a name of 10 MB", "40 MB", "a hundred thousand fields", "a number of a million digits", "the same field a thousand times"];

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task An_outsized_or_misencoded_body_is_answered(string kind)
    {
        static string Arguments(string inside) => $$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get_amplitude_context","arguments":{{inside}} } }""";
        var body = kind switch
        {
            "deep objects" => Encoding.UTF8.GetBytes(Arguments(string.Concat(Enumerable.Repeat("{\"a\":", 20_000)) + "1" + new string('}', 20_000))),
            "deep arrays" => Encoding.UTF8.GetBytes(new string('[', 100_000)),
            "invalid utf-8" => [.. Encoding.UTF8.GetBytes("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get_amplitude_context","arguments":{"searchContextDocuments":"""), 34, 0xC3, 0x28, 0xFF, 0xFE, 34, .. "}}}"u8],
            "utf-16" => Encoding.Unicode.GetBytes(Call),
            "byte order mark" => [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Call)],
            "a string of 10 MB" => Encoding.UTF8.GetBytes(Arguments($$"""{"searchContextDocuments":"{{new string('x', 10_000_000)}}"}""")),
            "a name of 10 MB" => Encoding.UTF8.GetBytes(Arguments($$"""{"{{new string('x', 10_000_000)}}":1}""")),
            "40 MB" => Encoding.UTF8.GetBytes(Arguments($$"""{"searchContextDocuments":"{{new string('x', 40_000_000)}}"}""")),
            "a hundred thousand fields" => Encoding.UTF8.GetBytes(Arguments("{" + string.Join(',', Enumerable.Range(0, 100_000).Select(i => $"\"f{i}\":1")) + "}")),
            "a number of a million digits" => Encoding.UTF8.GetBytes(Arguments($$"""{"projectId":{{new string('9', 1_000_000)}} }""")),
            _ => Encoding.UTF8.GetBytes(Arguments("{" + string.Join(',', Enumerable.Repeat("\"projectId\":\"100001\"", 1000)) + "}")),
        };

        var request = wire.Request(HttpMethod.Post, body);
        request.Headers.ExpectContinue = true;
        var reply = await wire.SendAsync(request);

        ((int)reply.Status).ShouldBeInRange(200, 499, Short(reply.Body));
        reply.Body.ShouldNotContain("-32603");
        reply.Body.ShouldNotContain("Internal error");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData(null)]
    public async Task Another_content_type_is_refused(string? type)
    {
        var reply = await wire.SendAsync(wire.Request(HttpMethod.Post, Encoding.UTF8.GetBytes(Call), type));

        ((int)reply.Status).ShouldBeInRange(400, 499, reply.Body);
    }

    [Theory]
    [InlineData("Accept", "text/html")]
    [InlineData("Accept", "nonsense")]
    [InlineData("Mcp-Session-Id", "no-such-session")]
    [InlineData("Mcp-Session-Id", "'; DROP TABLE sessions; --")]
    [InlineData("MCP-Protocol-Version", "1999-01-01")]
    [InlineData("MCP-Protocol-Version", "nonsense")]
    [InlineData("Authorization", "Basic eDp5")]
    [InlineData("Authorization", "Bearer ")]
    [InlineData("Authorization", "Bearer \u00ff")]
    public async Task A_wrong_header_is_refused(string name, string value)
    {
        using var request = wire.Request(HttpMethod.Post, Encoding.UTF8.GetBytes(Call));
        request.Headers.Remove(name);
        request.Headers.TryAddWithoutValidation(name, value).ShouldBeTrue();

        HttpStatusCode status;
        try
        {
            status = (await wire.SendAsync(request)).Status;
        }
        catch (HttpRequestException)
        {
            // The client library itself refused to send it.
            return;
        }

        ((int)status).ShouldBeInRange(400, 499);
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("HEAD")]
    [InlineData("OPTIONS")]
    [InlineData("NONSENSE")]
    public async Task Another_method_is_refused(string method)
    {
        var reply = await wire.SendAsync(wire.Request(new(method), null));

        ((int)reply.Status).ShouldBeInRange(200, 499, reply.Body);
        reply.IsAnswer.ShouldBeFalse();
    }

    [Fact]
    public async Task A_body_that_breaks_off_does_no_harm()
    {
        using var ready = wire.Request(HttpMethod.Post, "{}"u8.ToArray());
        var address = wire.Http.BaseAddress!;
        using var socket = new TcpClient(address.Host, address.Port);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /mcp HTTP/1.1\r\nHost: {address.Authority}\r\nAuthorization: {ready.Headers.Authorization}\r\nContent-Type: application/json\r\nAccept: application/json, text/event-stream\r\nContent-Length: 5000\r\n\r\n{{\"jsonrpc\":"), TestContext.Current.CancellationToken);
        await stream.FlushAsync(TestContext.Current.CancellationToken);
        socket.Client.Close();

        (await wire.PostAsync(Call)).IsAnswer.ShouldBeTrue();
    }

    [Theory]
    [InlineData("/register", "application/json", "{")]
    [InlineData("/register", "application/json", "[]")]
    [InlineData("/register", "application/json", "null")]
    [InlineData("/register", "application/json", """{"redirect_uris":"http://localhost/x"}""")]
    [InlineData("/register", "application/json", """{"redirect_uris":[1,null,{}]}""")]
    [InlineData("/register", "application/json", """{"redirect_uris":["\u0000"]}""")]
    [InlineData("/register", "application/json", """{"redirect_uris":["javascript:alert(1)"]}""")]
    [InlineData("/register", "application/json", """{"redirect_uris":["http://localhost/x"],"client_name":{"a":1}}""")]
    [InlineData("/register", "application/json", """{"redirect_uris":["http://localhost/x"],"token_endpoint_auth_method":42}""")]
    [InlineData("/register", "application/json", """{"redirect_uris":["http://localhost/x"],"scope":[1]}""")]
    [InlineData("/register", "text/plain", "{}")]
    [InlineData("/token", "application/json", "{}")]
    [InlineData("/token", "application/x-www-form-urlencoded", "")]
    [InlineData("/token", "application/x-www-form-urlencoded", "%zz=%zz&grant_type")]
    [InlineData("/token", "application/x-www-form-urlencoded", "grant_type=authorization_code&grant_type=refresh_token&code=%00&client_id=%00")]
    [InlineData("/token", "application/x-www-form-urlencoded", "grant_type=refresh_token&refresh_token=%ED%A0%80&client_id=x")]
    [InlineData("/token", "multipart/form-data; boundary=x", "--x\r\nbroken")]
    [InlineData("/authorize", "application/x-www-form-urlencoded", "client_id=%00&decision=allow")]
    [InlineData("/authorize", "application/json", "{}")]
    [InlineData("/authorize", "multipart/form-data; boundary=x", "--x\r\nbroken")]
    [InlineData("/revoke", "application/json", "{")]
    [InlineData("/revoke", "application/x-www-form-urlencoded", "token=%00%ff")]
    [InlineData("/revoke", "multipart/form-data; boundary=x", "--x\r\nbroken")]
    public async Task A_malformed_oauth_request_is_refused(string path, string type, string body)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(type);
        using var reply = await wire.Http.PostAsync(path, content, TestContext.Current.CancellationToken);

        ((int)reply.StatusCode).ShouldBeInRange(path == "/revoke" ? 200 : 400, 499, await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static string Short(string text) => text[..Math.Min(500, text.Length)];
}
