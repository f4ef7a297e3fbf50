using System.Text.Json.Nodes;

namespace ClariBI.Sandbox.Numbers.Tests.Reference;

internal static class Json
{
    public static JsonArray Array<T>(IEnumerable<T> items) => [.. items.Select(item => item as JsonNode ?? JsonValue.Create(item))];
}
