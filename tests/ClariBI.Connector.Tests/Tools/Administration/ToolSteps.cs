using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClariBI.Connector.Tests.Hosting;
using ClariBI.Contracts.Connector;

namespace ClariBI.Connector.Tests.Tools.Administration;

/// <summary>What the tests of the tool page do and see.</summary>
internal static class ToolSteps
{
    public static async Task<JsonElement> ToolsAsync(this Person person, Guid id)
    {
        var (status, body) = await person.SendAsync(HttpMethod.Get, $"/api/data-sources/{id}/tools");
        status.ShouldBe(HttpStatusCode.OK, body.ToString());
        return body;
    }

    public static async Task<JsonElement> ToolAsync(this Person person, Guid id, string name) =>
        (await person.ToolsAsync(id)).GetProperty("tools").EnumerateArray().Single(tool => tool.GetProperty("name").GetString() == name);

    public static Task<(HttpStatusCode Status, JsonElement Body)> SwitchAsync(this Person person, Guid id, string name, bool enabled) =>
        person.SendAsync(HttpMethod.Put, $"/api/data-sources/{id}/tools/{Uri.EscapeDataString(name)}", new { enabled });

    public static Task<(HttpStatusCode Status, JsonElement Body)> ApproveAsync(this Person person, Guid id, string name, string hash) =>
        person.SendAsync(HttpMethod.Post, $"/api/data-sources/{id}/tools/{Uri.EscapeDataString(name)}/approval", new { hash });

    public static Task<(HttpStatusCode Status, JsonElement Body)> SetClassesAsync(this Person person, Guid id, bool personal, bool freeText) =>
        person.SendAsync(HttpMethod.Put, $"/api/data-sources/{id}/data-classes", new { personal, freeText });

    /// <summary>The names that the analysis engine is given.</summary>
    public static async Task<List<ToolInfo>> EngineToolsAsync(this ConnectorHost host, Person person, Guid id)
    {
        var answer = await host.AskAsync<ListTools, ToolList, ToolCallFailed>(
            new ListTools(person.Caller.WorkspaceId, id), TestContext.Current.CancellationToken);
        return [.. ((ToolList)answer.Message).Tools];
    }

    /// <returns>What kept the call back; null when it was sent.</returns>
    public static async Task<ToolCallFailure?> CallAsync(this ConnectorHost host, Person person, Guid id, string tool, string arguments = "{}")
    {
        var call = new CallTool(person.Caller.WorkspaceId, id, tool, arguments, null, "Ada", TimeSpan.FromSeconds(20));
        var answer = await host.AskAsync<CallTool, ToolCallCompleted, ToolCallFailed>(call, TestContext.Current.CancellationToken);
        return answer.Message is ToolCallFailed failed ? failed.Reason : null;
    }

    public static JsonObject Published(this ConnectorHost host, string name) =>
        host.Vendor.Tools.Single(tool => (string?)tool!["name"] == name)!.AsObject();

    public static string? Text(this JsonElement tool, string name) =>
        tool.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>What the vendor changed is seen by whoever looks from now on.</summary>
    public static void LetTimePass(this ConnectorHost host) => host.Clock.Forward(TimeSpan.FromMinutes(6));

    public static async Task<(Person Person, Guid Id)> ConnectAsync(this ConnectorHost host)
    {
        var person = host.A();
        return (person, (await person.ConnectAsync()).GetProperty("id").GetGuid());
    }
}
