using System.Text.Json.Nodes;
using ClariBI.Sandbox.Numbers.Tests.Reading;
using ClariBI.Sandbox.Numbers.Tests.Server;

namespace ClariBI.Sandbox.Numbers.Tests.HoldOut;

/// <summary>Figures written by hand, of a domain the sandbox was not built with. Neither the sandbox nor the reference had a say in them.</summary>
public sealed class ClinicTests(DataSets sets)
{
    private const string Range = """ "date_range":{"start":"2026-11-09","end":"2026-11-18"} """;
    private const string Open = """ "events":[{"event":"Open Booking"}] """;
    private const string Price = """ "events":[{"event":"Confirm Visit","group_by":[{"property":"price"}]}] """;
    private const string Steps = """ "kind":"funnel","steps":[{"event":"Open Booking"},{"event":"Choose Doctor"},{"event":"Confirm Visit"}] """;
    private const string Days = "\"2026-11-09\",\"2026-11-10\",\"2026-11-11\",\"2026-11-12\",\"2026-11-13\",\"2026-11-14\",\"2026-11-15\",\"2026-11-16\",\"2026-11-17\",\"2026-11-18\"";

    /// <summary>Name, chart, and the rows of the reply (or the members of a JSON one).</summary>
    public static TheoryData<string, string, string> Figures { get; } = new()
    {
        { "people a day", $$"""{"kind":"segmentation",{{Open}},{{Range}}}""", $$"""[["\tSegment",{{Days}}],["\tAll Users",1,2,1,0,0,0,0,1,0,1]]""" },
        { "people a day of New York", $$"""{"kind":"segmentation",{{Open}},"date_range":{"start":"2026-11-09","end":"2026-11-18","timezone":"America/New_York"} }""", $$"""[["\tSegment",{{Days}}],["\tAll Users",2,1,1,0,0,0,0,1,0,1]]""" },
        { "new people", $$"""{"kind":"segmentation","events":[{"event":"_new"}],{{Range}}}""", $$"""[["\tSegment",{{Days}}],["\tAll Users",1,2,0,0,0,0,0,0,0,0]]""" },
        { "times a person", $$"""{"kind":"segmentation",{{Open}},"measured_as":{"as":"avg_per_user"},"interval":"month",{{Range}}}""", """[["\tSegment","2026-11-01"],["\tAll Users",1.5]]""" },
        { "sum", $$"""{"kind":"segmentation",{{Price}},"measured_as":{"as":"property_sum"},"interval":"week",{{Range}}}""", """[["\tSegment","2026-11-09","2026-11-16"],["\tAll Users",200,100.5]]""" },
        { "mean", $$"""{"kind":"segmentation",{{Price}},"measured_as":{"as":"property_avg"},"interval":"month",{{Range}}}""", """[["\tSegment","2026-11-01"],["\tAll Users",75.125]]""" },
        { "median", $$"""{"kind":"segmentation",{{Price}},"measured_as":{"as":"property_median"},"interval":"month",{{Range}}}""", """[["\tSegment","2026-11-01"],["\tAll Users",70]]""" },
        { "smallest", $$"""{"kind":"segmentation",{{Price}},"measured_as":{"as":"property_min"},"interval":"week",{{Range}}}""", """[["\tSegment","2026-11-09","2026-11-16"],["\tAll Users",80,40.5]]""" },
        { "share of the active", $$"""{"kind":"segmentation","events":[{"event":"Confirm Visit"}],"measured_as":{"as":"active_pct"},"interval":"week",{{Range}}}""", """[["\tSegment","2026-11-09","2026-11-16"],["\tAll Users",50,66.666667]]""" },
        { "share of the active, by month", $$"""{"kind":"segmentation","events":[{"event":"Confirm Visit"}],"measured_as":{"as":"active_pct"},"interval":"month",{{Range}}}""", """[["\tSegment","2026-11-01"],["\tAll Users",75]]""" },
        { "unset ward", $$"""{"kind":"segmentation","events":[{"event":"Open Booking","where":[{"property":"ward","op":"is","values":["(none)"]}]}],"measured_as":{"as":"event_totals"},"interval":"month",{{Range}}}""", """[["\tSegment","2026-11-01"],["\tAll Users",1]]""" },
        { "other wards", $$"""{"kind":"segmentation","events":[{"event":"Open Booking","where":[{"property":"ward","op":"is not","values":["Cardiology"]}]}],"measured_as":{"as":"event_totals"},"interval":"month",{{Range}}}""", """[["\tSegment","2026-11-01"],["\tAll Users",3]]""" },
        { "by ward", $$"""{"kind":"segmentation",{{Open}},"group_by":[{"property":"ward"}],"measured_as":{"as":"event_totals"},"interval":"week",{{Range}}}""", """[["\tSegment","\tward","2026-11-09","2026-11-16"],["\tAll Users","\tCardiology",2,1],["\tAll Users","\tDermatology",1,1],["\tAll Users","\t(none)",1,0]]""" },
        { "visits of a hundred", $$"""{"kind":"segmentation","events":[{"event":"Open Booking"},{"event":"Confirm Visit"}],"measured_as":{"as":"formula","formula":"TOTALS(B)/UNIQUES(A)*100"},"interval":"month",{{Range}}}""", """[["\tSegment","2026-11-01"],["\tAll Users",100]]""" },
        { "how often", $$"""{"kind":"segmentation",{{Open}},"measured_as":{"as":"frequency"},"interval":"month",{{Range}}}""", """[["\tSegment","\tTimes","2026-11-01"],["\tAll Users","\t1",2],["\tAll Users","\t2",2]]""" },
        { "booking within 7 days", $$"""{ {{Steps}},"conversion_window":{"value":7,"unit":"day"},{{Range}}}""", """[{"cumulativeRaw":[4,3,1],"cumulative":[1,0.75,0.25],"stepByStep":[1,0.75,0.333333],"medianTransTimes":[0,300000,600000],"avgTransTimes":[0,12740000,600000]}]""" },
        { "booking within 8 days", $$"""{ {{Steps}},"conversion_window":{"value":8,"unit":"day"},{{Range}}}""", """[{"cumulativeRaw":[4,3,3]}]""" },
        { "booking in any order", $$"""{ {{Steps}},"conversion_window":{"value":7,"unit":"day"},"mode":"unordered",{{Range}}}""", """[{"cumulativeRaw":[4,3,2]}]""" },
        { "visits", $$"""{"kind":"sessions","interval":"week",{{Range}}}""", """[["\tSegment","2026-11-09","2026-11-16"],["\tAll Users",4,3]]""" },
        { "length of visits", $$"""{"kind":"sessions","measured_as":"average","interval":"month",{{Range}}}""", """[["\tSegment","2026-11-01"],["\tAll Users",154.285714]]""" },
        { "visits a person", $$"""{"kind":"sessions","measured_as":"peruser","interval":"month",{{Range}}}""", """[["\tSegment","2026-11-01"],["\tAll Users",2.333333]]""" },
        { "who comes back", $$"""{"kind":"retention","retention_method":"nday","interval":"week",{{Range}}}""", """{"series":[{"values":{"Nov 09":[{"count":3,"outof":3,"incomplete":false},{"count":2,"outof":3,"incomplete":false},{"count":2,"outof":3,"incomplete":true}]}}]}""" },
    };

    [Theory]
    [MemberData(nameof(Figures))]
    public async Task Figure(string name, string chart, string figures)
    {
        var set = await sets.OpenAsync("clinic");

        var reply = await set.QueryAsync("910001", new() { ["chart"] = JsonNode.Parse(chart) });

        Comparison.Differences(Read(figures), reply).ShouldBeEmpty(name);
    }

    private static Expected Read(string figures)
    {
        var node = JsonNode.Parse(figures)!;
        return node is JsonArray { Count: > 0 } rows && rows[0] is JsonArray
            ? new([.. rows.Select(row => row!.AsArray().Select(cell => cell is JsonValue value && value.TryGetValue(out double number) ? (object)number : cell!.ToString()).ToArray())], null)
            : new(null, node);
    }
}
