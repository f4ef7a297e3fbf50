using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Web;
using ClariBI.Connector.Tests.Hosting;
using ClariBI.ServiceDefaults.Callers;

namespace ClariBI.Connector.Tests.Authorizations;

/// <summary>A Connector whose catalogue has rows with every quirk, for a <see cref="RuleVendor"/> at an address that a person gives.</summary>
public sealed class RuleHost : IAsyncDisposable
{
    private RuleHost(ConnectorHost connector, RuleVendor vendor) => (Connector, Vendor) = (connector, vendor);

    public ConnectorHost Connector { get; }

    public RuleVendor Vendor { get; }

    /// <param name="settings">With <c>{url}</c> for the vendor's address.</param>
    public static async Task<RuleHost> StartAsync(params (string Name, string Value)[] settings)
    {
        var (connector, vendor) = (new ConnectorHost(), await RuleVendor.StartAsync());
        var file = Path.Combine(connector.Folder, "catalogue.json");
        await File.WriteAllTextAsync(file, new JsonArray(
            Row("plain", "{}"), Row("scoped", "{}", "read", "offline_access"), Row("legacy", """{"originIsIssuer":true}"""),
            Row("silent", """{"sendResource":false}"""), Row("machine", """{"serviceAccounts":true}""", "read", "offline_access"),
            Row("byhand", """{"registration":"pre_registered"}"""), Row("every", """{"everyScope":true}"""), Row("asking", """{"elicitationDefaults":true}"""), Row("custom", "{}")).ToJsonString());
        connector.Settings["Connector:CatalogueFile"] = file;
        connector.Settings["Outbound:AllowLoopback"] = "true";
        foreach (var (name, value) in settings)
        {
            connector.Settings[name] = value.Replace("{url}", vendor.Url, StringComparison.Ordinal);
        }

        await connector.InitializeAsync();
        return new RuleHost(connector, vendor);
    }

    public async ValueTask DisposeAsync()
    {
        await Connector.DisposeAsync();
        await Vendor.DisposeAsync();
    }

    public Task<(HttpStatusCode Status, JsonElement Body)> StartAsync(
        Person person, string vendor = "plain", Guid? dataSourceId = null, object? client = null, bool startOver = false, string? serverUrl = null,
        string? confirm = null) =>
        person.SendAsync(HttpMethod.Post, "/api/authorizations", new { vendor, serverUrl = serverUrl ?? Vendor.Server, dataSourceId, client, startOver, confirm });

    /// <returns>The query of the consent page's address.</returns>
    public async Task<Dictionary<string, string?>> QueryAsync(
        Person person, string vendor = "plain", Guid? dataSourceId = null, object? client = null)
    {
        var (status, body) = await StartAsync(person, vendor, dataSourceId, client);
        status.ShouldBe(HttpStatusCode.Created, body.ToString());
        var query = HttpUtility.ParseQueryString(new Uri(body.GetProperty("authorizeUrl").GetString()!).Query);
        return query.AllKeys.OfType<string>().ToDictionary(key => key, key => query[key]);
    }

    /// <summary>Start, consent, callback.</summary>
    public async Task<JsonElement> AuthorizeAsync(Person person, string vendor = "plain", Guid? dataSourceId = null, object? client = null)
    {
        var (status, body) = await StartAsync(person, vendor, dataSourceId, client);
        status.ShouldBe(HttpStatusCode.Created, body.ToString());
        await person.ReturnAsync(await Person.ConsentAsync(body));
        return await person.ReadAsync(body);
    }

    public async Task<string?> ProblemAsync(Person person, string vendor = "plain", string? serverUrl = null) =>
        (await StartAsync(person, vendor, serverUrl: serverUrl)).Body.TryGetProperty("type", out var type) ? type.GetString() : null;

    public Person Member() => new(Connector, new Caller(Guid.NewGuid(), "Max", Guid.NewGuid(), "member"));

    private static JsonObject Row(string id, string quirks, params string[] scopes) => new()
    {
        ["id"] = id,
        ["name"] = id,
        ["category"] = "Tests",
        ["summary"] = "Rules",
        ["initials"] = "T",
        ["scopes"] = new JsonArray([.. scopes.Select(scope => JsonValue.Create(scope))]),
        ["regions"] = new JsonArray(),
        ["contextTools"] = new JsonArray("get_context", "delete_account"),
        ["ownerOnly"] = id == "custom",
        ["urlHint"] = "https://mcp.example.com/mcp",
        ["quirks"] = JsonNode.Parse(quirks),
    };
}
