using System.Text.Json.Nodes;
using ClariBI.Sandbox.Mcp;

namespace ClariBI.Sandbox.Tools;

/// <summary>Definitions of events: read with the default action, every other action writes.</summary>
internal sealed class EventTools(TaxonomyReading taxonomy, ChartReading reading) : IToolFamily
{
    private static readonly string[] DefaultFields = ["name", "displayName", "description", "status"];

    public IEnumerable<InlineTool> Tools =>
    [
        new(ToolDefinition.Mixed("manage_amp_events", "Managing events", """
            Reads and changes the definitions of events, depending on action.

            WHEN TO USE:
            - To list all events of a project, or to look up some by their exact names.

            INSTRUCTIONS:
            - fields names what to tell of each event; the default is name, displayName, description and status.
            - A reply that holds a cursor has more: send it back for the next page.
            """, $$"""
            {"action":{"type":"string","enum":["get","create","update","delete"],"default":"get"},
             "kind":{"type":"string","enum":["event","custom","labeled","all"],"default":"event"},
             "projectId":{{Replies.ProjectId}},
             "eventTypes":{"type":"array","items":{"type":"string"} },"customEventIds":{"type":"array","items":{"type":"string"} },"customEventNames":{"type":"array","items":{"type":"string"} },
             "fields":{"type":"array","items":{"type":"string","enum":["name","displayName","description","category","tags","status","isActiveAction","isOfficial","isAmplitudeEvent","hiddenFrom","sources","mergedFrom","owner","createdAt","updatedAt","updatedBy","firstSeen","lastSeen"]} },
             "includeDeleted":{"type":"boolean","default":false},"events":{"type":"array","items":{"type":"object"} },
             "limit":{"type":"integer","minimum":1,"maximum":500,"default":100},"cursor":{"type":"string"},"branchId":{"type":"string"},"branchName":{"type":"string"} }
            """), call => (call.Text("action") ?? "get") == "get" ? Get(call) : WriteTool.Refuse(call, "Changing events")),
    ];

    private JsonObject Get(ToolCall call)
    {
        var (names, fields) = (call.Texts("eventTypes"), call.Texts("fields"));
        var project = call.Project();
        var all = call.Text("kind") is "custom" or "labeled" ? [] : taxonomy.Events(project).Where(item => names.Length == 0 || names.Contains(item.Name)).ToArray();
        var reply = new JsonObject { ["success"] = true };
        reply["events"] = call.Page(all, call.Number("limit", 100), reply).Select(item => Describe(item).Only(fields.Length == 0 ? DefaultFields : fields)).List();
        return reply;
    }

    private JsonObject Describe(EventEntry item) => new()
    {
        ["name"] = item.Name,
        ["displayName"] = item.Name,
        ["description"] = item.Description,
        ["category"] = item.Category,
        ["tags"] = new JsonArray(),
        ["status"] = item.LastSeen >= reading.Now.AddDays(-30) ? "live" : "inactive",
        ["isActiveAction"] = true,
        ["isOfficial"] = item.Description is not null,
        ["isAmplitudeEvent"] = item.Name.StartsWith('$'),
        ["firstSeen"] = $"{item.FirstSeen:yyyy-MM-dd}",
        ["lastSeen"] = $"{item.LastSeen:yyyy-MM-dd}",
    };
}
