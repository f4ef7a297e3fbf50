using System.Text.Json.Nodes;

namespace ClariBI.Sandbox.Fuzz.Tests;

/// <summary>Fields of a typed chart that only make sense together.</summary>
internal sealed class Sensible(Words words, Random random)
{
    public void Chart(JsonObject chart)
    {
        foreach (var inside in Objects(chart).ToArray())
        {
            Tidy(inside);
        }

        foreach (var column in (chart["columns"] as JsonArray ?? []).OfType<JsonObject>())
        {
            Column(column);
        }

        Measure(chart);
        Range(chart);
    }

    private void Range(JsonObject chart)
    {
        if (chart["date_range"] is JsonObject range && Chance(90))
        {
            range.Remove(Chance(60) ? "start" : "relative");
            if (range.ContainsKey("start"))
            {
                range.Remove("relative");
                range["start"] = Chance(70) ? $"now-{random.Next(1, 60)}d" : range["start"]?.DeepClone();
            }
            else
            {
                range.Remove("end");
                range["relative"] ??= $"Last {random.Next(1, 30)} Days";
            }

            if (Chance(80))
            {
                range.Remove("timezone");
            }
        }
    }

    private void Measure(JsonObject chart)
    {
        var measure = chart["measured_as"] as JsonObject;
        var kind = (string?)measure?["as"] ?? "";
        if (kind == "formula" || measure?.ContainsKey("formula") == true)
        {
            measure!["formula"] ??= "UNIQUES(A)";
        }

        if ((kind.StartsWith("property_", StringComparison.Ordinal) || kind == "histogram") && chart["events"] is JsonArray events)
        {
            foreach (var item in events.OfType<JsonObject>())
            {
                item["group_by"] ??= new JsonArray(new JsonObject { ["property"] = words.For("property", random) });
            }
        }
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject inside => inside.SelectMany(pair => Objects(pair.Value)).Prepend(inside),
        JsonArray inside => inside.SelectMany(Objects),
        _ => [],
    };

    private void Tidy(JsonObject inside)
    {
        if (inside.ContainsKey("members") != inside.ContainsKey("object_type") && Chance(95))
        {
            inside.Remove("members");
            inside.Remove("object_type");
        }

        if ((string?)inside["time_type"] == "rolling" && Chance(90))
        {
            inside["time_value"] = random.Next(1, 60);
        }
    }

    private void Column(JsonObject column)
    {
        var metric = (string?)column["metric_type"] ?? "";
        column.Remove("event");
        if (metric != "SESSIONS")
        {
            column["events"] ??= new JsonArray([.. Enumerable.Range(0, metric == "CONVERSION" ? 2 : 1).Select(_ => new JsonObject { ["event"] = words.For("event", random) })]);
        }

        if (metric == "FORMULA")
        {
            column["formula"] ??= "UNIQUES(A)";
        }

        if (metric.StartsWith("PROP", StringComparison.Ordinal))
        {
            column["aggregation_property"] ??= words.For("property", random);
        }
    }

    private bool Chance(int percent) => random.Next(100) < percent;
}
