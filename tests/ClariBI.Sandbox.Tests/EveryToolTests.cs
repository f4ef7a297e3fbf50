using System.Text.Json;
using System.Text.Json.Nodes;

namespace ClariBI.Sandbox.Tests;

/// <summary>Every tool of both generations, called right, called wrong, and called with values nobody expects.</summary>
public sealed class EveryToolTests(ContentServers servers)
{
    private static readonly string[] Odd = ["null", "-1", "1e300", "\"'; --\"", "[[]]", """{"a":{}}""", "true", "99999999999"];

    public static TheoryData<string> Profiles => ["gen2", "gen3"];

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task Right_arguments_are_answered_and_what_the_sandbox_does_not_do_is_said(string profile)
    {
        await using var tools = await Server(profile).ConnectAsync("mcp:read mcp:write");
        var edit = await EditAsync(tools, profile);
        foreach (var (name, arguments) in Calls(profile))
        {
            var (isError, text) = await tools.CallAsync(name, arguments.Replace("EDIT", edit, StringComparison.Ordinal));
            if (ToolCalls.Unsupported.Contains(name))
            {
                isError.ShouldBeTrue(name);
                text.ShouldContain("is not supported by the sandbox", Case.Sensitive, name);
            }
            else
            {
                isError.ShouldBeFalse($"{name}: {text}");
                JsonDocument.Parse(text).RootElement.ValueKind.ShouldBe(JsonValueKind.Object, name);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task A_wrong_argument_is_named(string profile)
    {
        await using var tools = await Server(profile).ConnectAsync();
        foreach (var tool in await Server(profile).ListAsync())
        {
            var name = tool.GetProperty("name").GetString()!;
            var schema = tool.GetProperty("inputSchema");
            var (field, expected) = schema.GetProperty("additionalProperties").GetBoolean() ? ("projectId", "projectId: Input should be") : ("nonsense", "nonsense: Unrecognized key");
            var arguments = JsonNode.Parse(Calls(profile)[name])!;
            arguments[field] = new JsonArray(1);

            (await tools.FailAsync(name, arguments.ToJsonString())).ShouldStartWith($"MCP error -32602: Input validation error: Invalid arguments for tool {name}: {expected}", customMessage: name);

            foreach (var required in schema.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(item => item.GetString()!) : [])
            {
                var without = JsonNode.Parse(Calls(profile)[name])!.AsObject();
                without.Remove(required);
                (await tools.FailAsync(name, without.ToJsonString())).ShouldContain($"{required}: Field required", Case.Sensitive, name);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task No_value_makes_a_tool_fail_on_its_own_account(string profile)
    {
        await using var tools = await Server(profile).ConnectAsync();
        foreach (var tool in await Server(profile).ListAsync())
        {
            var name = tool.GetProperty("name").GetString()!;
            foreach (var field in tool.GetProperty("inputSchema").GetProperty("properties").EnumerateObject().Select(property => property.Name))
            {
                foreach (var value in Odd)
                {
                    var arguments = JsonNode.Parse(Calls(profile)[name])!;
                    arguments[field] = JsonNode.Parse(value);
                    var (_, text) = await tools.CallAsync(name, arguments.ToJsonString());
                    text.ShouldNotContain("Internal error", Case.Sensitive, $"{name} {arguments.ToJsonString()}");
                    text.ShouldNotBeEmpty();
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task Nothing_is_written_with_a_read_only_grant(string profile)
    {
        await using var tools = await Server(profile).ConnectAsync();
        foreach (var name in Calls(profile).Keys.Intersect(ToolCalls.Writing))
        {
            (await tools.FailAsync(name, Calls(profile)[name])).ShouldContain("mcp:write", Case.Sensitive, name);
        }
    }

    private ContentServer Server(string profile) => profile == "gen2" ? servers.Gen2 : servers.Gen3;

    private static Dictionary<string, string> Calls(string profile) => profile == "gen2" ? ToolCalls.Gen2 : ToolCalls.Gen3;

    private static async Task<string> EditAsync(Tools tools, string profile)
    {
        var query = profile == "gen2" ? "query_dataset" : "query_amplitude_data";
        return (await tools.ReadAsync(query, Calls(profile)[query])).GetProperty(profile == "gen2" ? "editId" : "chartEditId").GetString()!;
    }
}
