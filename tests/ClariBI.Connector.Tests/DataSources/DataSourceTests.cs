using System.Net;
using ClariBI.Connector.Tests.Hosting;
using ClariBI.Contracts.Connector;
using ClariBI.Testing;
using MassTransit;

namespace ClariBI.Connector.Tests.DataSources;

public sealed class DataSourceTests : IAsyncLifetime
{
    private readonly ConnectorHost host = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => host.InitializeAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task An_owner_or_whoever_connected_it_may_end_it_and_nobody_else()
    {
        var workspace = Guid.NewGuid();
        var (ada, bob, owner) = (host.A(workspace, role: "member"), host.A(workspace, role: "member"), host.A(workspace));
        var adas = await ada.ConnectAsync();
        var id = adas.GetProperty("id").GetGuid();
        adas.GetProperty("mayEnd").GetBoolean().ShouldBeTrue();
        (await bob.SendAsync(HttpMethod.Get, $"/api/data-sources/{id}")).Body.GetProperty("mayEnd").GetBoolean().ShouldBeFalse();

        var (status, problem) = await bob.SendAsync(HttpMethod.Post, $"/api/data-sources/{id}/disconnect");
        (status, problem.GetProperty("type").GetString()).ShouldBe((HttpStatusCode.Forbidden, "owner-only"));
        problem.GetProperty("title").GetString().ShouldBe("Only an owner of the workspace or whoever connected it may disconnect this data source.");
        (await bob.SendAsync(HttpMethod.Get, $"/api/data-sources/{id}")).Body.GetProperty("state").GetString().ShouldBe("connected");

        (await ada.SendAsync(HttpMethod.Post, $"/api/data-sources/{id}/disconnect")).Status.ShouldBe(HttpStatusCode.OK);
        (await bob.SendAsync(HttpMethod.Delete, $"/api/data-sources/{id}")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await owner.SendAsync(HttpMethod.Delete, $"/api/data-sources/{id}")).Status.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Whoever_connected_it_again_may_take_their_own_access_back()
    {
        var workspace = Guid.NewGuid();
        var (ada, bob, eve) = (host.A(workspace, role: "member"), host.A(workspace, role: "member"), host.A(workspace, role: "member"));
        var id = (await ada.ConnectAsync()).GetProperty("id").GetGuid();

        var (status, again) = await bob.FinishAsync(await bob.AuthorizeAsync(id));

        status.ShouldBe(HttpStatusCode.OK, again.ToString());
        again.GetProperty("mayEnd").GetBoolean().ShouldBeTrue();
        (await ada.SendAsync(HttpMethod.Get, "/api/data-sources")).Body[0].GetProperty("mayEnd").GetBoolean().ShouldBeTrue();
        (await eve.SendAsync(HttpMethod.Get, "/api/data-sources")).Body[0].GetProperty("mayEnd").GetBoolean().ShouldBeFalse();
        (await bob.SendAsync(HttpMethod.Post, $"/api/data-sources/{id}/disconnect")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Right_after_connecting_it_is_known_to_be_reachable()
    {
        var source = await host.A().ConnectAsync();

        source.GetProperty("reachable").GetProperty("ok").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Another_workspace_sees_and_changes_nothing()
    {
        var id = (await host.A().ConnectAsync()).GetProperty("id").GetGuid();
        var stranger = host.A();

        (await stranger.SendAsync(HttpMethod.Get, "/api/data-sources")).Body.GetArrayLength().ShouldBe(0);
        foreach (var (method, path) in new[]
        {
            (HttpMethod.Get, $"/api/data-sources/{id}"), (HttpMethod.Get, $"/api/data-sources/{id}/tools"), (HttpMethod.Get, $"/api/data-sources/{id}/calls"),
            (HttpMethod.Post, $"/api/data-sources/{id}/disconnect"), (HttpMethod.Delete, $"/api/data-sources/{id}"),
        })
        {
            var (status, body) = await stranger.SendAsync(method, path);
            status.ShouldBe(HttpStatusCode.NotFound, path);
            body.GetProperty("type").GetString().ShouldBe("data-source-not-found");
        }

        var (started, problem) = await stranger.SendAsync(
            HttpMethod.Post, "/api/authorizations", new { vendor = "amplitude", region = "sandbox", dataSourceId = id });
        (started, problem.GetProperty("type").GetString()).ShouldBe((HttpStatusCode.NotFound, "data-source-not-found"));

        var list = await host.Bus.CreateRequestClient<GetDataSources>().GetResponse<DataSourceList>(new GetDataSources(stranger.Caller.WorkspaceId), Ct);
        list.Message.Items.ShouldBeEmpty();
        var call = await host.AskAsync<CallTool, ToolCallCompleted, ToolCallFailed>(
            new CallTool(stranger.Caller.WorkspaceId, id, "query_amplitude_data", "{}", null, "Eve", TimeSpan.FromSeconds(5)), Ct);
        call.Is(out Response<ToolCallFailed>? refused).ShouldBeTrue();
        refused!.Message.Reason.ShouldBe(ToolCallFailure.DataSourceNotFound);
        var tools = await host.AskAsync<ListTools, ToolList, ToolCallFailed>(new ListTools(stranger.Caller.WorkspaceId, id), Ct);
        tools.Is(out Response<ToolCallFailed>? unlisted).ShouldBeTrue();
        unlisted!.Message.Reason.ShouldBe(ToolCallFailure.DataSourceNotFound);
        host.Vendor.AccessTokens.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_authorization_is_its_starters_own()
    {
        var person = host.A();
        var authorization = await person.AuthorizeAsync();
        var path = $"/api/authorizations/{authorization.GetProperty("id").GetString()}";

        foreach (var other in new[] { host.A(), host.A(workspace: person.Caller.WorkspaceId), host.A(user: person.Caller.UserId) })
        {
            (await other.SendAsync(HttpMethod.Get, path)).Status.ShouldBe(HttpStatusCode.NotFound);
            (await other.SendAsync(HttpMethod.Delete, path)).Status.ShouldBe(HttpStatusCode.NotFound);
            (await other.FinishAsync(authorization)).Status.ShouldBe(HttpStatusCode.NotFound);
        }

        (await person.FinishAsync(authorization)).Status.ShouldBe(HttpStatusCode.Created);
    }

    [Theory]
    [InlineData("GET", "/api/vendors")]
    [InlineData("POST", "/api/authorizations")]
    [InlineData("GET", "/api/data-sources")]
    [InlineData("DELETE", "/api/data-sources/4f9f8a35-13cf-4f92-b6a8-6b1f5bdfd6c0")]
    public async Task Nobody_signed_in_gets_nothing(string method, string path)
    {
        using var client = host.ClientFor(null);
        using var response = await client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path), Ct);

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task An_authorization_becomes_one_data_source()
    {
        var person = host.A();
        var authorization = await person.AuthorizeAsync();

        var answers = await Task.WhenAll(person.FinishAsync(authorization), person.FinishAsync(authorization), person.FinishAsync(authorization));

        answers.Count(answer => answer.Status == HttpStatusCode.Created).ShouldBe(1);
        answers.Where(answer => answer.Status != HttpStatusCode.Created)
            .ShouldAllBe(answer => answer.Body.GetProperty("type").GetString() == "authorization-already-used");
        (await person.SendAsync(HttpMethod.Get, "/api/data-sources")).Body.GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task An_authorization_without_consent_is_not_ready()
    {
        var person = host.A();

        var (status, body) = await person.FinishAsync(await person.StartAsync());

        (status, body.GetProperty("type").GetString()).ShouldBe((HttpStatusCode.Conflict, "authorization-not-ready"));
    }

    [Fact]
    public async Task Of_several_projects_one_is_chosen()
    {
        host.Vendor.Projects = ["1", "2"];
        var person = host.A();
        var authorization = await person.AuthorizeAsync();

        (await person.FinishAsync(authorization)).Body.GetProperty("type").GetString().ShouldBe("project-required");
        (await person.FinishAsync(authorization, projectId: "3")).Body.GetProperty("type").GetString().ShouldBe("project-required");
        var (status, source) = await person.FinishAsync(authorization, projectId: "2");

        status.ShouldBe(HttpStatusCode.Created);
        source.GetProperty("project").GetProperty("id").GetString().ShouldBe("2");
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")]
    public async Task A_name_is_needed_and_short(string name)
    {
        var person = host.A();

        var (status, body) = await person.FinishAsync(await person.AuthorizeAsync(), name);

        (status, body.GetProperty("type").GetString()).ShouldBe((HttpStatusCode.BadRequest, "validation-failed"));
    }

    [Fact]
    public async Task Reconnecting_keeps_the_data_source_and_gives_the_old_grant_back()
    {
        var person = host.A();
        var before = await person.ConnectAsync();
        var old = host.Vendor.RefreshTokens.Keys.Single();
        var id = before.GetProperty("id").GetGuid();

        var (status, after) = await person.FinishAsync(await person.AuthorizeAsync(id), "Renamed");

        status.ShouldBe(HttpStatusCode.OK, after.ToString());
        (after.GetProperty("id").GetGuid(), after.GetProperty("name").GetString()).ShouldBe((id, "Renamed"));
        await Eventually.GetAsync(() => Task.FromResult(host.Vendor.RefreshTokens.ContainsKey(old)), kept => !kept, because: "the old grant's revocation");
        var list = await host.Bus.CreateRequestClient<GetDataSources>().GetResponse<DataSourceList>(new GetDataSources(person.Caller.WorkspaceId), Ct);
        list.Message.Items.Single().GrantGeneration.ShouldBe(2);
        var call = await host.AskAsync<CallTool, ToolCallCompleted, ToolCallFailed>(
            new CallTool(person.Caller.WorkspaceId, id, "query_amplitude_data", "{}", null, "Ada", TimeSpan.FromSeconds(15)), Ct);
        call.Is(out Response<ToolCallCompleted>? _).ShouldBeTrue();
    }

    [Fact]
    public async Task Disconnecting_is_honest_when_the_vendor_does_not_confirm()
    {
        var person = host.A();
        var id = (await person.ConnectAsync()).GetProperty("id").GetGuid();
        host.Vendor.Faults["/revoke"] = HttpStatusCode.ServiceUnavailable;

        var (status, body) = await person.SendAsync(HttpMethod.Post, $"/api/data-sources/{id}/disconnect");

        (status, body.GetProperty("state").GetString()).ShouldBe((HttpStatusCode.OK, "disconnected"));
        body.GetProperty("disconnectNote").GetString()!.ShouldContain("Amplitude sandbox did not confirm");
        body.GetProperty("stateReason").GetString()!.ShouldStartWith("Ada disconnected it on ");
        body.TryGetProperty("grant", out _).ShouldBeFalse();
        (await person.SendAsync(HttpMethod.Get, $"/api/data-sources/{id}/tools")).Body.GetProperty("type").GetString().ShouldBe("data-source-disconnected");
    }

    [Fact]
    public async Task Only_a_disconnected_source_can_be_deleted()
    {
        var person = host.A();
        var id = (await person.ConnectAsync()).GetProperty("id").GetGuid();

        var (status, body) = await person.SendAsync(HttpMethod.Delete, $"/api/data-sources/{id}");

        (status, body.GetProperty("type").GetString()).ShouldBe((HttpStatusCode.Conflict, "data-source-connected"));
    }

    [Fact]
    public async Task Every_published_tool_is_shown_with_its_verdict()
    {
        var person = host.A();
        var id = (await person.ConnectAsync()).GetProperty("id").GetGuid();

        var (_, tools) = await person.SendAsync(HttpMethod.Get, $"/api/data-sources/{id}/tools");

        var verdicts = tools.GetProperty("tools").EnumerateArray().ToDictionary(
            tool => tool.GetProperty("name").GetString()!, tool => $"{tool.GetProperty("verdict").GetString()} {tool.GetProperty("layer").GetString()}");
        verdicts.ShouldBe(new Dictionary<string, string>
        {
            ["get_amplitude_context"] = "allowed profile",
            ["query_amplitude_data"] = "allowed profile",
            ["use_amplitude_cohorts"] = "narrowed profile",
            ["create_cohort"] = "refused scope",
            ["rename_chart"] = "refused name",
            ["get_amp_user_data"] = "off data_class",
        }, ignoreOrder: true);
    }

    [Fact]
    public async Task No_file_of_either_service_holds_a_secret()
    {
        var person = host.A();
        await person.ConnectAsync();
        await person.StartAsync();

        foreach (var file in Directory.GetFiles(host.Folder))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
            var content = await reader.ReadToEndAsync(Ct);
            foreach (var secret in (string[])[.. host.Vendor.AccessTokens.Keys, .. host.Vendor.RefreshTokens.Keys, "secret-of-the-client"])
            {
                content.ShouldNotContain(secret, Case.Sensitive, Path.GetFileName(file));
            }
        }
    }
}
