using System.Net;
using System.Net.Http.Json;
using Shouldly;
using Xunit;

namespace ClariBI.EndToEnd.Tests;

/// <summary>Nothing of one workspace can be read, changed or guessed from another.</summary>
[Collection("product")]
public sealed class IsolationTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Another_workspace_sees_nothing_by_list_or_by_id()
    {
        using var ada = await Person.RegisterAsync(Ct);
        using var eve = await Person.RegisterAsync(Ct, "Evil");
        var source = (await ada.ConnectSandboxAsync(Ct)).GetProperty("id").GetString();
        var analysis = await ada.AskAsync("Purchases by plan", Ct);
        var chart = analysis.ShouldBeAnswered().GetProperty("chartId").GetString();
        var (id, conversation) = (analysis.GetProperty("id").GetString(), analysis.GetProperty("conversationId").GetString());
        var board = (await ada.PostAsync("/api/dashboards", new { name = "Ada's" }, HttpStatusCode.Created, Ct)).GetProperty("id").GetString();
        var tile = (await ada.PostAsync($"/api/dashboards/{board}/tiles", new { chartId = chart }, HttpStatusCode.Created, Ct)).GetProperty("id").GetString();
        var authorization = (await ada.StartAuthorizationAsync(Ct)).GetProperty("id").GetString();
        var eves = (await eve.PostAsync("/api/dashboards", new { name = "Eve's" }, HttpStatusCode.Created, Ct)).GetProperty("id").GetString();

        foreach (var list in (string[])["/api/data-sources", "/api/conversations"])
        {
            (await eve.GetAsync(list, Ct)).GetArrayLength().ShouldBe(0, list);
        }

        (await eve.GetAsync("/api/dashboards", Ct)).GetArrayLength().ShouldBe(1);
        (HttpMethod Method, string Path, object? Body)[] attempts =
        [
            (HttpMethod.Get, $"/api/data-sources/{source}", null),
            (HttpMethod.Get, $"/api/data-sources/{source}/tools", null),
            (HttpMethod.Get, $"/api/data-sources/{source}/calls", null),
            (HttpMethod.Post, $"/api/data-sources/{source}/disconnect", new { }),
            (HttpMethod.Delete, $"/api/data-sources/{source}", null),
            (HttpMethod.Get, $"/api/authorizations/{authorization}", null),
            (HttpMethod.Delete, $"/api/authorizations/{authorization}", null),
            (HttpMethod.Post, "/api/authorizations", new { vendor = "amplitude", region = "sandbox", dataSourceId = source }),
            (HttpMethod.Post, "/api/data-sources", new { authorizationId = authorization, name = "Mine" }),
            (HttpMethod.Get, $"/api/analyses/{id}", null),
            (HttpMethod.Get, $"/api/analyses/{id}/events", null),
            (HttpMethod.Post, $"/api/analyses/{id}/stop", new { }),
            (HttpMethod.Post, "/api/analyses", new { question = "Purchases by plan", dataSourceId = source }),
            (HttpMethod.Get, $"/api/suggestions?dataSourceId={source}", null),
            (HttpMethod.Get, $"/api/conversations/{conversation}", null),
            (HttpMethod.Patch, $"/api/conversations/{conversation}", new { title = "Mine" }),
            (HttpMethod.Delete, $"/api/conversations/{conversation}", null),
            (HttpMethod.Get, $"/api/charts/{chart}", null),
            (HttpMethod.Get, $"/api/charts/{chart}/csv", null),
            (HttpMethod.Get, $"/api/dashboards/{board}", null),
            (HttpMethod.Patch, $"/api/dashboards/{board}", new { name = "Mine" }),
            (HttpMethod.Delete, $"/api/dashboards/{board}", null),
            (HttpMethod.Post, $"/api/dashboards/{board}/tiles", new { chartId = chart }),
            (HttpMethod.Post, $"/api/dashboards/{eves}/tiles", new { chartId = chart }),
            (HttpMethod.Put, $"/api/dashboards/{board}/layout", new { tiles = new[] { new { id = tile, x = 0, y = 0, width = 6, height = 4 } } }),
            (HttpMethod.Post, $"/api/dashboards/{board}/tiles/{tile}/refresh", new { }),
            (HttpMethod.Post, $"/api/dashboards/{eves}/tiles/{tile}/refresh", new { }),
            (HttpMethod.Patch, $"/api/dashboards/{board}/tiles/{tile}", new { title = "Mine" }),
            (HttpMethod.Delete, $"/api/dashboards/{board}/tiles/{tile}", null),
        ];
        foreach (var (method, path, body) in attempts)
        {
            using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
            using var response = await eve.Browser.SendAsync(request, Ct);
            response.StatusCode.ShouldBe(HttpStatusCode.NotFound, $"{method} {path}: {await response.Content.ReadAsStringAsync(Ct)}");
        }

        (await ada.GetAsync($"/api/data-sources/{source}", Ct)).GetProperty("state").GetString().ShouldBe("connected");
        (await ada.GetAsync($"/api/dashboards/{board}", Ct)).GetProperty("tiles").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Nothing_answers_without_a_session()
    {
        using var stranger = new Person();
        foreach (var path in (string[])["/api/vendors", "/api/data-sources", "/api/conversations", "/api/dashboards", "/api/suggestions", "/api/workspaces"])
        {
            using var response = await stranger.Browser.GetAsync(path, Ct);
            response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, path);
        }

        // A browser comes here from the vendor: it is shown a page, not a document.
        using var callback = await stranger.Browser.GetAsync("/api/oauth/callback?code=a&state=b", Ct);
        callback.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        callback.Headers.Location!.ToString().ShouldStartWith("/oauth/done?problem=");
    }
}
