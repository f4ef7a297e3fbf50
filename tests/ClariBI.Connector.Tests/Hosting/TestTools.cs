using System.Text.Json.Nodes;

namespace ClariBI.Connector.Tests.Hosting;

internal static class TestTools
{
    public static JsonArray All() =>
    [
        Tool("get_amplitude_context", readOnly: true, "read"),
        Tool("query_amplitude_data", readOnly: true, "read"),
        Tool("use_amplitude_cohorts", readOnly: false, "read,write", """
            {"action":{"type":"string","enum":["list","get","find","create"],"default":"list"},"projectId":{"type":"string"},"definition":{"type":"object"}}
            """),
        Tool("create_cohort", readOnly: false, "write"),
        Tool("rename_chart", readOnly: true, "read"),
        Tool("get_amp_user_data", readOnly: true, "read"),
    ];

    public static JsonObject Tool(string name, bool readOnly, string access, string properties = "{}") => new()
    {
        ["name"] = name,
        ["description"] = $"The tool {name}.",
        ["inputSchema"] = new JsonObject { ["type"] = "object", ["properties"] = JsonNode.Parse(properties) },
        ["annotations"] = new JsonObject { ["readOnlyHint"] = readOnly, ["destructiveHint"] = false },
        ["_meta"] = new JsonObject { ["amplitude/accessLevels"] = new JsonArray([.. access.Split(',').Select(level => JsonValue.Create(level))]) },
    };
}
