using System.Text.Json;

namespace ClariBI.Sandbox.Tests;

/// <summary>Tools that read saved content and single users, replays and feedback.</summary>
public sealed class ReadingTests(ContentServers servers) : IAsyncLifetime
{
    private Tools tools = null!;

    public async ValueTask InitializeAsync() => tools = await servers.Gen3.ConnectAsync();

    public ValueTask DisposeAsync() => tools.DisposeAsync();

    [Theory]
    [InlineData("EVENT", "View", "Order", "$exposure")]
    [InlineData("EVENT_PROPERTY", "flag_key", "page", "price", "variant")]
    [InlineData("DASHBOARD", "Sales board")]
    [InlineData("NOTEBOOK", "Checkout notes")]
    [InlineData("METRIC", "Buyers", "Orders per user", "Revenue per user", "View to order")]
    [InlineData("FLAG", "New checkout flag")]
    [InlineData("EXPERIMENT", "Banner", "New checkout")]
    [InlineData("SURVEY")]
    public async Task Search_finds_every_kind_of_thing(string type, params string[] expected)
    {
        var reply = await tools.ReadAsync("search_amp_entities", $$"""{"entityTypes":["{{type}}"]}""");

        Texts(reply.GetProperty("results"), "name").ShouldBe(expected, ignoreOrder: true);
        Texts(reply.GetProperty("results"), "type").Distinct().ShouldBe(expected.Length == 0 ? [] : [type]);
    }

    [Fact]
    public async Task Search_merges_queries_by_rank_and_sorts_and_filters_as_asked()
    {
        // "Buyers" the cohort and the metric lead the first query; what both queries know comes before what one knows.
        var merged = await NamesAsync("""{"queries":["order","checkout"],"entityTypes":["CHART","METRIC","FLAG","EXPERIMENT","EVENT"],"limitPerQuery":20}""");
        merged[0].ShouldBe("Order");
        merged.ShouldContain("New checkout");
        var both = await NamesAsync("""{"queries":["notes","checkout"],"entityTypes":["NOTEBOOK","FLAG","EXPERIMENT"]}""");
        both[0].ShouldBe("Checkout notes");

        (await NamesAsync("""{"entityTypes":["METRIC"],"sortOrder":"name"}""")).ShouldBe(["Buyers", "Orders per user", "Revenue per user", "View to order"]);
        (await NamesAsync("""{"entityTypes":["METRIC"],"sortOrder":"name","sortDirection":"DESC"}""")).ShouldBe(["View to order", "Revenue per user", "Orders per user", "Buyers"]);
        (await NamesAsync("""{"entityTypes":["METRIC"],"isOfficial":true}""")).ShouldBe(["Buyers"]);
        (await NamesAsync("""{"owners":["Bob"]}""")).ShouldBe(["Visitors"]);
        (await NamesAsync("""{"entityTypes":["DASHBOARD"],"excludeOwners":["Ada"]}""")).ShouldBeEmpty();
        (await NamesAsync("""{"queries":["order"],"entityTypes":["EVENT","METRIC"],"limitPerQuery":1}""")).ShouldBe(["Order"]);
    }

    [Fact]
    public async Task The_taxonomy_comes_in_pages_with_the_fields_asked_for()
    {
        var first = await tools.ReadAsync("get_amp_taxonomy", """{"propertyType":"event","limit":3,"fields":["name","type"]}""");
        var rest = await tools.ReadAsync("get_amp_taxonomy", $$"""{"propertyType":"event","limit":3,"cursor":"{{first.GetProperty("cursor").GetString()}}"}""");

        Texts(first.GetProperty("properties"), "name").Concat(Texts(rest.GetProperty("properties"), "name")).ShouldBe(["flag_key", "page", "price", "variant"]);
        first.GetProperty("properties")[2].EnumerateObject().Select(field => $"{field.Name}={field.Value}").ShouldBe(["name=price", "type=number"]);
        rest.TryGetProperty("cursor", out _).ShouldBeFalse();
        foreach (var empty in new[] { "group", "derived", "lookup", "channel", "persisted" })
        {
            (await tools.ReadAsync("get_amp_taxonomy", $$"""{"propertyType":"{{empty}}"}""")).GetProperty("properties").GetArrayLength().ShouldBe(0);
        }

        Texts((await tools.ReadAsync("get_amp_taxonomy", """{"propertyType":"user","sources":["CUSTOMER"]}""")).GetProperty("properties"), "name").ShouldBe(["email", "tier"]);
        (await tools.FailAsync("get_amp_taxonomy", """{"cursor":"next"}""")).ShouldContain("cursor: Input should be");
        (await tools.FailAsync("get_amp_taxonomy", """{"limit":501}""")).ShouldContain("limit: Input should be at most 500");
        var meant = await tools.ReadAsync("search_amp_data_taxonomy", """{"projectId":"7","searches":[{"query":"gold"},{"query":"placed"}],"detail":"full"}""");
        meant.GetProperty("results")[0].GetProperty("matches")[0].GetProperty("name").GetString().ShouldBe("tier");
        meant.GetProperty("results")[1].GetProperty("matches")[0].GetProperty("name").GetString().ShouldBe("Order");
    }

    [Fact]
    public async Task Events_come_with_four_fields_unless_others_are_asked_for()
    {
        var plain = await tools.ReadAsync("manage_amp_events", """{"eventTypes":["Order"]}""");
        var dated = await tools.ReadAsync("manage_amp_events", """{"eventTypes":["Order"],"fields":["category","lastSeen"]}""");

        plain.GetProperty("events")[0].EnumerateObject().Select(field => field.Name).ShouldBe(["name", "displayName", "description", "status"]);
        dated.GetProperty("events")[0].GetProperty("lastSeen").GetString().ShouldBe(Tools.Date(servers.Gen3.Events.Named("Order").Max(item => item.Time)));
        dated.GetProperty("events")[0].GetProperty("category").GetString().ShouldBe("Shop");
        var page = await tools.ReadAsync("manage_amp_events", """{"limit":2}""");
        page.GetProperty("events").GetArrayLength().ShouldBe(2);
        (await tools.ReadAsync("manage_amp_events", $$"""{"limit":2,"cursor":"{{page.GetProperty("cursor").GetString()}}"}""")).GetProperty("events").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task The_context_of_a_project_has_its_settings_and_documents()
    {
        var reply = await tools.ReadAsync("get_amplitude_context", """{"projectId":"7","listContextDocuments":true}""");

        var settings = reply.GetProperty("settings");
        (settings.GetProperty("timezone").GetString(), settings.GetProperty("currency").GetString(), settings.GetProperty("weekStart").GetString()).ShouldBe(("Europe/Berlin", "EUR", "Sunday"));
        reply.GetProperty("aiContext").GetString().ShouldBe("A small shop.");
        reply.GetProperty("contextDocuments").GetArrayLength().ShouldBe(1);
        (await tools.ReadAsync("get_amplitude_context", """{"projectId":7,"searchContextDocuments":"zebra"}""")).GetProperty("contextDocuments").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_user_is_found_by_any_identifier_with_profile_and_timeline()
    {
        var mine = servers.Gen3.Events.All.Where(item => item.User == 3).ToArray();
        foreach (var identifier in new[] { "\"amplitudeId\":3", "\"userId\":\"user3\"", "\"email\":\"user3@shop.example\"", "\"deviceId\":\"device3\"" })
        {
            var user = (await tools.ReadAsync("get_amp_user_data", $$"""{"projectId":"7",{{identifier}},"include":"both","eventLimit":2,"includeEventProperties":true}""")).GetProperty("users")[0];

            user.GetProperty("amplitudeId").GetString().ShouldBe("3");
            var profile = user.GetProperty("profile");
            profile.GetProperty("num_events").GetInt32().ShouldBe(mine.Length);
            profile.GetProperty("num_sessions").GetInt32().ShouldBe(mine.Select(item => item.Session).Distinct().Count());
            profile.GetProperty("usage_time").GetInt64().ShouldBe((long)mine.GroupBy(item => item.Session).Sum(session => (session.Max(item => item.Time) - session.Min(item => item.Time)).TotalMilliseconds));
            profile.GetProperty("properties").GetProperty("tier").GetString().ShouldBe("gold");
            Texts(user.GetProperty("timeline"), "event_type").ShouldBe(mine.OrderByDescending(item => item.Order).Take(2).Select(item => item.Type));
        }

        (await tools.ReadAsync("get_amp_user_data", """{"projectId":"7","userId":"nobody"}""")).GetProperty("users")[0].GetProperty("found").GetBoolean().ShouldBeFalse();
        (await tools.FailAsync("get_amp_user_data", """{"projectId":"7"}""")).ShouldContain("Field required");
        var eleven = string.Join(',', Enumerable.Range(1, 11).Select(id => $$"""{"amplitudeId":{{id}}}"""));
        (await tools.FailAsync("get_amp_user_data", $$"""{"projectId":"7","users":[{{eleven}}]}""")).ShouldContain("users: Array should have at most 10 items");
    }

    [Fact]
    public async Task Replays_are_the_sessions_of_thirty_days_that_fit()
    {
        var recent = servers.Gen3.Events.All.Where(item => item.Time >= SandboxServer.Now.AddDays(-30) && item.Time < SandboxServer.Now).GroupBy(item => (item["device_id"], item.Session)).ToArray();
        var expected = recent.Count(session => session.Any(item => item.Type == "Order") && session.Any(item => item["country"] == "France"));
        const string search = """{"eventCountFilters":[{"count":"1","operator":"greater or equal","event":{"event_type":"Order"}}],"segmentFilters":[{"conditions":[{"prop_type":"user","prop":"country","op":"is","values":["France"]}]}],"limit":500 """;

        var found = 0;
        string? cursor = null;
        do
        {
            var page = await tools.ReadAsync("get_amp_session_replay_info", search + (cursor is null ? "}" : $",\"cursor\":\"{cursor}\"}}"));
            found += page.GetProperty("sessionReplays").GetArrayLength();
            cursor = page.TryGetProperty("cursor", out var next) ? next.GetString() : null;
        }
        while (cursor is not null);

        found.ShouldBe(expected);
        var longest = recent.MaxBy(session => session.Max(item => item.Time) - session.Min(item => item.Time))!;
        var id = $"{longest.Key.Item1}/{longest.Key.Session}";
        var milliseconds = (long)(longest.Max(item => item.Time) - longest.Min(item => item.Time)).TotalMilliseconds;
        (await tools.ReadAsync("get_session_replay_duration", $$"""{"sessionReplayId":"{{id}}"}""")).GetProperty("durationMs").GetInt64().ShouldBe(milliseconds);
        var timeline = (await tools.ReadAsync("get_amp_session_replay_info", $$"""{"action":"timeline","sessionReplayId":"{{id}}"}""")).GetProperty("timeline");
        Texts(timeline, "name").ShouldBe(longest.OrderBy(item => item.Order).Select(item => item.Type));
        timeline.EnumerateArray().Last().GetProperty("offsetMs").GetInt64().ShouldBe(milliseconds);
        (await tools.FailAsync("get_session_replay_timeline", """{"sessionReplayId":"nothing"}""")).ShouldContain("device_id/session_id");
        (await tools.FailAsync("get_session_replay_timeline", """{"sessionReplayId":"device1/5"}""")).ShouldBe("NotFoundError: No session replay device1/5");
        (await tools.FailAsync("get_amp_session_replay_info", """{"action":"list"}""")).ShouldContain("Field required");
    }

    [Fact]
    public async Task Feedback_keeps_to_the_dates_and_types_asked_for()
    {
        (await FeedbackAsync("insights", "insights", "")).ShouldBe(["i1", "i2"]);
        (await FeedbackAsync("insights", "insights", ""","dateStart":"2026-11-06","dateEnd":"2026-11-20" """)).ShouldBe(["i2"]);
        (await FeedbackAsync("insights", "insights", ""","types":["complaint","bug"] """)).ShouldBe(["i1"]);
        (await FeedbackAsync("comments", "comments", ""","search":"SLOW" """)).ShouldBe(["c2", "c1"]);
        (await FeedbackAsync("comments", "comments", ""","pageSize":1,"page":2 """)).ShouldBe(["c2"]);
        (await FeedbackAsync("mentions", "mentions", ""","insightId":"i1","dateEnd":"2026-10-31" """)).ShouldBe(["c1"]);
        (await FeedbackAsync("sources", "sources", "")).ShouldBe(["store"]);
        var trends = (await tools.ReadAsync("use_amplitude_ai_feedback", """{"action":"trends"}""")).GetProperty("trends")[0].GetProperty("points");
        trends.EnumerateArray().Select(point => $"{point.GetProperty("date")}:{point.GetProperty("mentionCount")}").ShouldBe(["2026-10:1", "2026-11:1"]);
        (await tools.FailAsync("use_amplitude_ai_feedback", """{"dateStart":"yesterday"}""")).ShouldContain("dateStart: Input should be a valid date");
        (await tools.FailAsync("use_amplitude_ai_feedback", """{"action":"mentions","insightId":"zzz"}""")).ShouldBe("NotFoundError: No insight zzz");
    }

    [Theory]
    [InlineData("http://localhost:8787/analytics/acme/chart/orders", "CHART", "Orders a day")]
    [InlineData("https://app.amplitude.com/analytics/acme/dashboard/sales?x=1", "DASHBOARD", "Sales board")]
    [InlineData("https://app.eu.amplitude.com/analytics/acme/notebook/notes", "NOTEBOOK", "Checkout notes")]
    [InlineData("https://app.amplitude.com/analytics/acme/cohort/buyers", "COHORT", "Buyers")]
    [InlineData("https://app.amplitude.com/analytics/acme/experiment/501", "EXPERIMENT", "New checkout")]
    public async Task A_link_is_read(string url, string type, string name)
    {
        var reply = await tools.ReadAsync("get_from_url", $$"""{"url":"{{url}}"}""");

        reply.GetProperty("type").GetString().ShouldBe(type);
        reply.GetProperty("object").GetProperty("name").GetString().ShouldBe(name);
    }

    [Theory]
    [InlineData("get_from_url", """{"url":"https://example.com/chart/orders"}""", "url: Input should be an Amplitude URL")]
    [InlineData("get_from_url", """{"url":"not a url"}""", "url: Input should be an Amplitude URL")]
    [InlineData("get_from_url", """{"url":"https://app.amplitude.com/analytics/globex/chart/theirs"}""", "org_mismatch")]
    [InlineData("get_from_url", """{"url":"https://app.amplitude.com/analytics/acme/chart/nope"}""", "NotFoundError: No chart nope")]
    [InlineData("get_from_url", """{"url":"https://app.amplitude.com/analytics/acme/settings"}""", "url: Input should point to")]
    [InlineData("use_amp_dashboards", """{"dashboardIds":["a","b","c","d"]}""", "dashboardIds: Array should have at most 3 items")]
    [InlineData("use_amp_dashboards", """{"dashboardIds":["theirboard"]}""", "org_mismatch")]
    [InlineData("use_amp_dashboards", """{}""", "dashboardIds: Field required")]
    [InlineData("use_amplitude_chart_monitors", """{"action":"get_config","chartId":"orders"}""", "Chart monitor not found")]
    [InlineData("use_amplitude_chart_monitors", """{"action":"history","chartId":"zzz"}""", "NotFoundError: No chart zzz")]
    [InlineData("use_amplitude_cohorts", """{"action":"get","cohortIds":["zzz"]}""", "NotFoundError: No cohort zzz")]
    [InlineData("use_amplitude_metrics", """{"metricIds":["zzz"]}""", "NotFoundError: No metric zzz")]
    [InlineData("render_amplitude_chart", """{}""", "exactly one of chartId and chartEditId")]
    [InlineData("get_amplitude_charts", """{"include":"guide"}""", "chartType: Field required")]
    public async Task A_mistake_is_named(string tool, string arguments, string expected) => (await tools.FailAsync(tool, arguments)).ShouldContain(expected);

    [Theory]
    [InlineData("use_amplitude_cohorts", "\"action\":\"get\"", "cohortIds", 50)]
    [InlineData("use_amplitude_metrics", "\"projectId\":\"7\"", "metricIds", 10)]
    [InlineData("use_amp_notebooks", "\"action\":\"get\"", "notebookIds", 3)]
    public async Task More_ids_than_a_tool_takes_are_refused(string tool, string other, string field, int most)
    {
        var ids = string.Join(',', Enumerable.Range(0, most + 1).Select(id => $"\"x{id}\""));

        (await tools.FailAsync(tool, $$"""{ {{other}},"{{field}}":[{{ids}}]}""")).ShouldEndWith($"{field}: Array should have at most {most} items");
    }

    [Fact]
    public async Task Metrics_come_with_values_when_a_range_is_given()
    {
        var metrics = (await tools.ReadAsync("use_amplitude_metrics", """{"metricIds":["m-buyers"],"dateRange":{"start":"2026-11-02","end":"2026-11-08","timezone":"UTC"}}""")).GetProperty("metrics");

        var buyers = servers.Gen3.Events.Named("Order").Where(item => item.Time >= new DateTime(2026, 11, 2) && item.Time < new DateTime(2026, 11, 9)).ToLookup(item => Tools.Date(item.Time), item => item.User);
        var cells = Tools.Cells(metrics[0]);
        cells.Count.ShouldBe(7);
        foreach (var day in buyers)
        {
            cells[$"All Users|{day.Key}"].ShouldBe(day.Distinct().Count());
        }

        (await tools.ReadAsync("use_amplitude_metrics")).GetProperty("metrics").GetArrayLength().ShouldBe(4);
    }

    [Fact]
    public async Task A_project_is_named_where_there_are_several_and_not_where_there_is_one()
    {
        (await tools.ReadAsync("use_amplitude_cohorts")).GetProperty("cohorts").GetArrayLength().ShouldBeGreaterThan(0);
        (await tools.FailAsync("use_amplitude_cohorts", """{"projectId":"8"}""")).ShouldContain("No access to project 8");
    }

    private async Task<string[]> NamesAsync(string arguments) => Texts((await tools.ReadAsync("search_amp_entities", arguments)).GetProperty("results"), "name");

    private async Task<string[]> FeedbackAsync(string action, string list, string more) =>
        Texts((await tools.ReadAsync("use_amplitude_ai_feedback", $$"""{"action":"{{action}}"{{more}} }""")).GetProperty(list), "id");

    private static string[] Texts(JsonElement items, string field) => [.. items.EnumerateArray().Select(item => item.GetProperty(field).GetString()!)];
}
