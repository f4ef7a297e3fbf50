namespace ClariBI.Sandbox.Tools;

/// <summary>The draft-07 schema of a typed chart: a union told apart by kind, strict at every level.</summary>
internal static class ChartSchema
{
    private const string Where = """
        {"type":"array","items":{"type":"object","properties":{"property":{"type":"string"},
         "op":{"type":"string","enum":["is","is not","contains","does not contain","has prefix","does not have prefix","greater","less","greater or equal","less or equal","glob match","glob does not match","set contains","set does not contain"]},
         "values":{"type":"array","minItems":1,"items":{"anyOf":[{"type":"string"},{"type":"number"},{"type":"boolean"}]},"description":"(none) stands for unset"},
         "scope":{"type":"string","enum":["event","user"]},"group_type":{"type":"string"}},"required":["property","op","values"],"additionalProperties":false}}
        """;

    private const string GroupBy = """
        {"type":"array","maxItems":3,"items":{"type":"object","properties":{"property":{"type":"string"},"scope":{"type":"string","enum":["event","user"]},"group_type":{"type":"string"}},"required":["property"],"additionalProperties":false}}
        """;

    private const string Event = $$"""
        {"type":"object","properties":{"event":{"type":"string","description":"Exact event name, or _active, _new, _all, _any_revenue_event"},"where":{{Where}},"group_by":{{GroupBy}} },"required":["event"],"additionalProperties":false}
        """;

    private const string Common = $$"""
        "name":{"type":"string"},
        "group_by":{{GroupBy}},
        "segments":{"type":"array","maxItems":10,"items":{"type":"object","properties":{"where":{{Where}} },"additionalProperties":false} },
        "date_range":{"type":"object","properties":{"relative":{"type":"string","description":"Last 30 Days, Last 12 Weeks, This Month, Yesterday"},
          "start":{"anyOf":[{"type":"number"},{"type":"string"}],"description":"Unix seconds, ISO 8601, or now-7d"},"end":{"anyOf":[{"type":"number"},{"type":"string"}]},
          "timezone":{"type":"string","description":"IANA name; the project's unless given"} },"additionalProperties":false},
        "interval":{"type":"string","enum":["hour","day","week","month","quarter"],"default":"day"}
        """;

    public const string Typed = $$"""
        {"anyOf":[
         {"type":"object","properties":{"kind":{"type":"string","const":"segmentation"},
          "events":{"type":"array","minItems":1,"maxItems":10,"items":{{Event}} },
          "measured_as":{"type":"object","properties":{"as":{"type":"string","enum":["unique_users","event_totals","active_pct","avg_per_user","frequency","formula","property_sum","property_avg","property_min","property_max","property_median","property_count"],"default":"unique_users"},
            "as_":{"type":"string","description":"As emitted by typed reads; ignored here"},
            "formula":{"type":"string","description":"UNIQUES(A), TOTALS(A), AVG(A), PROPSUM(A), PROPAVG(A), PROPMIN(A), PROPMAX(A) with + - * / and parentheses"} },"additionalProperties":false},
          {{Common}} },"required":["kind","events","date_range"],"additionalProperties":false},
         {"type":"object","properties":{"kind":{"type":"string","const":"funnel"},
          "steps":{"type":"array","minItems":2,"maxItems":20,"items":{{Event}} },
          "conversion_window":{"type":"object","properties":{"value":{"type":"integer","minimum":1},"unit":{"type":"string","enum":["second","minute","hour","day","week"]} },"required":["value","unit"],"additionalProperties":false},
          "mode":{"type":"string","enum":["ordered","unordered"],"default":"ordered"},
          "measured_as":{"type":"object","properties":{"as":{"type":"string","enum":["conversion"]},"as_":{"type":"string"} },"additionalProperties":false},
          {{Common}} },"required":["kind","steps","date_range"],"additionalProperties":false},
         {"type":"object","properties":{"kind":{"type":"string","const":"retention"},
          "start_event":{{Event}},"return_events":{"type":"array","minItems":1,"maxItems":10,"items":{{Event}} },
          "retention_method":{"type":"string","enum":["rolling","nday","bracket"],"default":"rolling"},
          "retention_brackets":{"type":"array","maxItems":30,"items":{"type":"array","minItems":2,"maxItems":2,"items":{"type":"integer"} } },
          "measured_as":{"type":"object","properties":{"as":{"type":"string","enum":["retention"]},"as_":{"type":"string"} },"additionalProperties":false},
          {{Common}} },"required":["kind","date_range"],"additionalProperties":false},
         {"type":"object","properties":{"kind":{"type":"string","const":"sessions"},
          "measured_as":{"type":"string","enum":["totalSessions","average","peruser"],"default":"totalSessions"},
          {{Common}} },"required":["kind","date_range"],"additionalProperties":false}]}
        """;
}
