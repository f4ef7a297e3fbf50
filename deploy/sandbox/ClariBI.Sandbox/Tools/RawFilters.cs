using System.Text.Json;
using ClariBI.Sandbox.Query;
using ClariBI.Sandbox.Query.Reading;

namespace ClariBI.Sandbox.Tools;

/// <summary>Events and conditions in the raw form, as tools other than queries take them.</summary>
internal static class RawFilters
{
    public static EventRef Event(JsonElement item) => new(item.Text("event_type") ?? "_all", [.. item.Items("filters").Select(filter => RawFilter.OfEvent(filter))], []);

    public static Filter Condition(JsonElement item) => RawFilter.OfSegment(item, "is");
}
