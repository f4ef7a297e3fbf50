using System.Text.Json.Nodes;
using ClariBI.Sandbox.Numbers.Tests.Reference;

namespace ClariBI.Sandbox.Numbers.Tests.Cases;

/// <summary>Writes valid queries that nobody thought of, from what a project's events really hold. One seed gives one query.</summary>
internal sealed class RandomQueries(EventFile file, Random random)
{
    private static readonly string[] Intervals = ["hour", "day", "day", "day", "week", "week", "month"];
    private static readonly string[] Zones = ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "America/Santiago"];
    private readonly RandomParts parts = new(file, random);

    public JsonObject Next()
    {
        var arguments = random.Next(12) switch
        {
            < 6 => Typed(Segmentation()),
            6 or 7 => Typed(Funnel()),
            8 => Typed(Retention()),
            9 => Typed(Sessions()),
            _ => new() { ["definition"] = Raw() },
        };
        if (random.Next(3) == 0)
        {
            arguments["groupByLimit"] = random.Next(1, 30);
        }

        if (random.Next(2) == 0)
        {
            arguments["timeSeriesLimit"] = random.Next(0, 20);
        }

        if (random.Next(6) == 0)
        {
            arguments["excludeIncompleteDatapoints"] = true;
        }

        return JsonNode.Parse(arguments.ToJsonString())!.AsObject();
    }

    private JsonObject Typed(JsonObject chart)
    {
        var interval = parts.Pick(chart["kind"]!.ToString() == "retention" ? Intervals[1..] : Intervals);
        chart["interval"] = interval;
        chart["date_range"] = Range(interval);
        if (random.Next(3) == 0)
        {
            chart["group_by"] = parts.Groups(1 + random.Next(2));
        }

        if (random.Next(3) == 0)
        {
            chart["segments"] = new JsonArray([.. Enumerable.Range(0, 1 + random.Next(2)).Select(_ => Segment())]);
        }

        return new() { ["chart"] = chart };
    }

    private JsonObject Range(string interval)
    {
        var unit = char.ToUpperInvariant(interval[0]) + interval[1..];
        var range = random.Next(3) > 0
            ? new JsonObject { ["relative"] = $"Last {(interval == "hour" ? random.Next(2, 40) : interval == "month" ? random.Next(1, 4) : random.Next(2, 12))} {unit}s" }
            : Dates(interval == "hour" ? 3 : 30);
        if (random.Next(4) == 0)
        {
            range["timezone"] = parts.Pick(Zones);
        }

        return range;
    }

    private JsonObject Dates(int longest)
    {
        var start = new DateTime(2026, 9, 1).AddDays(random.Next(75));
        return new() { ["start"] = Calendar.Label(start, "day"), ["end"] = Calendar.Label(start.AddDays(random.Next(longest)), "day") };
    }

    private JsonObject Segment()
    {
        var segment = new JsonObject { ["where"] = parts.Filters(random.Next(3)) };
        if (random.Next(3) == 0)
        {
            segment["performed"] = new JsonArray(Performed());
        }

        return segment;
    }

    private JsonObject Performed()
    {
        var performed = parts.Event(1);
        performed["op"] = parts.Pick(">=", ">", "<=", "<", "=", "!=", "greater or equal", "is not");
        performed["count"] = random.Next(4);
        if (random.Next(2) == 0)
        {
            performed["time_type"] = "rolling";
            performed["time_value"] = random.Next(1, 20);
            performed["exclude_current_interval"] = random.Next(2) == 0;
        }

        return performed;
    }

    private JsonObject Segmentation()
    {
        var metric = parts.Pick("unique_users", "event_totals", "avg_per_user", "active_pct", "frequency", "property_sum", "property_avg", "property_min", "property_max", "property_median", "property_count", "property_count_avg", "histogram", "formula");
        JsonObject[] events = metric.StartsWith("property", StringComparison.Ordinal) || metric == "histogram" ? [parts.Measuring()] : [.. Enumerable.Range(0, 1 + random.Next(2)).Select(_ => parts.Event(2))];
        var chart = new JsonObject { ["kind"] = "segmentation", ["events"] = new JsonArray([.. events]), ["measured_as"] = new JsonObject { ["as"] = metric } };
        if (metric == "formula")
        {
            var last = (char)('A' + events.Length - 1);
            chart["measured_as"]!["formula"] = parts.Pick($"UNIQUES(A)/TOTALS({last})", $"100*(TOTALS({last})-UNIQUES(A))", $"AVG(A)+ACTIVE({last})/2", $"(UNIQUES({last}) - 3) / (TOTALS(A) - TOTALS({last}))");
        }

        switch (random.Next(6))
        {
            case 0 when metric != "formula": chart["rolling_window"] = random.Next(2, 5); break;
            case 1 when metric != "formula": chart["cumulative"] = true; break;
            case 2: chart["period_over_period"] = parts.Pick("period", "parent"); break;
            default: break;
        }

        return chart;
    }

    private JsonObject Funnel()
    {
        var chart = new JsonObject
        {
            ["kind"] = "funnel",
            ["steps"] = new JsonArray([.. Enumerable.Range(0, 2 + random.Next(3)).Select(_ => parts.Event(1))]),
            ["mode"] = parts.Pick("ordered", "ordered", "unordered", "sequential"),
            ["conversion_window"] = new JsonObject { ["value"] = random.Next(1, 9), ["unit"] = parts.Pick("minute", "hour", "day", "week") },
        };
        if (random.Next(3) == 0)
        {
            chart["hold_property"] = parts.Groups(1)[0]!.DeepClone();
        }

        if (random.Next(3) == 0 && chart["mode"]!.ToString() == "ordered")
        {
            var excluded = parts.Event(0);
            excluded["step_index"] = random.Next(-1, 1);
            chart["excluded_events"] = new JsonArray(excluded);
        }

        return chart;
    }

    private JsonObject Retention()
    {
        var chart = new JsonObject { ["kind"] = "retention", ["start_event"] = parts.Event(1), ["return_events"] = new JsonArray(parts.Event(1)), ["retention_method"] = parts.Pick("nday", "rolling", "bracket", "nday_or_before") };
        if (chart["retention_method"]!.ToString() == "bracket")
        {
            chart["retention_brackets"] = new JsonArray(new JsonArray(0, 1), new JsonArray(1, 1 + random.Next(1, 5)), new JsonArray(3, 20));
        }

        return chart;
    }

    private JsonObject Sessions() => new()
    {
        ["kind"] = "sessions",
        ["measured_as"] = parts.Pick("totalSessions", "average", "peruser", "totalTime", "averageTimePerUser", "averageEventsPerSession", "totalEvents", "length", "eventCountDistribution"),
    };

    private JsonObject Raw()
    {
        var parameters = new JsonObject
        {
            ["metric"] = parts.Pick("uniques", "totals", "average", "pct_dau", "frequency"),
            ["events"] = new JsonArray(parts.RawEvent()),
            ["groupBy"] = random.Next(2) == 0 ? new JsonArray() : new JsonArray(parts.RawGroup()),
            ["segments"] = new JsonArray(new JsonObject { ["name"] = "Some", ["conditions"] = random.Next(2) == 0 ? new JsonArray() : new JsonArray(parts.RawCondition()) }),
        };
        var (interval, range) = parts.Pick((1, "Last 9 Days"), (7, "Last 5 Weeks"), (30, "Last 3 Months"), (-3600000, "Last 20 Hours"), (90, "Last 2 Quarters"));
        parameters["interval"] = interval;
        parameters["range"] = range;
        return new() { ["type"] = "eventsSegmentation", ["params"] = parameters };
    }
}
