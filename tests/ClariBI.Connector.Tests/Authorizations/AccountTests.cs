using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClariBI.Connector.Authorizations;

namespace ClariBI.Connector.Tests.Authorizations;

public sealed class AccountTests : IAsyncLifetime
{
    private RuleHost host = null!;

    private RuleVendor Vendor => host.Vendor;

    public async ValueTask InitializeAsync() => host = await RuleHost.StartAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Theory]
    [InlineData("1", "Acme", null)]
    [InlineData("1", "Acme Ltd", null)]
    [InlineData("2", "Acme", "Acme → Acme")]
    [InlineData("2", "Other", "Acme → Other")]
    [InlineData(null, "Acme", null)]
    [InlineData(null, "Other", "Acme → Other")]
    [InlineData(null, null, null)]
    public async Task Coming_back_as_another_organization_is_said(string? id, string? name, string? change)
    {
        var person = host.Connector.A();
        var (_, source) = await person.FinishAsync(await host.AuthorizeAsync(person));
        var organization = new JsonObject();
        Add(organization, "id", id);
        Add(organization, "name", name);
        Vendor.Account = new JsonObject { ["organization"] = organization };

        var again = await host.AuthorizeAsync(person, dataSourceId: source.GetProperty("id").GetGuid());

        (again.TryGetProperty("organizationChange", out var said)
            ? $"{said.GetProperty("from").GetString()} → {said.GetProperty("to").GetString()}"
            : null).ShouldBe(change);
    }

    [Fact]
    public async Task The_first_call_is_in_the_log_of_the_data_source()
    {
        var person = host.Connector.A();
        var (_, source) = await person.FinishAsync(await host.AuthorizeAsync(person));

        var (status, calls) = await person.SendAsync(HttpMethod.Get, $"/api/data-sources/{source.GetProperty("id").GetString()}/calls");

        status.ShouldBe(HttpStatusCode.OK);
        var call = calls.EnumerateArray().Single(call => call.GetProperty("tool").GetString() == "get_context");
        call.GetProperty("outcome").GetString().ShouldBe("completed");
    }

    [Fact]
    public async Task A_context_tool_that_never_answers_ends_the_attempt_and_not_the_patience()
    {
        Vendor.BeforeCalls = () => new TaskCompletionSource().Task;

        var authorization = await host.AuthorizeAsync(host.Connector.A());

        authorization.GetProperty("status").GetString().ShouldBe("failed");
        authorization.GetProperty("failure").GetProperty("detail").GetString().ShouldBe("It did not answer within 5 seconds. Start over in a few minutes.");
    }

    [Fact]
    public async Task A_context_tool_that_the_policy_refuses_is_not_called()
    {
        await host.AuthorizeAsync(host.Connector.A());

        var called = Vendor.To("/mcp").Where(request => (string?)request.Json?["method"] == "tools/call").Select(request => (string?)request.Json!["params"]!["name"]);
        called.ShouldBe(["get_context"]);
    }

    [Fact]
    public void Names_of_the_vendor_are_cleaned_and_cut()
    {
        var account = AccountReading.Read(JsonSerializer.Serialize(new
        {
            organization = new { id = 7, name = "  Ac\0me\u202E\u0007 \uD800" },
            user = new { name = "\u200B", email = "sam@acme.example" },
            projects = new[] { new { id = "p", name = new string('x', 5000) } },
        }))!;

        account.Organization.ShouldBe("Acme");
        account.OrganizationId.ShouldBe("7");
        account.User.ShouldBe("sam@acme.example");
        account.Projects.Single().Name.Length.ShouldBe(201);
    }

    private static void Add(JsonObject json, string name, string? value)
    {
        if (value is not null)
        {
            json[name] = value;
        }
    }
}
