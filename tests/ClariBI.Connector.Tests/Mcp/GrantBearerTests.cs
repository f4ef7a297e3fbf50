using System.Net;
using ClariBI.Connector.Mcp;
using ClariBI.Connector.Tests.Calls;
using ClariBI.Connector.Tests.Hosting;
using ClariBI.Contracts.Connector;

namespace ClariBI.Connector.Tests.Mcp;

/// <summary>A token goes to the origin that it was granted for, and nowhere else.</summary>
public sealed class GrantBearerTests
{
    [Theory]
    [InlineData("https://mcp.example.com.evil.example/mcp")]
    [InlineData("https://evil.example/mcp")]
    [InlineData("http://mcp.example.com/mcp")]
    [InlineData("https://mcp.example.com:8443/mcp")]
    [InlineData("https://mcp.example.com@evil.example/mcp")]
    public async Task A_request_to_another_origin_is_not_sent(string address)
    {
        using var inner = new Recorder();
        var key = new SessionKey(Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), 1);
        using var bearer = new GrantBearer(null!, key, new Uri("https://mcp.example.com/mcp"), TimeProvider.System) { InnerHandler = inner };
        using var http = new HttpMessageInvoker(bearer);
        using var request = new HttpRequestMessage(HttpMethod.Post, address);

        await Should.ThrowAsync<VendorUnavailableException>(() => http.SendAsync(request, TestContext.Current.CancellationToken));

        inner.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_to_another_origin_is_not_followed(int status)
    {
        await using var host = new ConnectorHost { Settings = { ["Outbound:AllowLoopback"] = "true" } };
        await host.InitializeAsync();
        await using var other = await TestVendor.StartAsync();
        var seen = 0;
        other.Intercept = _ =>
        {
            Interlocked.Increment(ref seen);
            return Task.FromResult(false);
        };
        var bench = await CallBench.ConnectAsync(host);
        await bench.CompletedAsync();
        host.Vendor.OnCall = (context, _) =>
        {
            (context.Response.StatusCode, context.Response.Headers.Location) = (status, $"{other.Url}/mcp");
            return Task.FromResult(true);
        };

        (await bench.FailedAsync()).Reason.ShouldBe(ToolCallFailure.VendorUnavailable);

        seen.ShouldBe(0);
    }

    private sealed class Recorder : HttpMessageHandler
    {
        public List<Uri?> Requests { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests.Add(request.RequestUri);
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK));
        }
    }
}
