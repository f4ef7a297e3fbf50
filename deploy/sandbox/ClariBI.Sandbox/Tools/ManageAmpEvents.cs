using System.Text.Json.Nodes;
using ClariBI.Sandbox.Mcp;
using ModelContextProtocol.Protocol;

namespace ClariBI.Sandbox.Tools;

/// <summary>Reads event definitions with its default action; every other action writes.</summary>
internal sealed class ManageAmpEvents(TaxonomyReading taxonomy) : ITool
{
    public Tool Definition { get; } = ToolDefinition.Mixed("manage_amp_events", "Managing events", "Reads and changes the definitions of events, depending on action.", """
        {"action":{"type":"string","enum":["get","create","update","delete"],"default":"get"},
         "kind":{"type":"string","enum":["event","custom","labeled","all"],"default":"event"},
         "projectId":{"anyOf":[{"type":"string"},{"type":"integer"}],"description":"Optional only when the user has exactly one accessible project"},
         "eventTypes":{"type":"array","items":{"type":"string"}},"fields":{"type":"array","items":{"type":"string"}},"includeDeleted":{"type":"boolean"},
         "events":{"type":"array","items":{"type":"object"}},"limit":{"type":"integer","minimum":1,"maximum":500,"default":100}}
        """);

    public Task<JsonNode> InvokeAsync(ToolCall call, CancellationToken cancellationToken)
    {
        if ((call.Text("action") ?? "get") != "get")
        {
            return Task.FromResult<JsonNode>(WriteTool.Refuse(call, "Changing events"));
        }

        var names = call.Texts("eventTypes");
        var events = call.Text("kind") is "custom" or "labeled" ? [] : taxonomy.Events(call.Project()).Where(item => names.Length == 0 || names.Contains(item.Name)).Take(call.Number("limit", 100));
        return Task.FromResult<JsonNode>(new JsonObject
        {
            ["success"] = true,
            ["events"] = new JsonArray([.. events.Select(item => new JsonObject
            {
                ["name"] = item.Name, ["displayName"] = item.Name, ["description"] = item.Description, ["category"] = item.Category, ["status"] = "live",
                ["isActive"] = true, ["isHidden"] = false, ["isDeleted"] = false,
                ["firstSeen"] = $"{item.FirstSeen:yyyy-MM-dd}", ["lastSeen"] = $"{item.LastSeen:yyyy-MM-dd}",
            })]),
        });
    }
}
