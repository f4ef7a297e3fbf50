using System.Net;
using System.Text.Json;
using ClariBI.Connector.Data;
using ClariBI.Connector.Tests.Hosting;
using ClariBI.Contracts.Connector;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ClariBI.Connector.Tests.DataSources;

public sealed class ChangeTests : IAsyncLifetime
{
    private readonly ConnectorHost host = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => host.InitializeAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_data_source_is_renamed()
    {
        var (person, id) = await ConnectAsync("Acme");

        var (status, body) = await person.SendAsync(HttpMethod.Patch, $"/api/data-sources/{id}", new { name = " Acme EU " });

        (status, body.GetProperty("name").GetString()).ShouldBe((HttpStatusCode.OK, "Acme EU"));
        var renamed = (await TimelineAsync(person, id)).Single(line => line.GetProperty("kind").GetString() == "renamed");
        (renamed.GetProperty("title").GetString(), renamed.GetProperty("by").GetString()).ShouldBe(("Renamed to Acme EU", "Ada"));
    }

    [Fact]
    public async Task A_name_is_kept_without_what_nobody_sees()
    {
        var (person, id) = await ConnectAsync("Acme");

        var (status, body) = await person.SendAsync(HttpMethod.Patch, $"/api/data-sources/{id}", new { name = "\u202EAc\u200Bme\nEU\u2066" });

        (status, body.GetProperty("name").GetString()).ShouldBe((HttpStatusCode.OK, "Acme EU"));
    }

    [Theory]
    [InlineData("{\"name\":\"\\u202e\"}")]
    [InlineData("{\"name\":\"\\u200b\\u2060 \"}")]
    [InlineData("{\"name\":\"\"}")]
    [InlineData("{\"name\":\"   \"}")]
    [InlineData("{\"name\":\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"}")]
    [InlineData("{\"name\":5}")]
    [InlineData("{\"projectId\":\"\"}")]
    [InlineData("{\"name\":\"New\",\"projectId\":{}}")]
    [InlineData("[]")]
    [InlineData("nonsense")]
    public async Task Bad_input_changes_nothing(string json)
    {
        var (person, id) = await ConnectAsync("Acme");
        using var client = host.ClientFor(person.Caller);

        using var response = await client.PatchAsync(
            new Uri($"/api/data-sources/{id}", UriKind.Relative), new StringContent(json, System.Text.Encoding.UTF8, "application/json"), Ct);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        (await SourceAsync(person, id)).GetProperty("name").GetString().ShouldBe("Acme");
        (await TimelineAsync(person, id)).Count(line => line.GetProperty("kind").GetString() == "renamed").ShouldBe(0);
    }

    [Fact]
    public async Task Projects_are_asked_anew_and_one_of_them_is_chosen()
    {
        host.Vendor.Projects = ["1", "2"];
        var person = host.A();
        var id = (await person.FinishAsync(await person.AuthorizeAsync(), projectId: "1")).Body.GetProperty("id").GetGuid();
        host.Vendor.Projects = ["1", "2", "3"];

        var (listed, projects) = await person.SendAsync(HttpMethod.Get, $"/api/data-sources/{id}/projects");
        var (wrong, problem) = await person.SendAsync(HttpMethod.Patch, $"/api/data-sources/{id}", new { name = "Other", projectId = "9" });
        var (status, changed) = await person.SendAsync(HttpMethod.Patch, $"/api/data-sources/{id}", new { projectId = "3" });

        listed.ShouldBe(HttpStatusCode.OK, projects.ToString());
        projects.EnumerateArray().Select(project => project.GetProperty("id").GetString()).ShouldBe(["1", "2", "3"]);
        (wrong, problem.GetProperty("type").GetString()).ShouldBe((HttpStatusCode.Conflict, "project-not-found"));
        status.ShouldBe(HttpStatusCode.OK, changed.ToString());
        (changed.GetProperty("project").GetProperty("id").GetString(), changed.GetProperty("name").GetString()).ShouldBe(("3", "Acme"));
        changed.GetProperty("project").GetProperty("timeZone").GetString().ShouldBe("Europe/Prague");
        (await InfoAsync(person)).GrantGeneration.ShouldBe(2);
        (await CallsAsync(person, id)).ShouldAllBe(by => by == "Ada");
    }

    [Fact]
    public async Task A_vendor_that_goes_away_between_the_projects_and_their_time_zone_leaves_the_time_zone_out()
    {
        var (person, id) = await ConnectAsync("Acme");
        host.Vendor.OnCall = async (context, request) =>
        {
            await TestVendor.ReplyAsync(context, request, TestVendor.Text("{\"projects\":[{\"appId\":\"7\",\"name\":\"Seven\"}]}"));
            host.Clock.Forward(TimeSpan.FromMinutes(30));
            host.Vendor.Faults["/mcp"] = HttpStatusCode.ServiceUnavailable;
            return true;
        };

        var (status, changed) = await person.SendAsync(HttpMethod.Patch, $"/api/data-sources/{id}", new { projectId = "7" });

        status.ShouldBe(HttpStatusCode.OK, changed.ToString());
        changed.GetProperty("project").GetProperty("id").GetString().ShouldBe("7");
    }

    [Fact]
    public async Task A_database_that_refuses_a_data_source_is_not_told_as_a_taken_name()
    {
        var person = host.A();
        var authorization = await person.AuthorizeAsync();
        await ExecuteAsync("CREATE TRIGGER full BEFORE INSERT ON DataSources BEGIN SELECT RAISE(ABORT, 'disk full'); END");
        (await person.FinishAsync(authorization)).Status.ShouldBe(HttpStatusCode.InternalServerError);

        await ExecuteAsync("DROP TRIGGER full");

        (await person.FinishAsync(authorization)).Status.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_vendor_that_is_down_lists_no_projects_and_says_so()
    {
        var (person, id) = await ConnectAsync("Acme");
        host.Vendor.Faults["/mcp"] = HttpStatusCode.ServiceUnavailable;

        var (status, body) = await person.SendAsync(HttpMethod.Get, $"/api/data-sources/{id}/projects");

        status.ShouldBe(HttpStatusCode.BadGateway, body.ToString());
        body.GetProperty("detail").GetString()!.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Names_are_unique_in_a_workspace_and_another_one_is_suggested()
    {
        var (person, id) = await ConnectAsync("Acme");
        var authorization = await person.AuthorizeAsync();

        var (status, body) = await person.FinishAsync(authorization, "acme ");
        (status, body.GetProperty("type").GetString(), body.GetProperty("suggestion").GetString()).ShouldBe((HttpStatusCode.Conflict, "name-taken", "acme (2)"));
        var (created, second) = await person.FinishAsync(authorization, "acme (2)");
        created.ShouldBe(HttpStatusCode.Created, second.ToString());
        var (renamed, problem) = await person.SendAsync(HttpMethod.Patch, $"/api/data-sources/{id}", new { name = "ACME (2)" });
        (renamed, problem.GetProperty("suggestion").GetString()).ShouldBe((HttpStatusCode.Conflict, "ACME (2) (2)"));
        (await host.A().FinishAsync(await person.AuthorizeAsync(), "Acme")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await ConnectAsync("Acme")).Id.ShouldNotBe(id);
    }

    [Fact]
    public async Task Of_two_that_take_a_name_at_once_one_gets_it()
    {
        var person = host.A();
        var authorizations = new[] { await person.AuthorizeAsync(), await person.AuthorizeAsync(), await person.AuthorizeAsync() };

        var answers = await Task.WhenAll(authorizations.Select(authorization => person.FinishAsync(authorization, "Acme")));

        answers.Count(answer => answer.Status == HttpStatusCode.Created).ShouldBe(1);
        answers.Where(answer => answer.Status != HttpStatusCode.Created).ShouldAllBe(answer => answer.Body.GetProperty("type").GetString() == "name-taken");
    }

    [Fact]
    public async Task Coming_back_as_another_organization_has_to_be_confirmed()
    {
        var (person, id) = await ConnectAsync("Acme");
        host.Vendor.Organization = "Globex";
        var authorization = await person.AuthorizeAsync(id);

        var (status, problem) = await person.FinishAsync(authorization, "Acme");
        (status, problem.GetProperty("type").GetString(), problem.GetProperty("from").GetString(), problem.GetProperty("to").GetString())
            .ShouldBe((HttpStatusCode.Conflict, "other-organization", "Acme", "Globex"));
        (await SourceAsync(person, id)).GetProperty("organization").GetString().ShouldBe("Acme");

        var (confirmed, source) = await person.SendAsync(HttpMethod.Post, "/api/data-sources", new
        {
            authorizationId = authorization.GetProperty("id").GetString(),
            name = "Acme",
            confirmOrganizationChange = true,
        });
        (confirmed, source.GetProperty("organization").GetString()).ShouldBe((HttpStatusCode.OK, "Globex"));
        (await TimelineAsync(person, id))[1].GetProperty("detail").GetString()!.ShouldContain("It was Acme before.");
    }

    [Theory]
    [InlineData("org-1", "Acme Inc.", false)]
    [InlineData("org-2", "Acme", true)]
    public async Task The_vendors_id_of_an_organization_tells_more_than_its_name(string organizationId, string name, bool isAnother)
    {
        host.Vendor.OrganizationId = "org-1";
        var (person, id) = await ConnectAsync("Acme");
        (host.Vendor.OrganizationId, host.Vendor.Organization) = (organizationId, name);

        var (status, _) = await person.FinishAsync(await person.AuthorizeAsync(id), "Acme");

        status.ShouldBe(isAnother ? HttpStatusCode.Conflict : HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_deleted_data_source_leaves_no_calls_and_no_timeline()
    {
        var (person, id) = await ConnectAsync("Acme");
        await person.SendAsync(HttpMethod.Get, $"/api/data-sources/{id}/projects");
        await person.SendAsync(HttpMethod.Post, $"/api/data-sources/{id}/disconnect");

        (await person.SendAsync(HttpMethod.Delete, $"/api/data-sources/{id}")).Status.ShouldBe(HttpStatusCode.NoContent);

        await using var scope = host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ConnectorDbContext>();
        (await db.History.CountAsync(line => line.DataSourceId == id, Ct)).ShouldBe(0);
        (await db.Calls.CountAsync(call => call.DataSourceId == id, Ct)).ShouldBe(0);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var scope = host.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ConnectorDbContext>().Database.ExecuteSqlRawAsync(sql, Ct);
    }

    private async Task<(Person Person, Guid Id)> ConnectAsync(string name)
    {
        var person = host.A();
        var (status, body) = await person.FinishAsync(await person.AuthorizeAsync(), name);
        status.ShouldBe(HttpStatusCode.Created, body.ToString());
        return (person, body.GetProperty("id").GetGuid());
    }

    private async Task<DataSourceInfo> InfoAsync(Person person) =>
        (await host.Bus.CreateRequestClient<GetDataSources>().GetResponse<DataSourceList>(new GetDataSources(person.Caller.WorkspaceId), Ct)).Message.Items.Single();

    private static async Task<List<string?>> CallsAsync(Person person, Guid id) =>
        [.. (await person.SendAsync(HttpMethod.Get, $"/api/data-sources/{id}/calls")).Body.EnumerateArray().Select(call => call.GetProperty("requestedBy").GetString())];

    private static async Task<JsonElement> SourceAsync(Person person, Guid id) => (await person.SendAsync(HttpMethod.Get, $"/api/data-sources/{id}")).Body;

    private static async Task<List<JsonElement>> TimelineAsync(Person person, Guid id) =>
        [.. (await person.SendAsync(HttpMethod.Get, $"/api/data-sources/{id}/timeline")).Body.EnumerateArray()];
}
