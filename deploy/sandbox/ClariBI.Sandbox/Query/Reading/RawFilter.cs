using System.Text.Json;
using ClariBI.Sandbox.Mcp;

namespace ClariBI.Sandbox.Query.Reading;

/// <summary>Conditions on properties in the raw form, which names their fields otherwise on events than in segments.</summary>
internal static class RawFilter
{
    public static Filter OfEvent(JsonElement filter, string scope = Scopes.Event) => Read(filter, new("subprop_key", "subprop_type", "subprop_op", "subprop_value"), null, scope);

    /// <summary>Replays are searched by conditions that may leave the operator out.</summary>
    public static Filter OfSegment(JsonElement condition, string? op = null) => Read(condition, new("prop", "prop_type", "op", "values"), op, Scopes.User);

    private static Filter Read(JsonElement filter, Fields fields, string? op, string scope)
    {
        var name = filter.Required(fields.Key);
        return new(name, Scopes.Check(fields.Scope, filter.Text(fields.Scope) ?? scope, name, filter.Text("group_type")), Operator(filter.Text(fields.Op) ?? op ?? filter.Required(fields.Op)), filter.Values(fields.Values));
    }

    private static string Operator(string op) => Filters.WebOnly.Contains(op) ? throw new ToolErrorException($"op: {op} looks at elements of web pages, which these events do not have")
        : Filters.Raw.Contains(op) ? op : throw new ToolErrorException($"op: Input should be one of {string.Join(", ", Filters.Raw)}");

    private readonly record struct Fields(string Key, string Scope, string Op, string Values);
}
