using System.Net;
using System.Text.Json;
using ClariBI.Connector.Tests.Hosting;

namespace ClariBI.Connector.Tests.Calls;

public sealed class MakeCallTests : IAsyncLifetime
{
    private readonly ConnectorHost host = new();

    public ValueTask InitializeAsync() => host.InitializeAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_call_over_http_answers_with_its_text_and_its_row_of_the_log()
    {
        var person = host.A();
        var id = (await person.ConnectAsync()).GetProperty("id").GetGuid();

        var (status, body) = await CallAsync(person, id, new { tool = "query_amplitude_data", arguments = new { } });

        status.ShouldBe(HttpStatusCode.OK, body.ToString());
        body.GetProperty("text").GetString().ShouldBe("""{"success":true}""");
        body.GetProperty("vendorIsError").GetBoolean().ShouldBeFalse();
        var logged = (await person.SendAsync(HttpMethod.Get, $"/api/data-sources/{id}/calls")).Body.EnumerateArray().First();
        logged.GetProperty("id").GetGuid().ShouldBe(body.GetProperty("id").GetGuid());
        logged.GetProperty("requestedBy").GetString().ShouldBe("Ada");
    }

    [Theory]
    [InlineData("create_cohort", HttpStatusCode.Forbidden, "refused-by-policy")]
    [InlineData("get_everything", HttpStatusCode.NotFound, "tool-not-found")]
    public async Task What_is_not_sent_says_why(string tool, HttpStatusCode expected, string type)
    {
        var person = host.A();
        var id = (await person.ConnectAsync()).GetProperty("id").GetGuid();

        var (status, body) = await CallAsync(person, id, new { tool, arguments = new { } });

        (status, body.GetProperty("type").GetString()).ShouldBe((expected, type));
    }

    [Fact]
    public async Task A_misspelt_argument_is_named_and_does_not_count_as_a_call_that_might_write()
    {
        host.Vendor.Tools.Add(TestTools.Tool("get_charts", readOnly: true, "read", """{"projectId":{"type":"string"}}"""));
        host.Vendor.Tools[^1]!["inputSchema"]!["additionalProperties"] = false;
        var person = host.A();
        var id = (await person.ConnectAsync()).GetProperty("id").GetGuid();
        var before = host.Vendor.Calls.Count;

        var (status, body) = await CallAsync(person, id, new { tool = "get_charts", arguments = new { project = "1" } });

        (status, body.GetProperty("type").GetString()).ShouldBe((HttpStatusCode.BadRequest, "arguments-not-accepted"));
        body.GetProperty("title").GetString().ShouldBe("The arguments do not fit what the tool takes.");
        body.GetProperty("detail").GetString()!.ShouldContain("“project”");
        host.Vendor.Calls.Count.ShouldBe(before);
        var logged = (await person.SendAsync(HttpMethod.Get, $"/api/data-sources/{id}/calls")).Body.EnumerateArray().First();
        logged.GetProperty("outcome").GetString().ShouldBe("failed");
        var proof = (await person.SendAsync(HttpMethod.Get, $"/api/data-sources/{id}/read-only-proof")).Body;
        (proof.GetProperty("callsRefused").GetInt32(), proof.GetProperty("latestRefusals").GetArrayLength()).ShouldBe((0, 0));
    }

    [Fact]
    public async Task A_data_source_of_another_workspace_is_not_found()
    {
        var id = (await host.A().ConnectAsync()).GetProperty("id").GetGuid();

        var (status, body) = await CallAsync(host.A(), id, new { tool = "query_amplitude_data", arguments = new { } });

        (status, body.GetProperty("type").GetString()).ShouldBe((HttpStatusCode.NotFound, "data-source-not-found"));
    }

    [Theory]
    [InlineData("""{"tool":"query_amplitude_data"}""")]
    [InlineData("""{"tool":"query_amplitude_data","arguments":[]}""")]
    [InlineData("""{"tool":"query_amplitude_data","arguments":null}""")]
    [InlineData("""{"tool":"","arguments":{}}""")]
    [InlineData("""{"arguments":{}}""")]
    [InlineData("[]")]
    public async Task A_request_that_is_no_call_is_a_problem(string json)
    {
        var person = host.A();
        var id = (await person.ConnectAsync()).GetProperty("id").GetGuid();
        var before = (await person.SendAsync(HttpMethod.Get, $"/api/data-sources/{id}/calls")).Body.GetArrayLength();

        var (status, body) = await CallAsync(person, id, JsonSerializer.Deserialize<JsonElement>(json));

        status.ShouldBe(HttpStatusCode.BadRequest);
        body.GetProperty("type").GetString().ShouldNotBeNullOrEmpty();
        (await person.SendAsync(HttpMethod.Get, $"/api/data-sources/{id}/calls")).Body.GetArrayLength().ShouldBe(before);
    }

    [Fact]
    public async Task A_limit_on_calls_carries_its_wait_in_the_header()
    {
        var person = host.A();
        var id = (await person.ConnectAsync()).GetProperty("id").GetGuid();
        host.Vendor.OnCall = (context, _) =>
        {
            (context.Response.StatusCode, context.Response.Headers.RetryAfter) = (429, "170");
            return Task.FromResult(true);
        };

        using var response = await person.RawAsync(
            HttpMethod.Post, $"/api/data-sources/{id}/calls", new { tool = "query_amplitude_data", arguments = new { } });

        response.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        response.Headers.RetryAfter!.Delta!.Value.ShouldBe(TimeSpan.FromSeconds(170), TimeSpan.FromSeconds(1));
    }

    private static Task<(HttpStatusCode Status, JsonElement Body)> CallAsync(Person person, Guid id, object body) =>
        person.SendAsync(HttpMethod.Post, $"/api/data-sources/{id}/calls", body);
}
