using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClariBI.Connector.Tests.Hosting;
using ClariBI.Contracts.Connector;
using MassTransit;
using Microsoft.AspNetCore.Http;

namespace ClariBI.Connector.Tests.Calls;

/// <summary>A connected account and what tests do with it.</summary>
public sealed class CallBench(ConnectorHost host, Person person, Guid id)
{
    public const string Idempotent = "query_amplitude_data";

    /// <summary>Reads, by its annotations, and nobody says that it is idempotent.</summary>
    public const string Plain = "get_weather";

    public Person Person => person;

    public Guid Id => id;

    public static async Task<CallBench> ConnectAsync(ConnectorHost host)
    {
        host.Vendor.Tools.Add(TestTools.Tool(Plain, readOnly: true, "read"));
        var person = host.A();
        return new CallBench(host, person, (await person.ConnectAsync()).GetProperty("id").GetGuid());
    }

    public Task<Response<ToolCallCompleted, ToolCallFailed>> CallAsync(
        string tool = Idempotent, string arguments = "{}", TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        host.AskAsync<CallTool, ToolCallCompleted, ToolCallFailed>(
            new CallTool(person.Caller.WorkspaceId, id, tool, arguments, null, "Ada", timeout ?? TimeSpan.FromSeconds(15)),
            cancellationToken == default ? TestContext.Current.CancellationToken : cancellationToken);

    public async Task<ToolCallCompleted> CompletedAsync(string tool = Idempotent, string arguments = "{}", TimeSpan? timeout = null)
    {
        var answer = await CallAsync(tool, arguments, timeout);
        return answer.Is(out Response<ToolCallCompleted>? completed) ? completed.Message : throw new ShouldAssertException($"{answer.Message}");
    }

    public async Task<ToolCallFailed> FailedAsync(string tool = Idempotent, string arguments = "{}", TimeSpan? timeout = null)
    {
        var answer = await CallAsync(tool, arguments, timeout);
        return answer.Is(out Response<ToolCallFailed>? failed) ? failed.Message : throw new ShouldAssertException($"{answer.Message}");
    }

    public async Task<JsonElement> SourceAsync() => (await person.SendAsync(HttpMethod.Get, $"/api/data-sources/{id}")).Body;

    /// <summary>Newest first.</summary>
    public async Task<List<JsonElement>> LogAsync(string query = "")
    {
        var (status, body) = await person.SendAsync(HttpMethod.Get, $"/api/data-sources/{id}/calls{query}");
        status.ShouldBe(HttpStatusCode.OK, body.ToString());
        return [.. body.EnumerateArray()];
    }

    /// <summary>The vendor answers its next calls with these, then as usual. Numbers are statuses, texts are results.</summary>
    public void Answers(params object[] answers)
    {
        var next = new Queue<object>(answers);
        host.Vendor.OnCall = async (context, request) =>
        {
            if (!next.TryDequeue(out var answer))
            {
                return false;
            }

            switch (answer)
            {
                case int status:
                    context.Response.StatusCode = status;
                    break;
                case JsonObject result:
                    await TestVendor.ReplyAsync(context, request, result);
                    break;
                case Func<HttpContext, JsonObject, Task> act:
                    await act(context, request);
                    break;
                default:
                    await TestVendor.ReplyAsync(context, request, TestVendor.Text((string)answer));
                    break;
            }

            return true;
        };
    }

    public static Func<HttpContext, JsonObject, Task> With(int status, string header, string value) => (context, _) =>
    {
        context.Response.StatusCode = status;
        context.Response.Headers[header] = value;
        return Task.CompletedTask;
    };
}
