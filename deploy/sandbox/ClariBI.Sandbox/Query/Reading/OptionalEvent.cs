using System.Text.Json;
using ClariBI.Sandbox.Mcp;

namespace ClariBI.Sandbox.Query.Reading;

internal static class OptionalEvent
{
    /// <summary>The event of a field, which may be left out.</summary>
    public static EventRef Read(JsonElement chart, string field, Func<JsonElement, EventRef> read, string otherwise) => chart.Field(field) switch
    {
        { ValueKind: JsonValueKind.Object } given => read(given),
        { ValueKind: JsonValueKind.Undefined or JsonValueKind.Null } => new(otherwise, [], []),
        _ => throw new ToolErrorException($"{field}: Input should be an object"),
    };
}
