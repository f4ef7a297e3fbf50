using System.Text.RegularExpressions;

namespace ClariBI.Sandbox.Tests;

public sealed class MetricTests(SandboxServer server) : IAsyncLifetime
{
    private const string Last30 = """ "date_range":{"relative":"Last 30 Days"} """;
    private const string Total = """, "timeSeriesLimit":0""";
    private Tools tools = null!;

    public async ValueTask InitializeAsync() => tools = await server.Account().ConnectAsync();

    public ValueTask DisposeAsync() => tools.DisposeAsync();

    private IEnumerable<ExportedEvent> Recent => server.Events.All.Where(item => item.Time >= SandboxServer.Now.Date.AddDays(-29));

    [Theory]
    [InlineData("property_sum")]
    [InlineData("property_avg")]
    [InlineData("property_min")]
    [InlineData("property_max")]
    [InlineData("property_median")]
    [InlineData("property_count")]
    public async Task Property_metrics_measure_the_first_group_by_of_the_event(string metric)
    {
        var cells = await tools.CsvAsync($$"""
            {"kind":"segmentation","events":[{"event":"Finish Content","group_by":[{"property":"listened_minutes","scope":"event"}]}],"measured_as":{"as":"{{metric}}"},
             "group_by":[{"property":"plan","scope":"user"}],"interval":"week",{{Last30}}}
            """);

        var monday = new DateTime(2026, 10, 19);
        var groups = Recent.Where(item => item.Type == "Finish Content").GroupBy(item => (Plan: item["u:plan"], Week: (int)(item.Time - monday).TotalDays / 7));
        cells.ShouldBe(SegmentationTests.Expect(groups, group => $"All Users|{group.Key.Plan}|{Tools.Date(monday.AddDays(7 * group.Key.Week))}", items => Measure(metric, [.. items.Select(item => item.Number("e:listened_minutes")!.Value).Order()])));
    }

    private static double Measure(string metric, double[] sorted) => metric switch
    {
        "property_sum" => sorted.Sum(),
        "property_avg" => sorted.Average(),
        "property_min" => sorted[0],
        "property_max" => sorted[^1],
        "property_count" => sorted.Distinct().Count(),
        _ => (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2,
    };

    [Fact]
    public async Task Revenue_adds_up_to_the_cent()
    {
        var cells = await tools.CsvAsync("""{"kind":"segmentation","events":[{"event":"Purchase","group_by":[{"property":"$revenue","scope":"event"}]}],"measured_as":{"as":"property_sum"},"interval":"month","date_range":{"relative":"Last 3 Months"}}""");

        cells.ShouldBe(SegmentationTests.Expect(server.Events.Named("Purchase").Where(item => item.Time.Month >= 9).GroupBy(item => item.Time.Month), month => $"All Users|2026-{month.Key:00}-01", items => items.Sum(item => item.Number("e:$revenue")!.Value)));
    }

    [Fact]
    public async Task A_formula_is_arithmetic_over_the_events_in_order()
    {
        var cells = await tools.CsvAsync($$"""{"kind":"segmentation","events":[{"event":"Search"},{"event":"Play Content"}],"measured_as":{"as":"formula","formula":"(TOTALS(B) - UNIQUES(A)) / UNIQUES(B) * 2"},{{Last30}}}""");

        cells.ShouldBe(SegmentationTests.Expect(Recent.Where(item => item.Type is "Search" or "Play Content").GroupBy(item => item.Time.Date), day => $"All Users|{Tools.Date(day.Key)}", items =>
        {
            var (searches, plays) = (items.Where(item => item.Type == "Search").ToArray(), items.Where(item => item.Type == "Play Content").ToArray());
            return (plays.Length - Users(searches)) / Users(plays) * 2;
        }));
    }

    [Theory]
    [InlineData("UNIQUES(C)")]
    [InlineData("uniques(A)")]
    [InlineData("UNIQUES(A) +")]
    [InlineData("((((((((((((((((((((((((((((((((((((((((((((((((((((((((((1))))))))))))))))))))))))))))))))))))))))))))))))))))))))))")]
    public async Task A_formula_that_is_none_is_refused(string formula)
    {
        var error = await tools.FailAsync("query_amplitude_data", $$"""{"projectId":"100001","chart":{"kind":"segmentation","events":[{"event":"Search"}],"measured_as":{"as":"formula","formula":"{{formula}}"},{{Last30}}} }""");

        error.ShouldStartWith("Formula parse failed");
    }

    [Fact]
    public async Task Active_percent_is_of_the_active_users_of_the_same_group()
    {
        var cells = await tools.CsvAsync($$"""{"kind":"segmentation","events":[{"event":"Search"}],"measured_as":{"as":"active_pct"},"group_by":[{"property":"platform"}],{{Last30}}}""", Total);

        cells.ShouldBe(SegmentationTests.Expect(Recent.GroupBy(item => item["platform"]), platform => $"All Users|{platform.Key}|Total", items => 100 * Users(items.Where(item => item.Type == "Search")) / Users(items)));
    }

    [Fact]
    public async Task Frequency_counts_users_by_how_often_they_did_it()
    {
        var cells = await tools.CsvAsync($$"""{"kind":"segmentation","events":[{"event":"Search"}],"measured_as":{"as":"frequency"},{{Last30}}}""", """, "timeSeriesLimit":0, "groupByLimit":50""");

        var times = Recent.Where(item => item.Type == "Search").GroupBy(item => item.User).Select(user => user.Count());
        cells.ShouldBe(SegmentationTests.Expect(times.GroupBy(count => count >= 10 ? "10+" : $"{count}"), label => $"All Users|{label.Key}|Total", users => users.Count()));
    }

    [Fact]
    public async Task Frequency_can_be_grouped()
    {
        var cells = await tools.CsvAsync($$"""{"kind":"segmentation","events":[{"event":"Search"}],"measured_as":{"as":"frequency"},"group_by":[{"property":"platform"}],{{Last30}}}""", """, "timeSeriesLimit":0, "groupByLimit":100""");

        var times = Recent.Where(item => item.Type == "Search").GroupBy(item => (Platform: item["platform"], item.User)).Select(user => (user.Key.Platform, Times: user.Count()));
        cells.ShouldBe(SegmentationTests.Expect(times.GroupBy(user => (user.Platform, user.Times >= 10 ? "10+" : $"{user.Times}")), label => $"All Users|{label.Key.Platform}|{label.Key.Item2}|Total", users => users.Count()));
    }

    [Fact]
    public async Task Distinct_values_of_text_are_counted()
    {
        var cells = await tools.CsvAsync($$"""{"kind":"segmentation","events":[{"event":"Play Content","group_by":[{"property":"genre","scope":"event"}]}],"measured_as":{"as":"property_count"},{{Last30}}}""", Total);

        cells["All Users|Total"].ShouldBe(Recent.Where(item => item.Type == "Play Content").Select(item => item["e:genre"]).Where(genre => genre != "(none)").Distinct().Count());
    }

    [Theory]
    [InlineData("is", """["pop","rock"]""")]
    [InlineData("is not", """["pop","rock"]""")]
    [InlineData("contains", """["CLASS","azz"]""")]
    [InlineData("does not contain", """["o"]""")]
    [InlineData("has prefix", """["h"]""")]
    [InlineData("does not have prefix", """["h"]""")]
    [InlineData("glob match", """["*o*"]""")]
    [InlineData("glob does not match", """["?op"]""")]
    [InlineData("is", """["(none)"]""")]
    [InlineData("is not", """["(none)"]""")]
    public async Task Text_filters_select_what_they_say(string op, string values)
    {
        var wanted = System.Text.Json.JsonSerializer.Deserialize<string[]>(values)!;

        var cells = await tools.CsvAsync($$"""{"kind":"segmentation","events":[{"event":"_all","where":[{"property":"genre","op":"{{op}}","values":{{values}},"scope":"event"}]}],"measured_as":{"as":"event_totals"},{{Last30}}}""", Total);

        cells["All Users|Total"].ShouldBe(Recent.Count(item => Matches(item["e:genre"], op, wanted)));
    }

    /// <summary>An unset value is none of the texts, so negative filters let it through.</summary>
    private static bool Matches(string value, string op, string[] wanted)
    {
        var isSet = value != "(none)";
        return op switch
        {
            "is" => wanted.Contains(value),
            "is not" => !wanted.Contains(value),
            "contains" => isSet && wanted.Any(part => value.Contains(part, StringComparison.OrdinalIgnoreCase)),
            "does not contain" => !isSet || !wanted.Any(part => value.Contains(part, StringComparison.OrdinalIgnoreCase)),
            "has prefix" => isSet && wanted.Any(part => value.StartsWith(part, StringComparison.Ordinal)),
            "does not have prefix" => !isSet || !wanted.Any(part => value.StartsWith(part, StringComparison.Ordinal)),
            "glob match" => isSet && wanted.Any(pattern => Glob(value, pattern)),
            _ => !isSet || !wanted.Any(pattern => Glob(value, pattern)),
        };
    }

    private static bool Glob(string value, string pattern) => Regex.IsMatch(value, "^" + Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal).Replace("\\?", ".", StringComparison.Ordinal) + "$");

    [Theory]
    [InlineData("greater", 20)]
    [InlineData("greater or equal", 20)]
    [InlineData("less", 3)]
    [InlineData("less or equal", 3)]
    [InlineData("is", 4)]
    public async Task Number_filters_compare_numbers(string op, double limit)
    {
        var cells = await tools.CsvAsync($$"""{"kind":"segmentation","events":[{"event":"Finish Content","where":[{"property":"listened_minutes","op":"{{op}}","values":[{{limit}}],"scope":"event"}]}],{{Last30}}}""", Total);

        cells["All Users|Total"].ShouldBe(Users(Recent.Where(item => item.Type == "Finish Content" && item.Number("e:listened_minutes") is { } minutes && op switch
        {
            "greater" => minutes > limit,
            "greater or equal" => minutes >= limit,
            "less" => minutes < limit,
            "less or equal" => minutes <= limit,
            _ => minutes == limit,
        })));
    }

    [Theory]
    [InlineData("totalSessions")]
    [InlineData("average")]
    [InlineData("peruser")]
    public async Task Sessions_belong_to_the_day_they_start(string measure)
    {
        var cells = await tools.CsvAsync($$"""{"kind":"sessions","measured_as":"{{measure}}",{{Last30}}}""");

        var sessions = server.Events.All.Where(item => item.Session > 0).GroupBy(item => (item.User, item.Session))
            .Select(session => (session.Key.User, Start: session.Min(item => item.Time), Length: (session.Max(item => item.Time) - session.Min(item => item.Time)).TotalSeconds))
            .Where(session => session.Start >= SandboxServer.Now.Date.AddDays(-29));
        var expected = SegmentationTests.Expect(sessions.GroupBy(session => session.Start.Date), day => $"All Users|{Tools.Date(day.Key)}", items => measure switch
        {
            "totalSessions" => items.Count(),
            "average" => items.Average(session => session.Length),
            _ => (double)items.Count() / items.Select(session => session.User).Distinct().Count(),
        });
        cells.Keys.ShouldBe(expected.Keys);
        cells.ShouldAllBe(cell => Math.Abs(cell.Value - expected[cell.Key]) < 0.001);
    }

    [Fact]
    public async Task A_raw_definition_means_the_same_as_the_typed_chart()
    {
        var reply = await tools.ReadAsync("query_amplitude_data", """
            {"projectId":"100001","timeSeriesLimit":10,"definition":{"type":"eventsSegmentation","params":{"range":"Last 30 Days","metric":"totals","interval":7,
             "events":[{"event_type":"Play Content","filters":[{"subprop_type":"event","subprop_key":"genre","subprop_op":"is","subprop_value":["pop"]}],"group_by":[]}],
             "groupBy":[{"type":"user","value":"gp:channel"}],
             "segments":[{"name":"Premium","conditions":[{"type":"property","prop_type":"user","prop":"gp:plan","op":"is","values":["premium"]}]}]}}}
            """);

        var monday = new DateTime(2026, 10, 19);
        var plays = Recent.Where(item => item.Type == "Play Content" && item["e:genre"] == "pop" && item["u:plan"] == "premium");
        var cells = Tools.Cells(reply).Where(cell => cell.Value > 0).ToDictionary();
        cells.ShouldBe(SegmentationTests.Expect(plays.GroupBy(item => (Channel: item["u:channel"], Week: (int)(item.Time - monday).TotalDays / 7)), group => $"Premium|{group.Key.Channel}|{Tools.Date(monday.AddDays(7 * group.Key.Week))}", items => items.Count()), ignoreOrder: true);
    }

    [Fact]
    public async Task A_cohort_in_a_segment_holds_its_members()
    {
        var reply = await tools.ReadAsync("query_amplitude_data", """
            {"projectId":"100001","timeSeriesLimit":0,"definition":{"type":"eventsSegmentation","params":{"range":"Last 7 Days","metric":"uniques","events":[{"event_type":"_active","filters":[],"group_by":[]}],
             "segments":[{"conditions":[{"type":"cohort","cohort_id":"nc1power","op":"is_in"}]}]}}}
            """);

        var power = Power();
        Tools.Cells(reply)["Power listeners|Total"].ShouldBe(Users(Recent.Where(item => item.Time >= SandboxServer.Now.Date.AddDays(-6) && power.Contains(item.User))));
    }

    [Fact]
    public async Task The_size_of_a_cohort_is_computed()
    {
        var reply = await tools.ReadAsync("use_amplitude_cohorts", """{"action":"get","cohortIds":["nc1power"]}""");

        reply.GetProperty("cohorts")[0].GetProperty("size").GetInt32().ShouldBe(Power().Count);
        Power().Count.ShouldBeGreaterThan(0);
    }

    private HashSet<long> Power() =>
        [.. server.Events.Named("Play Content").Where(item => item.Time >= SandboxServer.Now.Date.AddDays(-29)).GroupBy(item => item.User).Where(user => user.Count() >= 20).Select(user => user.Key)];

    private static double Users(IEnumerable<ExportedEvent> events) => events.Select(item => item.User).Distinct().Count();
}
