using System.Text.Json;

namespace ClariBI.Sandbox.Tests;

/// <summary>What is written is kept in memory and seen by later reads of the same organisation, and of no other.</summary>
public sealed class WritingTests(ContentServers servers)
{
    private const string Write = "mcp:read mcp:write";

    [Fact]
    public async Task A_saved_edit_is_a_chart_with_the_same_numbers()
    {
        await using var tools = await servers.Gen3.ConnectAsync(Write);
        await using var other = await servers.Gen3.ConnectAsync(organisation: "globex");
        var query = await tools.ReadAsync("query_amplitude_data", ToolCalls.Gen3["query_amplitude_data"]);

        var saved = await tools.ReadAsync("save_chart_edits", $$"""{"charts":[{"editId":"{{query.GetProperty("chartEditId").GetString()}}","name":"Views of the week","description":"Kept"}]}""");

        var id = saved.GetProperty("charts")[0].GetProperty("chartId").GetString();
        var read = (await tools.ReadAsync("get_amplitude_charts", $$"""{"chartIds":["{{id}}"],"include":"data"}""")).GetProperty("results")[0];
        JsonElement.DeepEquals(read.GetProperty("data").GetProperty("csvResponse").GetProperty("data")[3], query.GetProperty("data").GetProperty("csvResponse").GetProperty("data")[3]).ShouldBeTrue();
        Names(await tools.ReadAsync("search_amp_entities", """{"queries":["views of the week"],"entityTypes":["CHART"]}""")).ShouldContain("Views of the week");
        Names(await other.ReadAsync("search_amp_entities", """{"entityTypes":["CHART"]}""")).ShouldBe(["Theirs"]);

        await tools.ReadAsync("rename_chart", $$"""{"chartId":"{{id}}","name":"Weekly views"}""");
        (await tools.ReadAsync("get_amplitude_charts", $$"""{"chartIds":["{{id}}"]}""")).GetProperty("results")[0].GetProperty("name").GetString().ShouldBe("Weekly views");
        (await tools.FailAsync("save_chart_edits", """{"charts":[{"editId":"nope","name":"x"}]}""")).ShouldBe("Chart edit not found or inaccessible");
        (await tools.FailAsync("rename_chart", """{"chartId":"theirs","name":"x"}""")).ShouldBe("org_mismatch");
    }

    [Fact]
    public async Task A_created_cohort_has_its_size_and_can_be_queried()
    {
        await using var tools = await servers.Gen3.ConnectAsync(Write);
        const string definition = """{"version":3,"andClauses":[{"negated":false,"orClauses":[{"type":"event","type_value":"View","operator":">=","operator_value":3.0,"time_type":"rolling","time_value":30}]}]}""";

        var created = await tools.ReadAsync("use_amplitude_cohorts", $$"""{"action":"create","projectId":"7","name":"Keen","definition":{{definition}} }""");

        // Thirty days of the calendar in Berlin, today being the last.
        var size = servers.Gen3.Events.Named("View").Where(item => item.Time >= new DateTime(2026, 10, 23, 22, 0, 0) && item.Time < SandboxServer.Now).GroupBy(item => item.User).Count(group => group.Count() >= 3);
        size.ShouldBeInRange(1, 600);
        var id = created.GetProperty("cohortId").GetString();
        var read = (await tools.ReadAsync("use_amplitude_cohorts", $$"""{"action":"get","cohortIds":["{{id}}"]}""")).GetProperty("cohorts")[0];
        read.GetProperty("size").GetInt32().ShouldBe(size);
        read.GetProperty("name").GetString().ShouldBe("Keen");
        (await tools.FailAsync("use_amplitude_cohorts", """{"action":"create","projectId":"7","name":"x","definition":{}}""")).ShouldBe("definition.andClauses: Field required");
        (await tools.FailAsync("use_amplitude_cohorts", """{"action":"sync","cohortIds":["buyers"]}""")).ShouldContain("not supported by the sandbox");
    }

    [Fact]
    public async Task The_older_names_write_too_and_say_editId()
    {
        await using var tools = await servers.Gen2.ConnectAsync(Write);
        var query = await tools.ReadAsync("query_dataset", ToolCalls.Gen2["query_dataset"]);
        query.TryGetProperty("chartEditId", out _).ShouldBeFalse();
        query.GetProperty("editId").GetString().ShouldNotBeNullOrEmpty();

        var chart = (await tools.ReadAsync("create_chart", ToolCalls.Gen2["create_chart"])).GetProperty("chartId").GetString();
        var board = await tools.ReadAsync("create_dashboard", $$"""{"name":"Board of views","rows":[{"height":375,"items":[{"type":"chart","width":6,"chartId":"{{chart}}"},{"type":"rich_text","width":6,"content":"Hi"}]}]}""");
        var cohort = (await tools.ReadAsync("create_cohort", ToolCalls.Gen2["create_cohort"])).GetProperty("cohortId").GetString();

        var read = (await tools.ReadAsync("get_dashboard", $$"""{"dashboardId":"{{board.GetProperty("dashboardId").GetString()}}"}""")).GetProperty("dashboards")[0];
        read.GetProperty("chartIds")[0].GetString().ShouldBe(chart);
        (await tools.ReadAsync("query_chart", $$"""{"chartId":"{{chart}}"}""")).GetProperty("data").GetProperty("isCsvResponse").GetBoolean().ShouldBeTrue();
        (await tools.ReadAsync("get_cohorts", $$"""{"cohortIds":["{{cohort}}"]}""")).GetProperty("cohorts").GetArrayLength().ShouldBe(1);
        (await tools.FailAsync("create_dashboard", """{"name":"x","rows":[{"height":375,"items":[{"type":"chart","width":6,"chartId":"nope"}]}]}""")).ShouldBe("NotFoundError: No chart nope");
        (await tools.FailAsync("create_dashboard", """{"name":"x","rows":[{"height":375,"items":[{"type":"rich_text","width":8},{"type":"rich_text","width":8}]}]}""")).ShouldContain("at most 12 wide");
        (await tools.FailAsync("create_chart", """{"projectId":"7","definition":{"type":"funnel","params":{}}}""")).ShouldContain("chartTypeSchema");
    }

    private static string?[] Names(JsonElement reply) => [.. reply.GetProperty("results").EnumerateArray().Select(item => item.GetProperty("name").GetString())];
}
