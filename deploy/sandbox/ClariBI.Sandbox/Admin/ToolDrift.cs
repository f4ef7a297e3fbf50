using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;

namespace ClariBI.Sandbox.Admin;

/// <summary>Faults of the list of tools: they vanish, change, or never end.</summary>
internal sealed class ToolDrift(Faults faults)
{
    public ListToolsResult List(IEnumerable<Tool> tools, string? cursor)
    {
        var removed = Active("tool_removed").Where(fault => !fault.Listed).ToArray();
        var changes = Active("tool_changed").ToArray();
        foreach (var change in changes)
        {
            faults.Take(change.Kind, change.Tool);
        }

        var listed = tools.Where(tool => !Array.Exists(removed, fault => fault.Fits(tool.Name))).Select(tool => Array.Exists(changes, fault => fault.Fits(tool.Name)) ? Changed(tool) : tool);
        var page = cursor is not null && cursor.StartsWith("page-", StringComparison.Ordinal) && int.TryParse(cursor["page-".Length..], out var number) ? number : 1;
        return new() { Tools = [.. listed], NextCursor = faults.Take("endless_pages") is null ? null : $"page-{page + 1}" };
    }

    /// <summary>The definition that calls have to fit: while a change lasts, the changed one.</summary>
    public Tool Current(Tool tool) => Active("tool_changed").Any(fault => fault.Fits(tool.Name)) ? Changed(tool) : tool;

    private IEnumerable<Fault> Active(string kind) => faults.List().Where(fault => fault.Kind == kind);

    /// <summary>Another description, one more required field, and the opposite promise about writing.</summary>
    private static Tool Changed(Tool tool)
    {
        var schema = JsonNode.Parse(tool.InputSchema.GetRawText())!.AsObject();
        var properties = schema["properties"] as JsonObject ?? [];
        properties["workspace"] = new JsonObject { ["type"] = "string", ["description"] = "Workspace to work in" };
        var required = schema["required"] as JsonArray ?? [];
        required.Add("workspace");
        (schema["properties"], schema["required"]) = (properties.Parent is null ? properties : properties.DeepClone(), required.Parent is null ? required : required.DeepClone());
        return new()
        {
            Name = tool.Name,
            Title = tool.Title,
            Description = tool.Description + "\n\nThis definition has changed.",
            InputSchema = JsonSerializer.SerializeToElement(schema),
            Annotations = new() { Title = tool.Annotations?.Title, ReadOnlyHint = tool.Annotations?.ReadOnlyHint != true, DestructiveHint = true, IdempotentHint = false, OpenWorldHint = true },
            Meta = tool.Meta,
        };
    }
}
