using System.Net;
using System.Text.Json;
using ClariBI.Connector.DataSources.Checks;
using ClariBI.Connector.Tests.Hosting;
using ClariBI.Contracts.CredentialVault;
using ClariBI.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace ClariBI.Connector.Tests.DataSources;

public sealed class TimelineTests : IAsyncLifetime
{
    private readonly ConnectorHost host = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => host.InitializeAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task The_timeline_tells_of_consent_and_of_what_lies_ahead()
    {
        var (person, id) = await ConnectAsync();
        host.Clock.Forward(TimeSpan.FromMinutes(1));

        var lines = await TimelineAsync(person, id);

        lines.Select(line => line.GetProperty("kind").GetString()).ShouldBe(["expires", "consented"]);
        lines[1].GetProperty("by").GetString().ShouldBe("Ada");
        lines[1].GetProperty("detail").GetString()!.ShouldContain("mcp:read");
        lines[1].GetProperty("detail").GetString()!.ShouldEndWith("That was today.");
        (await host.A().SendAsync(HttpMethod.Get, $"/api/data-sources/{id}/timeline")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_timeline_is_read_in_pages()
    {
        var (person, id) = await ConnectAsync();
        foreach (var name in new[] { "One", "Two", "Three", "Four" })
        {
            await person.SendAsync(HttpMethod.Patch, $"/api/data-sources/{id}", new { name });
        }

        var all = (await TimelineAsync(person, id)).ConvertAll(line => line.GetProperty("id").GetGuid());
        all.Count.ShouldBe(6);
        var read = new List<Guid>();
        for (var page = 0; page < 4; page++)
        {
            var before = read.Count == 0 ? "" : $"&before={read[^1]}";
            var (_, lines) = await person.SendAsync(HttpMethod.Get, $"/api/data-sources/{id}/timeline?limit=2{before}");
            read.AddRange(lines.EnumerateArray().Select(line => line.GetProperty("id").GetGuid()));
        }

        read.ShouldBe(all);
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=-1")]
    [InlineData("limit=99999999999999")]
    [InlineData("limit=301")]
    [InlineData("limit=many")]
    [InlineData("before=yesterday")]
    public async Task Nonsense_instead_of_a_page_is_a_problem(string query)
    {
        var (person, id) = await ConnectAsync();

        var (status, problem) = await person.SendAsync(HttpMethod.Get, $"/api/data-sources/{id}/timeline?{query}");

        (status, problem.ValueKind).ShouldBe((HttpStatusCode.BadRequest, JsonValueKind.Object));
    }

    [Fact]
    public async Task Renewals_of_one_day_are_one_line_and_one_heard_twice_counts_once()
    {
        var (person, id) = await ConnectAsync();
        var grant = await GrantIdAsync(id);
        var at = host.Clock.GetUtcNow();
        foreach (var generation in new[] { 2, 3, 3, 4 })
        {
            await host.Bus.Publish(new GrantRefreshed(grant, person.Caller.WorkspaceId, generation, at, at.AddHours(1)), Ct);
            await Eventually.GetAsync(() => TimelineAsync(person, id), lines => lines.Exists(line => Kind(line) == "refreshed"));
        }

        await Eventually.GetAsync(
            () => TimelineAsync(person, id), lines => lines.Exists(line => line.GetProperty("title").GetString() == "Access renewed 3 times that day"));

        (await TimelineAsync(person, id)).Count(line => Kind(line) == "refreshed").ShouldBe(1);
    }

    [Fact]
    public async Task Old_lines_leave_the_timeline()
    {
        var (person, id) = await ConnectAsync();
        host.Clock.Forward(TimeSpan.FromDays(401));

        await host.Services.GetRequiredService<ConnectionChecks>().CleanAsync(Ct);

        (await TimelineAsync(person, id)).ShouldBeEmpty();
    }

    private async Task<(Person Person, Guid Id)> ConnectAsync()
    {
        var person = host.A();
        return (person, (await person.ConnectAsync()).GetProperty("id").GetGuid());
    }

    private async Task<Guid> GrantIdAsync(Guid id)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<Data.ConnectorDbContext>().DataSources.FindAsync([id], Ct))!.GrantId;
    }

    private static async Task<List<JsonElement>> TimelineAsync(Person person, Guid id) =>
        [.. (await person.SendAsync(HttpMethod.Get, $"/api/data-sources/{id}/timeline")).Body.EnumerateArray()];

    private static string? Kind(JsonElement line) => line.GetProperty("kind").GetString();
}
