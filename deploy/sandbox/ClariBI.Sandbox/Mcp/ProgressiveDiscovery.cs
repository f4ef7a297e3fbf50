using System.Text.Json;
using System.Text.Json.Nodes;

namespace ClariBI.Sandbox.Mcp;

/// <summary>The three tools that stand in for the long list.</summary>
internal static class ProgressiveDiscovery
{
    public static InlineTool[] Tools(ToolCategory[] categories, ITool[] published)
    {
        var names = string.Join(',', categories.Select(category => $"\"{category.Name}\""));
        return
        [
            new(ToolDefinition.Read("list_tool_categories", "Listing tool categories", """
                Lists the groups of tools this connection can call.

                WHEN TO USE:
                - First, when no tool in the list fits: the list is short on purpose, and every tool of every category can be called.

                WORKFLOW:
                - list_tool_categories, then get_category_tools, then describe_tool, then the tool itself.
                """, "{}"), _ => List(categories)),
            new(ToolDefinition.Read("get_category_tools", "Listing the tools of a category", """
                Lists the tools of one category with a line on each.

                WHEN TO USE:
                - After list_tool_categories, to find the name of a tool.
                """, $$"""{"category":{"type":"string","enum":[{{names}}]} }""", "category"), call => Category(Array.Find(categories, category => category.Name == call.Text("category"))!, published)),
            new(ToolDefinition.Read("describe_tool", "Describing a tool", """
                Gives the full definition of a tool: what it does, and the schema of its arguments.

                WHEN TO USE:
                - Before the first call of a tool that is not in the list.
                """, """{"toolName":{"type":"string","description":"Exact name, as get_category_tools gives it"}}""", "toolName"), call => Describe(call.Text("toolName")!, published)),
        ];
    }

    private static JsonObject List(ToolCategory[] categories) => new()
    {
        ["categories"] = new JsonArray([.. categories.Select(category => new JsonObject { ["name"] = category.Name, ["description"] = category.About, ["toolCount"] = category.Tools.Length })]),
    };

    private static JsonObject Category(ToolCategory category, ITool[] published) => new()
    {
        ["category"] = category.Name,
        ["tools"] = new JsonArray([.. published.Where(tool => category.Tools.Contains(tool.Definition.Name)).Select(tool => new JsonObject
        {
            ["name"] = tool.Definition.Name,
            ["title"] = tool.Definition.Title,
            ["description"] = tool.Definition.Description!.Split('\n')[0],
        })]),
    };

    private static JsonObject Describe(string name, ITool[] published)
    {
        var tool = Array.Find(published, tool => tool.Definition.Name == name)?.Definition ?? throw new ToolErrorException($"Tool {name} not found. Call get_category_tools for the names.");
        return new()
        {
            ["name"] = tool.Name,
            ["title"] = tool.Title,
            ["description"] = tool.Description,
            ["inputSchema"] = JsonNode.Parse(tool.InputSchema.GetRawText()),
            ["annotations"] = JsonSerializer.SerializeToNode(tool.Annotations),
            ["_meta"] = tool.Meta!.DeepClone(),
        };
    }
}
