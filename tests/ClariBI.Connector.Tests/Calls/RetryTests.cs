using ClariBI.Connector.Tests.Hosting;
using ClariBI.Contracts.Connector;

namespace ClariBI.Connector.Tests.Calls;

public sealed class RetryTests : IAsyncLifetime
{
    private readonly ConnectorHost host = new() { Settings = { ["Connector:CallIdle"] = "00:00:01" } };

    public ValueTask InitializeAsync() => host.InitializeAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Theory]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task A_vendor_that_stumbles_is_asked_again_by_an_idempotent_call(int status)
    {
        var bench = await CallBench.ConnectAsync(host);
        var before = host.Vendor.Calls.Count;
        bench.Answers(status);

        await bench.CompletedAsync();

        host.Vendor.Calls.Count.ShouldBe(before + 2);
        (await bench.LogAsync())[0].GetProperty("attempts").GetInt32().ShouldBe(2);
    }

    [Fact]
    public async Task What_may_have_been_carried_out_is_not_sent_again_unless_it_is_known_to_be_idempotent()
    {
        var bench = await CallBench.ConnectAsync(host);
        var before = host.Vendor.Calls.Count;
        bench.Answers(502);

        (await bench.FailedAsync(CallBench.Plain)).Reason.ShouldBe(ToolCallFailure.VendorUnavailable);

        host.Vendor.Calls.Count.ShouldBe(before + 1);
        (await bench.LogAsync())[0].GetProperty("attempts").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task A_silent_vendor_is_asked_again_by_an_idempotent_call()
    {
        var bench = await CallBench.ConnectAsync(host);
        var release = new TaskCompletionSource();
        bench.Answers((Func<Microsoft.AspNetCore.Http.HttpContext, System.Text.Json.Nodes.JsonObject, Task>)(async (_, _) => await release.Task));

        await bench.CompletedAsync();

        release.SetResult();
        (await bench.LogAsync())[0].GetProperty("attempts").GetInt32().ShouldBe(2);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task A_wait_that_fits_into_the_calls_time_is_waited_for_by_any_call(int status)
    {
        var bench = await CallBench.ConnectAsync(host);
        bench.Answers(CallBench.With(status, "Retry-After", "1"));
        var started = TimeProvider.System.GetTimestamp();

        await bench.CompletedAsync(CallBench.Plain);

        TimeProvider.System.GetElapsedTime(started).ShouldBeGreaterThan(TimeSpan.FromSeconds(1));
        (await bench.LogAsync())[0].GetProperty("attempts").GetInt32().ShouldBe(2);
    }

    [Fact]
    public async Task A_wait_that_does_not_fit_is_told_and_holds_for_everybody_at_the_data_source()
    {
        var bench = await CallBench.ConnectAsync(host);
        bench.Answers(CallBench.With(429, "Retry-After", "40"));
        var before = host.Vendor.Calls.Count;

        (await bench.FailedAsync()).RetryAfter.ShouldBe(TimeSpan.FromSeconds(40));
        var second = await bench.FailedAsync(CallBench.Plain);

        second.Reason.ShouldBe(ToolCallFailure.RateLimited);
        second.RetryAfter!.Value.ShouldBe(TimeSpan.FromSeconds(40), TimeSpan.FromSeconds(5));
        host.Vendor.Calls.Count.ShouldBe(before + 1);
        host.Clock.Forward(TimeSpan.FromSeconds(41));
        await bench.CompletedAsync();
    }

    [Theory]
    [InlineData("Rate limit exceeded. Retry after 1 seconds.", true)]
    [InlineData("Too many requests, please try again in 500 ms", true)]
    [InlineData("""{"error":"rate_limit_exceeded","retry_after":1}""", false)]
    [InlineData("Error: Rate limit exceeded, retry after 1s", false)]
    [InlineData("Error: {\"message\":\"Request was throttled. Try again in 1 second.\"}", true)]
    [InlineData("Concurrency limit reached; wait 200 ms", true)]
    public async Task A_limit_that_is_told_inside_a_result_is_a_limit(string text, bool isError)
    {
        var bench = await CallBench.ConnectAsync(host);
        bench.Answers(TestVendor.Text(text, isError));

        (await bench.CompletedAsync()).Text.ShouldBe("""{"success":true}""");

        (await bench.LogAsync())[0].GetProperty("attempts").GetInt32().ShouldBe(2);
    }

    [Theory]
    [InlineData("""{"rows":[{"event":"Rate limit exceeded","count":12},{"event":"Too many requests","count":3}]}""")]
    [InlineData("event,count\nRate limit exceeded,12")]
    public async Task Data_that_speaks_of_limits_is_data(string text)
    {
        var bench = await CallBench.ConnectAsync(host);
        bench.Answers(text);

        (await bench.CompletedAsync()).Text.ShouldBe(text);
    }
}
