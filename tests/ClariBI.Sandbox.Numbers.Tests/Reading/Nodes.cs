using System.Text.Json.Nodes;

namespace ClariBI.Sandbox.Numbers.Tests.Reading;

/// <summary>Short ways to read a query.</summary>
internal static class Nodes
{
    public static string? Text(this JsonNode? node, string name) => node?[name]?.ToString();

    public static IEnumerable<JsonNode> Items(this JsonNode? node, string name) => node?[name]?.AsArray().Select(item => item!) ?? [];

    public static string[] Texts(this JsonNode? node, string name) => [.. node.Items(name).Select(item => item is JsonValue value && value.TryGetValue(out bool truth) ? (truth ? "true" : "false") : item.ToString())];

    public static int? Whole(this JsonNode? node, string name) => node?[name]?.GetValue<int>();

    public static bool Flag(this JsonNode? node, string name) => node?[name]?.GetValue<bool>() ?? false;
}
