namespace ClariBI.Sandbox.Query.Reading;

/// <summary>Draft-07 schemas of what typed charts have in common.</summary>
internal static class ChartSchema
{
    public const string Where = """
        {"type":"array","items":{"type":"object","properties":{"property":{"type":"string"},
         "op":{"type":"string","enum":["is","is not","contains","does not contain","has prefix","does not have prefix","greater","less","greater or equal","less or equal","glob match","glob does not match","set contains","set does not contain"]},
         "values":{"type":"array","minItems":1,"items":{"anyOf":[{"type":"string"},{"type":"number"},{"type":"boolean"}]},"description":"(none) stands for unset"},
         "scope":{"type":"string","enum":["event","user"]},"group_type":{"type":"string"}},"required":["property","op","values"],"additionalProperties":false}}
        """;

    public const string GroupBy = """
        {"type":"array","maxItems":3,"items":{"type":"object","properties":{"property":{"type":"string"},"scope":{"type":"string","enum":["event","user"]},"group_type":{"type":"string"}},"required":["property"],"additionalProperties":false}}
        """;

    public const string Event = $$"""
        {"type":"object","properties":{"event":{"type":"string","description":"Exact event name, or _active, _new, _all, _any_revenue_event"},"where":{{Where}},"group_by":{{GroupBy}} },"required":["event"],"additionalProperties":false}
        """;

    public const string Common = $$"""
        "name":{"type":"string"},
        "group_by":{{GroupBy}},
        "segments":{"type":"array","maxItems":10,"items":{"type":"object","properties":{"where":{{Where}} },"additionalProperties":false} },
        "date_range":{"type":"object","properties":{"relative":{"type":"string","description":"Last 30 Days, Last 12 Weeks, This Month, Yesterday"},
          "start":{"anyOf":[{"type":"number"},{"type":"string"}],"description":"Unix seconds, ISO 8601, or now-7d"},"end":{"anyOf":[{"type":"number"},{"type":"string"}]},
          "timezone":{"type":"string","description":"IANA name; the project's unless given"} },"additionalProperties":false},
        "interval":{"type":"string","enum":["hour","day","week","month","quarter"],"default":"day"}
        """;
}
