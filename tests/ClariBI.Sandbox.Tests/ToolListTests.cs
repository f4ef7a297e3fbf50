using System.Text.Json;

namespace ClariBI.Sandbox.Tests;

/// <summary>Every member of every published definition, in both generations.</summary>
public sealed class ToolListTests(ContentServers servers)
{
    [Fact]
    public async Task The_second_generation_is_the_24_documented_tools()
    {
        var listed = await servers.Gen2.ListAsync();

        listed.Length.ShouldBe(24);
        Names(listed).ShouldBe(ToolCalls.Gen2.Keys.Order(StringComparer.Ordinal));
        listed.Any(tool => tool.GetProperty("inputSchema").GetProperty("properties").TryGetProperty("rationale", out _)).ShouldBeFalse();
    }

    [Fact]
    public async Task The_third_generation_is_the_live_list_and_every_tool_takes_a_rationale()
    {
        var listed = await servers.Gen3.ListAsync();

        listed.Length.ShouldBe(48);
        Names(listed).ShouldBe(ToolCalls.Gen3.Keys.Order(StringComparer.Ordinal));
        listed.ShouldAllBe(tool => tool.GetProperty("inputSchema").GetProperty("properties").GetProperty("rationale").GetProperty("type").GetString() == "string");
    }

    [Theory]
    [InlineData("gen2")]
    [InlineData("gen3")]
    public async Task Every_definition_has_the_published_form(string profile)
    {
        foreach (var tool in await (profile == "gen2" ? servers.Gen2.ListAsync() : servers.Gen3.ListAsync()))
        {
            var name = tool.GetProperty("name").GetString()!;
            var title = tool.GetProperty("title").GetString();
            title.ShouldNotBeNullOrWhiteSpace(name);
            tool.GetProperty("description").GetString()!.ShouldContain("\n\nWHEN TO USE:\n- ", Case.Sensitive, name);
            tool.GetProperty("execution").GetProperty("taskSupport").GetString().ShouldBe("forbidden", name);
            CheckSchema(tool.GetProperty("inputSchema"), name);
            var meta = tool.GetProperty("_meta");
            meta.GetProperty("amplitude/tags").EnumerateArray().Select(tag => tag.GetString()).ShouldContain("default", name);
            var access = meta.GetProperty("amplitude/accessLevels").EnumerateArray().Select(level => level.GetString()).ToArray();
            access.ShouldBeSubsetOf(["read", "write"], name);
            access.Contains("write").ShouldBe(ToolCalls.Writing.Contains(name) || ToolCalls.Mixed.Contains(name), name);
            var annotations = tool.GetProperty("annotations");
            annotations.GetProperty("title").GetString().ShouldBe(title, name);
            annotations.GetProperty("readOnlyHint").GetBoolean().ShouldBe(access is ["read"], name);
            annotations.GetProperty("idempotentHint").GetBoolean().ShouldBe(access is ["read"], name);
            annotations.GetProperty("destructiveHint").GetBoolean().ShouldBe(name is "delete_event_properties" or "delete_user_properties" or "manage_amp_entities", name);
            annotations.GetProperty("openWorldHint").GetBoolean().ShouldBeFalse(name);
        }
    }

    [Fact]
    public async Task Progressive_discovery_begins_short_and_leads_to_every_tool()
    {
        const string path = "/mcp?discovery=progressive";
        (await servers.Gen3.ListAsync(path)).ShouldAllBe(tool => tool.GetProperty("inputSchema").GetProperty("properties").GetProperty("rationale").GetProperty("type").GetString() == "string");
        Names(await servers.Gen3.ListAsync(path)).ShouldBe(["list_tool_categories", "get_category_tools", "describe_tool", "get_amplitude_context", "search_amp_entities"]);
        Names(await servers.Gen2.ListAsync(path)).ShouldBe(["list_tool_categories", "get_category_tools", "describe_tool", "get_context", "search"]);
        await using var tools = await servers.Gen3.ConnectAsync(path: path);

        var categories = (await tools.ReadAsync("list_tool_categories")).GetProperty("categories").EnumerateArray().Select(item => item.GetProperty("name").GetString()).ToArray();
        var found = new List<string?>();
        foreach (var category in categories)
        {
            found.AddRange((await tools.ReadAsync("get_category_tools", $$"""{"category":"{{category}}"}""")).GetProperty("tools").EnumerateArray().Select(tool => tool.GetProperty("name").GetString()));
        }

        categories.ShouldBeSubsetOf(["context", "analytics", "experiments", "dashboards", "session_replay", "feedback", "agent_analytics", "data_taxonomy", "data_connections", "ai_visibility", "guides_surveys"]);
        found.Order(StringComparer.Ordinal).ShouldBe(ToolCalls.Gen3.Keys.Order(StringComparer.Ordinal));
        var described = await tools.ReadAsync("describe_tool", """{"toolName":"use_amp_flags"}""");
        var listed = (await servers.Gen3.ListAsync()).Single(tool => tool.GetProperty("name").GetString() == "use_amp_flags");
        JsonElement.DeepEquals(described.GetProperty("inputSchema"), listed.GetProperty("inputSchema")).ShouldBeTrue();
        (await tools.ReadAsync("use_amp_flags", ToolCalls.Gen3["use_amp_flags"])).GetProperty("flags").GetArrayLength().ShouldBe(1);
        (await tools.FailAsync("get_category_tools", """{"category":"nonsense"}""")).ShouldContain("Input should be one of context");
        (await tools.FailAsync("describe_tool", """{"toolName":"nonsense"}""")).ShouldContain("Tool nonsense not found");
    }

    [Fact]
    public async Task The_discovery_tools_exist_only_where_discovery_is_progressive()
    {
        await using var tools = await servers.Gen3.ConnectAsync();

        (await tools.FailAsync("list_tool_categories")).ShouldBe("MCP error -32602: Tool list_tool_categories not found");
        (await tools.FailAsync("get_charts", ToolCalls.Gen2["get_charts"])).ShouldBe("MCP error -32602: Tool get_charts not found");
    }

    private static string[] Names(JsonElement[] tools) => [.. tools.Select(tool => tool.GetProperty("name").GetString()!)];

    private static void CheckSchema(JsonElement schema, string name)
    {
        schema.GetProperty("type").GetString().ShouldBe("object", name);
        schema.GetProperty("$schema").GetString().ShouldBe("http://json-schema.org/draft-07/schema#", name);
        schema.GetProperty("additionalProperties").ValueKind.ShouldBeOneOf(JsonValueKind.True, JsonValueKind.False);
        if (schema.TryGetProperty("required", out var required))
        {
            required.EnumerateArray().Select(field => field.GetString()!).ShouldBeSubsetOf(schema.GetProperty("properties").EnumerateObject().Select(field => field.Name), name);
        }
    }
}
