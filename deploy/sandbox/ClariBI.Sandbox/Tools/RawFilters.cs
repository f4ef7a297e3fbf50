using System.Text.Json;
using ClariBI.Sandbox.Query;

namespace ClariBI.Sandbox.Tools;

/// <summary>Events and conditions in the raw form, as tools other than queries take them.</summary>
internal static class RawFilters
{
    public static EventRef Event(JsonElement item) => new(item.Text("event_type") ?? "_all", [.. item.Items("filters").Select(Filter)], []);

    public static Filter Filter(JsonElement item) => new(item.Required("subprop_key"), Scope(item.Text("subprop_type")), item.Required("subprop_op"), item.Values("subprop_value"));

    public static Filter Condition(JsonElement item) => new(item.Required("prop"), Scope(item.Text("prop_type") ?? "user"), item.Text("op") ?? "is", item.Values("values"));

    private static string Scope(string? type) => type == "user" ? "user" : "event";
}
