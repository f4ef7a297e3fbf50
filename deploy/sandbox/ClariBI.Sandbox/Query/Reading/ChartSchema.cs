namespace ClariBI.Sandbox.Query.Reading;

/// <summary>Draft-07 schemas of what typed charts have in common.</summary>
internal static class ChartSchema
{
    private const string Scope = """ "scope":{"type":"string","enum":["event","user","group","session","derivedV2"]},"group_type":{"type":"string"} """;

    public const string Where = $$"""
        {"type":"array","maxItems":50,"items":{"type":"object","properties":{"property":{"type":"string"},
         "op":{"type":"string","enum":["is","is not","contains","does not contain","has prefix","does not have prefix","greater","less","greater or equal","less or equal","glob match","glob does not match","set contains","set does not contain"]},
         "values":{"type":"array","minItems":1,"maxItems":1000,"items":{"anyOf":[{"type":"string"},{"type":"number"},{"type":"boolean"}]},"description":"(none) stands for unset"},
         {{Scope}} },"required":["property","op","values"],"additionalProperties":false} }
        """;

    public const string GroupKey = $$"""{"type":"object","properties":{"property":{"type":"string"},{{Scope}} },"required":["property"],"additionalProperties":false}""";

    public const string GroupBy = $$"""{"type":"array","maxItems":3,"items":{{GroupKey}} }""";

    private const string PlainEvent = $$"""
        "event":{"type":"string","description":"Exact event name, or _active, _new, _all, _any_revenue_event"},"where":{{Where}},"group_by":{{GroupBy}}
        """;

    public const string Event = $$"""
        {"type":"object","properties":{ {{PlainEvent}},
         "object_type":{"type":"string","enum":["INLINE_CUSTOM_EVENT","COMPARISON_EVENT"],"description":"Any of the members, or a series for each"},
         "members":{"type":"array","minItems":1,"maxItems":10,"items":{"type":"object","properties":{ {{PlainEvent}} },"required":["event"],"additionalProperties":false} } },
         "required":["event"],"additionalProperties":false}
        """;

    private const string Performed = $$"""
        {"type":"array","maxItems":10,"items":{"type":"object","properties":{"event":{"type":"string"},
         "op":{"type":"string","enum":[">=",">","<=","<","=","!=","greater or equal","greater","less or equal","less","is","is not"],"default":">="},
         "count":{"type":"integer","minimum":0,"maximum":1000000000,"default":1},
         "time_type":{"type":"string","enum":["forEachInterval","rolling"],"default":"forEachInterval"},
         "time_value":{"type":"integer","minimum":1,"maximum":366,"description":"Days of a rolling window"},
         "where":{{Where}},"exclude_current_interval":{"type":"boolean","default":false} },"required":["event"],"additionalProperties":false} }
        """;

    public const string Segments = $$"""
        {"type":"array","maxItems":10,"items":{"type":"object","properties":{"where":{{Where}},"performed":{{Performed}} },"additionalProperties":false} }
        """;

    public const string Range = """
        {"type":"object","properties":{"relative":{"type":"string","description":"Last 30 Days, Last 12 Weeks, This Month, Yesterday"},
          "start":{"anyOf":[{"type":"number"},{"type":"string"}],"description":"Unix seconds, ISO 8601, or now-7d"},"end":{"anyOf":[{"type":"number"},{"type":"string"}]},
          "timezone":{"type":"string","description":"IANA name; the project's unless given"} },"additionalProperties":false}
        """;

    public const string Common = $$"""
        "name":{"type":"string"},
        "vis":{"type":"string","enum":["line","area","bar","column","stackedbar","pie","kpi","table","totalSessions","average"]},
        "group_by":{{GroupBy}},
        "segments":{{Segments}},
        "date_range":{{Range}},
        "interval":{"type":"string","enum":["five_minute","hour","day","week","month","quarter"],"default":"day"}
        """;
}
