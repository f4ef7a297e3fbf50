using System.Text.Json.Nodes;

namespace ClariBI.Sandbox.Tools;

/// <summary>How a raw definition of each chart type is written.</summary>
internal static class ChartGuides
{
    public static JsonObject Of(string type)
    {
        var (about, parameters) = type switch
        {
            "eventsSegmentation" => ("Counts of events and users over time.", """{"range":"Last 30 Days","events":[{"event_type":"_active","filters":[],"group_by":[]}],"metric":"uniques","interval":1,"countGroup":"User","segments":[{"conditions":[]}]}"""),
            "funnels" => ("How many users get through steps in a window of time.", """{"range":"Last 30 Days","events":[{"event_type":"First"},{"event_type":"Second"}],"conversionWindow":{"value":7,"unit":"day"},"order":"this_order","segments":[{"conditions":[]}]}"""),
            "retention" => ("How many users come back.", """{"range":"Last 30 Days","startEvent":{"event_type":"_new"},"retentionEvents":[{"event_type":"_active"}],"retentionMethod":"nday","interval":1,"segments":[{"conditions":[]}]}"""),
            "sessions" => ("Number and length of sessions.", """{"range":"Last 30 Days","sessions":[{"filters":[],"group_by":[]}],"sessionType":"average","interval":1,"segments":[{"conditions":[]}]}"""),
            "revenueLtv" => ("Revenue of new users by their age.", """{"range":"Last 90 Days","metric":"2","event":{"event_type":"_any_revenue_event","filters":[],"group_by":[]},"revenueProperty":"$revenue","interval":1,"segments":[{"conditions":[]}]}"""),
            "stickiness" => ("On how many days of a week or month users are active.", """{"range":"Last 12 Weeks","events":[{"event_type":"_active"}],"interval":7,"segments":[{"conditions":[]}]}"""),
            _ => ("A saved metric over time. Query the metric's own chart instead.", "{}"),
        };
        return new()
        {
            ["chartType"] = type,
            ["about"] = about,
            ["example"] = new JsonObject { ["type"] = type, ["params"] = JsonNode.Parse(parameters) },
        };
    }
}
