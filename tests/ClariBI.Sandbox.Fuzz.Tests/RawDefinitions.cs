using System.Text.Json.Nodes;

namespace ClariBI.Sandbox.Fuzz.Tests;

/// <summary>The inside of a "definition", of which the schema says nothing: charts in the raw form, and cohorts.</summary>
internal sealed class RawDefinitions(Words words, Random random)
{
    public JsonObject Chart()
    {
        var type = Pick("eventsSegmentation", "eventsSegmentation", "funnels", "retention", "sessions", "revenueLtv", "dataTableV2", "stickiness", "composition", "funnel");
        var parameters = new JsonObject { ["countGroup"] = "User", ["interval"] = Number(1, 1, 1, 7, 7, 30, 90, -3600000, -300000, 2), ["segments"] = Some(Segment) };
        if (Chance(70))
        {
            parameters["range"] = words.For("range", random);
        }
        else
        {
            parameters["start"] = words.For("start", random);
            if (Chance(30))
            {
                parameters["end"] = words.For("end", random);
            }
        }

        if (Chance(30))
        {
            parameters["groupBy"] = Some(Group);
        }

        if (type == "stickiness")
        {
            parameters["interval"] = Number(7, 30, 7, 30, 1);
        }

        Fill(type, parameters);
        return new() { ["app"] = words.For("app", random), ["type"] = type, ["name"] = Chance(50) ? words.For("name", random) : null, ["params"] = parameters };
    }

    public static JsonObject Cohort(Words words, Random random) => new()
    {
        ["version"] = 3,
        ["andClauses"] = new JsonArray(new JsonObject
        {
            ["negated"] = random.Next(2) == 0,
            ["orClauses"] = new JsonArray(new JsonObject
            {
                ["type"] = random.Next(4) == 0 ? "userProperty" : "event",
                ["type_value"] = words.For("event", random),
                ["operator"] = words.For("op", random),
                ["operator_value"] = random.Next(-1, 5),
                ["time_type"] = random.Next(4) == 0 ? "absolute" : "rolling",
                ["time_value"] = random.Next(0, 400),
            }),
        }),
    };

    private void Fill(string type, JsonObject parameters)
    {
        switch (type)
        {
            case "eventsSegmentation" or "composition":
                parameters["events"] = Some(Event);
                parameters["metric"] = Pick("uniques", "totals", "average", "pct_dau", "frequency", "sums", "value_avg", "value_min", "value_max", "value_median", "value_count", "formula", "histogram");
                parameters["formula"] = Chance(40) ? words.For("formula", random) : null;
                parameters["property"] = type == "composition" ? words.For("prop", random) : null;
                parameters["rollingWindow"] = Chance(20) ? Number(0, 1, 7, 1000) : null;
                break;
            case "funnels" or "funnel":
                parameters["events"] = new JsonArray([.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => Event())]);
                parameters["order"] = Pick("this_order", "any_order", "exact_order");
                parameters["conversionWindow"] = new JsonObject { ["value"] = Number(1, 7, 30, 0, -1, 2000000000), ["unit"] = words.For("unit", random) };
                break;
            case "retention":
                parameters["startEvent"] = Event();
                parameters["retentionEvents"] = Some(Event);
                parameters["retentionMethod"] = Pick("nday", "rolling", "bracket", "nday_or_before");
                parameters["retentionBrackets"] = new JsonArray(new JsonArray(0, 7), new JsonArray(Number(7, 8, -1), Number(14, 7, 1000000)));
                break;
            case "sessions":
                parameters["sessions"] = new JsonArray(new JsonObject { ["filters"] = new JsonArray(), ["group_by"] = new JsonArray() });
                parameters["sessionType"] = Pick("average", "totalSessions", "peruser", "averageTimePerUser", "totalTime", "length");
                break;
            case "revenueLtv":
                parameters["metric"] = Pick("0", "1", "2", "3", "4");
                parameters["event"] = Event();
                parameters["revenueProperty"] = words.For("revenueProperty", random);
                break;
            default:
                parameters["event"] = Event();
                parameters["events"] = Some(Event);
                parameters["table"] = new JsonObject { ["columns"] = new JsonArray(new JsonObject { ["metric_type"] = Pick("UNIQUES", "TOTALS", "CONVERSION", "PROPSUM"), ["event"] = Event() }), ["rows"] = Some(Group) };
                break;
        }
    }

    private JsonObject Event() => new() { ["event_type"] = words.For("event_type", random), ["filters"] = Chance(25) ? Some(Filter) : [], ["group_by"] = Chance(35) ? Some(Group) : [] };

    private JsonObject Filter() => new()
    {
        ["group_type"] = "User",
        ["subprop_key"] = words.For("subprop_key", random),
        ["subprop_op"] = words.For("subprop_op", random),
        ["subprop_type"] = Pick("event", "event", "user", "user", "derived"),
        ["subprop_value"] = new JsonArray(words.For("subprop_value", random), Chance(20) ? random.Next(100) : words.For("values", random)),
    };

    private JsonObject Group() => new() { ["type"] = Pick("event", "event", "user", "user", "group"), ["value"] = words.For("value", random), ["group_type"] = "User" };

    private JsonObject Segment() => new() { ["name"] = Chance(50) ? words.For("name", random) : null, ["conditions"] = Chance(50) ? [] : Some(Condition) };

    private JsonObject Condition() => random.Next(3) switch
    {
        0 => new() { ["type"] = "cohort", ["group_type"] = "User", ["cohort_id"] = words.For("cohortId", random), ["op"] = Pick("is_in", "is_not_in", "is") },
        1 => new() { ["type"] = "event", ["event_type"] = words.For("event_type", random), ["op"] = Pick(">=", "=", "greater", "!="), ["value"] = random.Next(-1, 4), ["time_type"] = Pick("rolling", "forEachInterval", "allTime", "x"), ["time_value"] = random.Next(-1, 500) },
        _ => new() { ["type"] = "property", ["group_type"] = "User", ["prop_type"] = Pick("user", "event"), ["prop"] = Pick("gp:", "") + words.For("prop", random), ["op"] = words.For("op", random), ["values"] = new JsonArray(words.For("values", random)) },
    };

    private JsonArray Some(Func<JsonNode> make) => new([.. Enumerable.Range(0, Chance(75) ? 1 : random.Next(0, 4)).Select(_ => make())]);

    private bool Chance(int percent) => random.Next(100) < percent;

    private string Pick(params string[] from) => from[random.Next(from.Length)];

    private int Number(params int[] from) => from[random.Next(from.Length)];
}
