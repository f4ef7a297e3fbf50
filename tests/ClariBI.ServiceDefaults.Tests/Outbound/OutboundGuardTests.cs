using System.Net;
using ClariBI.ServiceDefaults.Outbound;

namespace ClariBI.ServiceDefaults.Tests.Outbound;

/// <summary>Requests out of policy make no connection: a listener on every loopback address counts them.</summary>
public sealed class OutboundGuardTests
{
    [Theory]
    [InlineData("https://127.0.0.1:{0}/")]
    [InlineData("https://127.1:{0}/")]
    [InlineData("https://127.0.1:{0}/")]
    [InlineData("https://2130706433:{0}/")]
    [InlineData("https://0x7f000001:{0}/")]
    [InlineData("https://0x7f.0.0.1:{0}/")]
    [InlineData("https://0177.0.0.1:{0}/")]
    [InlineData("https://017700000001:{0}/")]
    [InlineData("https://127.000.000.001:{0}/")]
    [InlineData("https://0x7F.0x0.0x0.0x1:{0}/")]
    [InlineData("https://0:{0}/")]
    [InlineData("https://0.0.0.0:{0}/")]
    [InlineData("https://[::]:{0}/")]
    [InlineData("https://[::1]:{0}/")]
    [InlineData("https://[0:0:0:0:0:0:0:1]:{0}/")]
    [InlineData("https://[::ffff:127.0.0.1]:{0}/")]
    [InlineData("https://[::ffff:7f00:1]:{0}/")]
    [InlineData("https://[::127.0.0.1]:{0}/")]
    [InlineData("https://[64:ff9b::127.0.0.1]:{0}/")]
    [InlineData("https://[2002:7f00:1::]:{0}/")]
    [InlineData("https://[fe80::1%25lo]:{0}/")]
    [InlineData("https://[fe80::1%251]:{0}/")]
    [InlineData("https://127。0。0。1:{0}/")]
    [InlineData("https://１２７.０.０.１:{0}/")]
    [InlineData("https://①②⑦.⓪.⓪.①:{0}/")]
    [InlineData("https://%31%32%37.0.0.1:{0}/")]
    [InlineData("https://mcp.example.com@127.0.0.1:{0}/")]
    [InlineData("https://mcp.example.com:443@127.0.0.1:{0}/")]
    [InlineData("https://127.0.0.1.:{0}/")]
    [InlineData("https://localhost:{0}/")]
    [InlineData("https://localhost.:{0}/")]
    [InlineData("https://LOCALHOST:{0}/")]
    [InlineData("https://evil.localhost:{0}/")]
    [InlineData("https://ⓛocalhost:{0}/")]
    [InlineData("http://127.0.0.1:{0}/")]
    [InlineData("http://localhost:{0}/")]
    [InlineData("http://mcp.example.com:{0}/")]
    public async Task No_way_of_writing_a_loopback_address_connects(string pattern)
    {
        await using var listener = new CountingListener();
        using var guarded = new Guarded()
            .Name("localhost", ["127.0.0.1", "::1"]).Name("localhost.", ["127.0.0.1"]).Name("evil.localhost", ["127.0.0.1"])
            .Name("127.0.0.1.", ["127.0.0.1"]).Name("mcp.example.com", ["127.0.0.1"]).Name("%31%32%37.0.0.1", ["127.0.0.1"]);

        var refused = await FailAsync(guarded, string.Format(System.Globalization.CultureInfo.InvariantCulture, pattern, listener.Port));

        refused.ShouldBeTrue();
        listener.Connections.ShouldBe(0);
    }

    [Fact]
    public async Task A_name_that_stands_for_a_private_address_is_refused()
    {
        await using var listener = new CountingListener();
        using var guarded = new Guarded().Name("mcp.example.com", ["127.0.0.1"]);

        (await RefusedAsync(guarded, $"https://mcp.example.com:{listener.Port}/")).ShouldBe("mcp.example.com is not a public address.");
        listener.Connections.ShouldBe(0);
    }

    [Fact]
    public async Task One_private_address_among_public_ones_refuses_the_name()
    {
        await using var listener = new CountingListener();
        using var guarded = new Guarded().Name("mcp.example.com", ["93.184.215.14", "2606:4700::1111", "127.0.0.1"]);

        (await RefusedAsync(guarded, $"https://mcp.example.com:{listener.Port}/")).ShouldContain("not a public address");
        listener.Connections.ShouldBe(0);
    }

    [Fact]
    public async Task A_name_that_stands_for_nothing_is_refused()
    {
        using var guarded = new Guarded().Name("mcp.example.com", [[]]);

        (await RefusedAsync(guarded, "https://mcp.example.com/")).ShouldContain("not a public address");
    }

    [Fact]
    public async Task A_name_is_looked_up_once_and_what_was_checked_is_what_is_used()
    {
        await using var listener = new CountingListener();
        // The first answer is one that the check lets through (opened loopback); any second look would find another machine.
        using var guarded = new Guarded(new OutboundOptions { AllowLoopback = true }).Name("localhost", ["127.0.0.1"], ["203.0.113.9"]);

        using var response = await guarded.GetAsync(new Uri($"http://localhost:{listener.Port}/"));

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        guarded.Lookups.ShouldBe(1);
        listener.Connections.ShouldBe(1);
    }

    [Fact]
    public async Task A_name_that_turns_private_later_is_refused_then()
    {
        await using var listener = new CountingListener();
        using var guarded = new Guarded(new OutboundOptions { AllowLoopback = true }).Name("localhost", ["127.0.0.1"], ["169.254.169.254"]);
        using var response = await guarded.GetAsync(new Uri($"http://localhost:{listener.Port}/"));

        (await RefusedAsync(guarded, $"http://localhost:{listener.Port}/")).ShouldContain("not a public address");
        listener.Connections.ShouldBe(1);
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("https://[fd00:ec2::254]/latest/meta-data/")]
    [InlineData("http://127.0.0.1:{0}/")]
    public async Task A_redirect_is_handed_back_and_not_followed(string target)
    {
        await using var second = new CountingListener();
        var location = string.Format(System.Globalization.CultureInfo.InvariantCulture, target, second.Port);
        await using var first = new CountingListener($"HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        using var guarded = new Guarded(new OutboundOptions { AllowedOrigins = [$"http://127.0.0.1:{first.Port}"] });

        using var response = await guarded.GetAsync(new Uri($"http://127.0.0.1:{first.Port}/"));

        response.StatusCode.ShouldBe(HttpStatusCode.Found);
        first.Connections.ShouldBe(1);
        second.Connections.ShouldBe(0);
        // Followed by hand, it meets the same guard.
        (await FailAsync(guarded, location)).ShouldBeTrue();
        second.Connections.ShouldBe(0);
    }

    [Fact]
    public async Task An_allowed_origin_is_reached_and_only_that_port()
    {
        await using var open = new CountingListener();
        await using var closed = new CountingListener();
        using var guarded = new Guarded(new OutboundOptions { AllowedOrigins = [$"http://mcp.internal:{open.Port}", " "] }).Name("mcp.internal", ["127.0.0.1"]);

        using var response = await guarded.GetAsync(new Uri($"http://mcp.internal:{open.Port}/mcp"));

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await FailAsync(guarded, $"http://mcp.internal:{closed.Port}/")).ShouldBeTrue();
        (await FailAsync(guarded, $"https://mcp.internal:{open.Port}/")).ShouldBeTrue();
        (await FailAsync(guarded, $"http://127.0.0.1:{open.Port}/")).ShouldBeTrue();
        open.Connections.ShouldBe(1);
        closed.Connections.ShouldBe(0);
    }

    [Theory]
    [InlineData("http://127.0.0.1:{0}/")]
    [InlineData("http://127.0.0.2:{0}/")]
    [InlineData("http://[::1]:{0}/")]
    [InlineData("http://localhost:{0}/")]
    public async Task AllowLoopback_opens_loopback_at_every_port(string pattern)
    {
        await using var listener = new CountingListener();
        using var guarded = new Guarded(new OutboundOptions { AllowLoopback = true }).Name("localhost", ["127.0.0.1"]);

        using var response = await guarded.GetAsync(new Uri(string.Format(System.Globalization.CultureInfo.InvariantCulture, pattern, listener.Port)));

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("http://10.0.0.1/")]
    [InlineData("https://192.168.0.1/")]
    [InlineData("https://169.254.169.254/")]
    [InlineData("http://mcp.example.com/")]
    [InlineData("https://mcp.example.com/")]
    public async Task AllowLoopback_opens_nothing_else(string address)
    {
        using var guarded = new Guarded(new OutboundOptions { AllowLoopback = true }).Name("mcp.example.com", ["127.0.0.1"]);

        (await FailAsync(guarded, address)).ShouldBeTrue();
    }

    [Theory]
    [InlineData("https://mcp.example.com:22/")]
    [InlineData("https://mcp.example.com:25/")]
    [InlineData("https://mcp.example.com:80/")]
    [InlineData("https://mcp.example.com:465/")]
    [InlineData("https://mcp.example.com:993/")]
    [InlineData("https://mcp.example.com:2049/")]
    [InlineData("https://mcp.example.com:6667/")]
    [InlineData("ftp://mcp.example.com/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("ws://mcp.example.com/")]
    [InlineData("https://person:secret@mcp.example.com/")]
    public async Task Other_protocols_ports_and_user_names_are_refused_before_a_name_is_looked_up(string address)
    {
        using var guarded = new Guarded().Name("mcp.example.com", ["93.184.215.14"]);

        (await FailAsync(guarded, address)).ShouldBeTrue();
        guarded.Lookups.ShouldBe(0);
    }

    [Fact]
    public async Task A_refusal_never_repeats_a_user_name()
    {
        using var guarded = new Guarded();

        (await RefusedAsync(guarded, "https://person:hunter2@mcp.example.com/")).ShouldNotContain("hunter2");
        (await RefusedAsync(guarded, "http://person:hunter2@mcp.example.com/")).ShouldNotContain("hunter2");
    }

    [Theory]
    [InlineData("Content-Length: 200000\r\n", 0)]
    [InlineData("", 200_000)]
    public async Task A_body_over_the_cap_is_given_up(string header, int length)
    {
        await using var listener = new CountingListener($"HTTP/1.1 200 OK\r\n{header}Connection: close\r\n\r\n{new string('x', length)}");
        using var guarded = new Guarded(new OutboundOptions { AllowLoopback = true, MaximumResponseBytes = 100_000 });

        var exception = await Should.ThrowAsync<Exception>(() => guarded.GetAsync(new Uri($"http://127.0.0.1:{listener.Port}/")));

        (exception as ResponseTooLargeException ?? exception.InnerException as ResponseTooLargeException).ShouldNotBeNull().Limit.ShouldBe(100_000);
    }

    [Fact]
    public async Task Headers_over_the_cap_are_given_up()
    {
        await using var listener = new CountingListener($"HTTP/1.1 200 OK\r\nX-Filler: {new string('x', 40_000)}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        using var guarded = new Guarded(new OutboundOptions { AllowLoopback = true });

        await Should.ThrowAsync<HttpRequestException>(() => guarded.GetAsync(new Uri($"http://127.0.0.1:{listener.Port}/")));
    }

    private static async Task<string> RefusedAsync(Guarded guarded, string address) =>
        (await Should.ThrowAsync<OutboundRefusedException>(() => guarded.GetAsync(new Uri(address)))).Message;

    /// <summary>Whether the request fails, for whatever reason: some of these are no addresses at all.</summary>
    private static async Task<bool> FailAsync(Guarded guarded, string address)
    {
        try
        {
            using var response = await guarded.GetAsync(new Uri(address));
            return false;
        }
        catch (Exception exception) when (exception is UriFormatException or HttpRequestException or NotSupportedException or ArgumentException)
        {
            return true;
        }
    }
}
