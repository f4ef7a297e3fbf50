using System.Text.Json.Nodes;
using ClariBI.Sandbox.Mcp;
using ModelContextProtocol.Protocol;

namespace ClariBI.Sandbox.Tools;

internal sealed class GetAmpTaxonomy(TaxonomyReading taxonomy) : ITool
{
    public Tool Definition { get; } = ToolDefinition.Read("get_amp_taxonomy", "Reading properties", """
        Lists the properties of an event, or of users, with their values where these are few.

        WHEN TO USE:
        - Before filtering or grouping: it tells which properties an event has and how values are spelled.
        """, """
        {"projectId":{"anyOf":[{"type":"string"},{"type":"integer"}],"description":"Optional only when the user has exactly one accessible project"},
         "propertyType":{"type":"string","enum":["event","user"],"default":"event"},
         "eventType":{"type":"string"},"name":{"type":"string"},"names":{"type":"array","items":{"type":"string"}},
         "fields":{"type":"array","items":{"type":"string"}},
         "limit":{"type":"integer","minimum":1,"maximum":500,"default":100},"cursor":{"type":"string"},
         "includeDeleted":{"type":"boolean"},"includeHidden":{"type":"boolean"},"includeBlocked":{"type":"boolean"},"includeTransformations":{"type":"boolean"}}
        """);

    public Task<JsonNode> InvokeAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var project = call.Project();
        var type = call.Text("propertyType") ?? "event";
        var names = call.Texts("names");
        if (call.Text("cursor") is { } text && (!int.TryParse(text, out var parsed) || parsed < 0))
        {
            throw new ToolErrorException("cursor: not one this tool gave out");
        }

        var start = call.Text("cursor") is { } cursor ? int.Parse(cursor, System.Globalization.CultureInfo.InvariantCulture) : 0;
        var eventType = type == "event" ? call.Text("eventType") : null;
        var all = taxonomy.Properties(project, eventType, withValues: true)
            .Where(property => property.Scope == type && (call.Text("name") is not { } name || property.Name == name) && (names.Length == 0 || names.Contains(property.Name))).ToArray();
        var page = all.Skip(start).Take(call.Number("limit", 100)).ToArray();
        var reply = new JsonObject
        {
            ["success"] = true,
            ["properties"] = new JsonArray([.. page.Select(property => new JsonObject
            {
                ["name"] = property.Name,
                ["eventType"] = eventType,
                ["propertyType"] = property.Scope,
                ["description"] = property.Description,
                ["type"] = property.IsNumeric ? "number" : "string",
                ["isHidden"] = false,
                ["isDeleted"] = false,
                ["enumValues"] = property.Values is { } values ? new JsonArray([.. values.Select(value => JsonValue.Create(value))]) : null,
            })]),
        };
        if (start + page.Length < all.Length)
        {
            reply["cursor"] = $"{start + page.Length}";
        }

        return Task.FromResult<JsonNode>(reply);
    }
}
