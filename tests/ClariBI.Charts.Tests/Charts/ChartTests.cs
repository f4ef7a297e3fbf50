using System.Net;
using ClariBI.Contracts.Charts;

namespace ClariBI.Charts.Tests.Charts;

public sealed class ChartTests(ChartsHost host) : IClassFixture<ChartsHost>
{
    [Fact]
    public async Task A_drawn_chart_can_be_read()
    {
        var message = A.Drawing(Guid.CreateVersion7());

        var drawn = await host.DrawAsync(message);

        drawn.Type.ShouldBe(ChartType.Line);
        var chart = await host.Enter(message.WorkspaceId).Get($"/api/charts/{drawn.ChartId}").JsonAsync();
        chart.Id().ShouldBe(drawn.ChartId);
        chart.Text("type").ShouldBe("line");
        chart.Text("title").ShouldBe(message.Title);
        chart.Text("description").ShouldBe(drawn.Description);
        chart["analysisId"]!.GetValue<Guid>().ShouldBe(message.AnalysisId);
        chart["option"]!["dataset"]!["source"]!.AsArray().Count.ShouldBe(3);
        chart["table"]!["rows"]!.ToJsonString().ShouldBe("""[["2026-11-01",10],["2026-11-02",20],["2026-11-03",15]]""");
        chart["source"]!["sandbox"]!.GetValue<bool>().ShouldBeTrue();
        chart["source"].Text("rangeStart").ShouldBe("2026-11-01");
        chart["capturedAt"]!.GetValue<DateTimeOffset>().ShouldBe(message.CapturedAt);
    }

    [Fact]
    public async Task Drawing_twice_is_one_chart_and_newer_data_replaces_it()
    {
        var message = A.Drawing(Guid.CreateVersion7());
        var newer = message with { Table = A.Figure(7), Title = "Newer", CapturedAt = message.CapturedAt.AddMinutes(1) };

        var first = await host.DrawAsync(message);
        var again = await host.DrawAsync(message);
        var redrawn = await host.DrawAsync(newer);
        await host.DrawAsync(message with { Title = "Older, late" });

        again.ShouldBe(first);
        redrawn.ChartId.ShouldBe(first.ChartId);
        redrawn.Type.ShouldBe(ChartType.SingleValue);
        (await host.Enter(message.WorkspaceId).Get($"/api/charts/{first.ChartId}").JsonAsync()).Text("title").ShouldBe("Newer");
    }

    [Fact]
    public async Task Ten_messages_at_once_draw_one_chart()
    {
        var message = A.Drawing(Guid.CreateVersion7());

        var drawn = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => host.DrawAsync(message)));

        drawn.Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task The_csv_is_an_attachment_named_after_the_chart()
    {
        var message = A.Drawing(Guid.CreateVersion7()) with { Title = "Users: \"paid\" / organic" };
        var drawn = await host.DrawAsync(message);

        using var response = await host.Enter(message.WorkspaceId).Get($"/api/charts/{drawn.ChartId}/csv");

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv");
        response.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        response.Content.Headers.ContentDisposition.FileName!.ShouldBe("Users-paid-organic.csv");
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe("Date,Users\r\n2026-11-01,10\r\n2026-11-02,20\r\n2026-11-03,15\r\n");
    }

    [Fact]
    public async Task Another_workspace_does_not_find_it()
    {
        var drawn = await host.DrawAsync(A.Drawing(Guid.CreateVersion7()));
        var stranger = host.Enter(Guid.CreateVersion7());

        await stranger.Get($"/api/charts/{drawn.ChartId}").ShouldBeProblemAsync(HttpStatusCode.NotFound, "chart-not-found");
        await stranger.Get($"/api/charts/{drawn.ChartId}/csv").ShouldBeProblemAsync(HttpStatusCode.NotFound, "chart-not-found");
    }

    [Fact]
    public async Task Who_is_not_signed_in_is_told_so()
    {
        await host.CreateClient().Get($"/api/charts/{Guid.CreateVersion7()}").ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "sign-in-required");
        await host.CreateClient().Get("/api/dashboards").ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "sign-in-required");
    }

    [Fact]
    public async Task The_document_describes_the_answers()
    {
        var document = await host.CreateClient().Get("/openapi/charts.json").JsonAsync();

        document["paths"]!["/api/dashboards/{id}/tiles/{tileId}/refresh"]!["post"].ShouldNotBeNull();
        var schemas = document["components"]!["schemas"]!;
        schemas["TileResponse"]!["properties"]!["stateReason"].ShouldNotBeNull();
        schemas["TileResponse"]!["required"]!.ToJsonString().ShouldNotContain("stateReason");
        schemas["PinChartRequest"]!["required"]!.ToJsonString().ShouldBe("""["chartId"]""");
        schemas["TileLayoutResponse"]!["properties"]!["x"].Text("type").ShouldBe("integer");
        schemas["ResultTable"]!["properties"]!["rows"]!["items"]!["items"]!["type"]!.AsArray().Count.ShouldBe(3);
    }
}
