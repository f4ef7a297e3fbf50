using System.Net;
using System.Text.Json;
using ClariBI.Testing;
using Shouldly;
using Xunit;

namespace ClariBI.EndToEnd.Tests;

/// <summary>From an empty account to a pinned, refreshed tile, and back to nothing at the vendor.</summary>
[Collection("product")]
public sealed class JourneyTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Connect_ask_pin_refresh_and_disconnect()
    {
        using var ada = await Person.RegisterAsync(Ct);
        var vendors = await ada.GetAsync("/api/vendors", Ct);
        var amplitude = vendors.EnumerateArray().Single(vendor => vendor.GetProperty("id").GetString() == "amplitude");
        amplitude.GetProperty("regions").EnumerateArray().Select(region => region.GetProperty("id").GetString()).ShouldBe(["us", "eu", "sandbox", "sandbox-eu"], ignoreOrder: true);

        var grantsBefore = (await Product.GrantsAsync(Ct)).Length;
        var source = await ada.ConnectSandboxAsync(Ct);
        source.GetProperty("state").GetString().ShouldBe("connected");
        source.GetProperty("sandbox").GetBoolean().ShouldBeTrue();
        source.GetProperty("organization").GetString().ShouldBe("Northwind Media");
        source.GetProperty("grant").GetProperty("scopes").EnumerateArray().Select(scope => scope.GetString()).ShouldNotContain("mcp:write");
        var sourceId = source.GetProperty("id").GetString();

        var analysis = await ada.AskAsync("How many people signed up in the last 7 days?", Ct);
        var answer = analysis.ShouldBeAnswered();
        answer.GetProperty("evidence").GetProperty("sandbox").GetBoolean().ShouldBeTrue();
        analysis.GetProperty("steps").GetArrayLength().ShouldBeGreaterThanOrEqualTo(4);

        var chartId = answer.GetProperty("chartId").GetString();
        var chart = await ada.GetAsync($"/api/charts/{chartId}", Ct);
        chart.GetProperty("table").ToString().ShouldBe(answer.GetProperty("table").ToString());
        chart.GetProperty("description").GetString().ShouldNotBeNullOrWhiteSpace();

        var board = (await ada.PostAsync("/api/dashboards", new { name = "Growth weekly" }, HttpStatusCode.Created, Ct)).GetProperty("id").GetString();
        var tile = (await ada.PostAsync($"/api/dashboards/{board}/tiles", new { chartId }, HttpStatusCode.Created, Ct)).GetProperty("id").GetString();
        var refreshed = await ada.PostAsync($"/api/dashboards/{board}/tiles/{tile}/refresh", null, HttpStatusCode.OK, Ct);
        refreshed.GetProperty("state").GetString().ShouldBe("fresh", refreshed.ToString());
        refreshed.GetProperty("refreshedAt").GetDateTimeOffset().ShouldBeGreaterThan(chart.GetProperty("capturedAt").GetDateTimeOffset());

        var disconnected = await ada.PostAsync($"/api/data-sources/{sourceId}/disconnect", null, HttpStatusCode.OK, Ct);
        disconnected.GetProperty("state").GetString().ShouldBe("disconnected");
        disconnected.GetProperty("disconnectNote").GetString().ShouldNotBeNullOrWhiteSpace();
        var newGrants = (await Product.GrantsAsync(Ct))[grantsBefore..];
        newGrants.ShouldNotBeEmpty();
        newGrants.ShouldAllBe(grant => grant.GetProperty("revoked").GetBoolean());

        var frozen = await Eventually.GetAsync(
            async () => (await ada.GetAsync($"/api/dashboards/{board}", Ct)).GetProperty("tiles")[0],
            now => now.GetProperty("state").GetString() == "frozen", because: "the frozen tile");
        frozen.GetProperty("stateReason").GetString()!.ShouldContain("disconnected");
        frozen.GetProperty("table").GetProperty("rows").GetArrayLength().ShouldBeGreaterThan(0);
        await ada.PostAsync("/api/analyses", new { question = "How many people signed up?" }, HttpStatusCode.Conflict, Ct);
    }

    [Fact]
    public async Task Tools_that_write_are_refused_and_none_is_ever_sent()
    {
        using var ada = await Person.RegisterAsync(Ct);
        var source = (await ada.ConnectSandboxAsync(Ct)).GetProperty("id").GetString();
        (await ada.AskAsync("Show conversion in the activation funnel", Ct)).ShouldBeAnswered();

        var tools = (await ada.GetAsync($"/api/data-sources/{source}/tools", Ct)).GetProperty("tools").EnumerateArray()
            .ToDictionary(tool => tool.GetProperty("name").GetString()!, tool => tool.GetProperty("verdict").GetString());
        foreach (var writing in (string[])["save_chart_edits", "rename_chart", "update_properties"])
        {
            tools[writing].ShouldBe("refused");
        }

        tools["query_amplitude_data"].ShouldBe("allowed");
        tools["use_amplitude_cohorts"].ShouldBe("narrowed");
        (await ada.GetAsync($"/api/data-sources/{source}", Ct)).GetProperty("writesSent").GetInt32().ShouldBe(0);

        string[] reading =
        [
            "get_amplitude_context", "search_amp_entities", "get_amplitude_charts", "query_amplitude_data", "use_amplitude_cohorts", "get_amp_taxonomy", "manage_amp_events",
        ];
        foreach (var call in (await Product.SandboxRequestsAsync(Ct)).Where(request => request.GetProperty("kind").GetString() == "tool"))
        {
            reading.ShouldContain(call.GetProperty("tool").GetString());
            if (call.GetProperty("arguments").TryGetProperty("action", out var action))
            {
                action.GetString().ShouldBeOneOf("list", "get");
            }
        }
    }

    [Fact]
    public async Task The_steps_are_streamed_and_can_be_read_again_from_where_one_left_off()
    {
        using var ada = await Person.RegisterAsync(Ct);
        await ada.ConnectSandboxAsync(Ct);
        var queued = await ada.PostAsync("/api/analyses", new { question = "Purchases by plan" }, HttpStatusCode.Accepted, Ct);
        var path = $"/api/analyses/{queued.GetProperty("id").GetString()}/events";

        var whole = await ReadStreamAsync(ada, path, null);
        whole.Last().Event.ShouldBe("completed");
        JsonDocument.Parse(whole.Last().Data).RootElement.GetProperty("status").GetString().ShouldBe("answered");

        // A step is told when it begins and when it ends, both times under its number: the one last seen may come again.
        var seen = whole.Last(message => message.Event == "step").Id;
        var rest = await ReadStreamAsync(ada, path, seen);
        rest.Where(message => message.Event == "step").Select(message => message.Id).Distinct().Except([seen]).ShouldBeEmpty();
        rest.Last().Event.ShouldBe("completed");
    }

    private static async Task<List<(string Id, string Event, string Data)>> ReadStreamAsync(Person person, string path, string? lastEventId)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }

        using var response = await person.Browser.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Ct);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        var messages = new List<(string, string, string)>();
        await using var stream = await response.Content.ReadAsStreamAsync(Ct);
        await foreach (var item in System.Net.ServerSentEvents.SseParser.Create(stream).EnumerateAsync(Ct))
        {
            messages.Add((item.EventId ?? "", item.EventType, item.Data));
        }

        return messages;
    }
}
