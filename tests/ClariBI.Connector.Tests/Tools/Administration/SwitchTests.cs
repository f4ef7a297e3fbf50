using System.Net;
using System.Text.Json;
using ClariBI.Connector.Tests.Hosting;
using ClariBI.Contracts.Connector;

namespace ClariBI.Connector.Tests.Tools.Administration;

public sealed class SwitchTests : IAsyncLifetime
{
    private const string Query = "query_amplitude_data";
    private readonly ConnectorHost host = new();

    public ValueTask InitializeAsync() => host.InitializeAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_tool_that_is_switched_off_is_neither_listed_nor_called_until_it_is_on_again()
    {
        var (person, id) = await host.ConnectAsync();

        var (status, off) = await person.SwitchAsync(id, Query, enabled: false);

        (status, off.Text("verdict"), off.Text("layer")).ShouldBe((HttpStatusCode.OK, "off", "switch"));
        (off.GetProperty("enabled").GetBoolean(), off.GetProperty("canSwitch").GetBoolean()).ShouldBe((false, true));
        (await host.EngineToolsAsync(person, id)).ShouldNotContain(tool => tool.Name == Query);
        (await host.CallAsync(person, id, Query)).ShouldBe(ToolCallFailure.RefusedByPolicy);

        (await person.SendAsync(HttpMethod.Get, $"/api/data-sources/{id}")).Body.GetProperty("tools").GetProperty("allowed").GetInt32().ShouldBe(2);
        (await person.SwitchAsync(id, Query, enabled: true)).Body.Text("verdict").ShouldBe("allowed");
        (await person.SendAsync(HttpMethod.Get, $"/api/data-sources/{id}")).Body.GetProperty("tools").GetProperty("allowed").GetInt32().ShouldBe(3);
        (await host.CallAsync(person, id, Query)).ShouldBeNull();
    }

    [Fact]
    public async Task What_a_layer_refuses_cannot_be_switched_on()
    {
        var (person, id) = await host.ConnectAsync();

        foreach (var tool in new[] { "create_cohort", "rename_chart", "get_amp_user_data" })
        {
            var (status, problem) = await person.SwitchAsync(id, tool, enabled: true);
            (status, problem.Text("type")).ShouldBe((HttpStatusCode.Conflict, "tool-refused"), tool);
            problem.Text("detail")!.ShouldNotBeEmpty();
        }

        (await host.EngineToolsAsync(person, id)).ShouldNotContain(tool => tool.Name == "create_cohort");
    }

    [Fact]
    public async Task A_tool_can_be_switched_off_while_the_vendor_is_down()
    {
        var (person, id) = await host.ConnectAsync();
        await person.ToolsAsync(id);
        host.Vendor.Faults["/mcp"] = HttpStatusCode.ServiceUnavailable;
        host.LetTimePass();

        (await person.SwitchAsync(id, Query, enabled: false)).Status.ShouldBe(HttpStatusCode.OK);
        host.Vendor.Faults.Clear();

        (await host.CallAsync(person, id, Query)).ShouldBe(ToolCallFailure.RefusedByPolicy);
    }

    [Fact]
    public async Task Data_on_persons_is_off_until_an_owner_turns_it_on()
    {
        var (person, id) = await host.ConnectAsync();
        (await person.ToolAsync(id, "get_amp_user_data")).Text("layer").ShouldBe("data_class");
        (await host.CallAsync(person, id, "get_amp_user_data")).ShouldBe(ToolCallFailure.RefusedByPolicy);

        (await person.SetClassesAsync(id, personal: true, freeText: false)).Status.ShouldBe(HttpStatusCode.OK);

        var list = await person.ToolsAsync(id);
        (list.GetProperty("personalTools").GetBoolean(), list.GetProperty("freeTextTools").GetBoolean()).ShouldBe((true, false));
        (await person.ToolAsync(id, "get_amp_user_data")).Text("verdict").ShouldBe("allowed");
        (await host.CallAsync(person, id, "get_amp_user_data")).ShouldBeNull();
        await person.SetClassesAsync(id, personal: false, freeText: false);
        (await host.CallAsync(person, id, "get_amp_user_data")).ShouldBe(ToolCallFailure.RefusedByPolicy);
    }

    [Fact]
    public async Task Members_look_and_owners_decide()
    {
        var (owner, id) = await host.ConnectAsync();
        var member = host.A(owner.Caller.WorkspaceId, role: "member");
        var hash = (await member.ToolAsync(id, Query)).Text("hash")!;

        foreach (var (status, problem) in new[]
        {
            await member.SwitchAsync(id, Query, enabled: false), await member.ApproveAsync(id, Query, hash),
            await member.SetClassesAsync(id, personal: true, freeText: true),
            await member.SendAsync(HttpMethod.Post, $"/api/data-sources/{id}/tools/approvals", new { all = new[] { new { name = Query, hash } } }),
        })
        {
            (status, problem.Text("type")).ShouldBe((HttpStatusCode.Forbidden, "owner-only"));
        }

        (await owner.ToolAsync(id, Query)).Text("verdict").ShouldBe("allowed");
    }

    [Fact]
    public async Task Another_workspace_sees_nothing()
    {
        var (owner, id) = await host.ConnectAsync();
        var stranger = host.A();

        foreach (var (status, problem) in new[]
        {
            await stranger.SendAsync(HttpMethod.Get, $"/api/data-sources/{id}/tools"), await stranger.SwitchAsync(id, Query, enabled: false),
            await stranger.ApproveAsync(id, Query, new string('0', 64)), await stranger.SetClassesAsync(id, personal: true, freeText: true),
            await stranger.SendAsync(HttpMethod.Get, $"/api/data-sources/{id}/read-only-proof"),
        })
        {
            (status, problem.Text("type")).ShouldBe((HttpStatusCode.NotFound, "data-source-not-found"));
        }

        (await owner.ToolAsync(id, Query)).Text("verdict").ShouldBe("allowed");
    }

    [Fact]
    public async Task Bad_input_is_a_problem_and_changes_nothing()
    {
        var (person, id) = await host.ConnectAsync();
        var before = (await person.ToolsAsync(id)).GetProperty("tools").GetRawText();
        (HttpMethod Method, string Path, object Body, HttpStatusCode Status)[] bad =
        [
            (HttpMethod.Put, $"tools/{Query}", new { }, HttpStatusCode.BadRequest),
            (HttpMethod.Put, $"tools/{Query}", new { enabled = "no" }, HttpStatusCode.BadRequest),
            (HttpMethod.Put, "tools/none_such", new { enabled = false }, HttpStatusCode.NotFound),
            (HttpMethod.Put, "tools/%0A%09", new { enabled = false }, HttpStatusCode.NotFound),
            (HttpMethod.Put, "tools/a%2F..%2Fb", new { enabled = false }, HttpStatusCode.NotFound),
            (HttpMethod.Put, "tools/%F0%9F%98%80", new { enabled = false }, HttpStatusCode.NotFound),
            (HttpMethod.Put, "tools/" + new string('x', 3000), new { enabled = false }, HttpStatusCode.NotFound),
            (HttpMethod.Put, "data-classes", new { personal = true }, HttpStatusCode.BadRequest),
            (HttpMethod.Post, $"tools/{Query}/approval", new { }, HttpStatusCode.BadRequest),
            (HttpMethod.Post, $"tools/{Query}/approval", new { hash = new string('a', 65) }, HttpStatusCode.BadRequest),
            (HttpMethod.Post, $"tools/{Query}/approval", new { hash = "abc" }, HttpStatusCode.Conflict),
            (HttpMethod.Post, "tools/none_such/approval", new { hash = "abc" }, HttpStatusCode.NotFound),
            (HttpMethod.Post, "tools/approvals", new { }, HttpStatusCode.BadRequest),
            (HttpMethod.Post, "tools/approvals", new { all = new object?[] { new { name = Query } } }, HttpStatusCode.BadRequest),
            (HttpMethod.Post, "tools/approvals", new { all = new object?[] { null } }, HttpStatusCode.BadRequest),
        ];

        foreach (var (method, path, body, expected) in bad)
        {
            var (status, problem) = await person.SendAsync(method, $"/api/data-sources/{id}/{path}", body);
            status.ShouldBe(expected, $"{method} {path} {JsonSerializer.Serialize(body)}: {problem}");
            problem.GetProperty("title").GetString().ShouldNotBeNullOrEmpty();
        }

        (await person.ToolsAsync(id)).GetProperty("tools").GetRawText().ShouldBe(before);
    }

    [Fact]
    public async Task A_name_with_a_slash_is_found_by_its_encoded_path()
    {
        host.Vendor.Tools.Add(TestTools.Tool("charts/get one", readOnly: true, "read"));
        var (person, id) = await host.ConnectAsync();

        var (status, tool) = await person.SwitchAsync(id, "charts/get one", enabled: false);

        (status, tool.Text("layer")).ShouldBe((HttpStatusCode.OK, "switch"));
        (await person.ToolAsync(id, "charts/get one")).Text("verdict").ShouldBe("off");
    }
}
