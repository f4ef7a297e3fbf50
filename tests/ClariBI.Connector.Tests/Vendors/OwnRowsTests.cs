using ClariBI.Connector.Vendors;
using ClariBI.Messaging;
using ClariBI.ServiceDefaults;
using ClariBI.ServiceDefaults.Callers;
using ClariBI.ServiceDefaults.Outbound;
using ClariBI.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace ClariBI.Connector.Tests.Vendors;

/// <summary>The operator's own rows: what is wrong with them is told at start, in a sentence.</summary>
public sealed class OwnRowsTests : IDisposable
{
    private const string Row =
        """
        { "id": "ours", "name": "Ours", "category": "Your own", "summary": "Our own figures.", "initials": "Ou", "scopes": [], "contextTools": [],
          "regions": [ { "id": "global", "name": "Global", "url": "https://mcp.ours.example/mcp" } ] }
        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_row_is_added_and_one_with_a_known_id_stands_in_for_ours()
    {
        var file = Write($"[{Row}, {Row.Replace("\"ours\"", "\"linear\"", StringComparison.Ordinal)}]");

        var catalogue = new VendorCatalogue(Options.Create(new ConnectorOptions { CatalogueFile = file }), null!);

        Problems(file).ShouldBeEmpty();
        catalogue.Find("ours")!.Regions.Single().Url.ShouldBe(new Uri("https://mcp.ours.example/mcp"));
        catalogue.Find("linear")!.Name.ShouldBe("Ours");
        catalogue.All.Count(vendor => vendor.Id == "linear").ShouldBe(1);
    }

    [Theory]
    [InlineData("not json", "is not a list of vendors")]
    [InlineData("null", "holds null")]
    [InlineData("{}", "is not a list of vendors")]
    [InlineData("""[{ "id": "x" }]""", "name")]
    public void A_file_that_is_no_catalogue_is_refused(string content, string reason) => Problems(Write(content)).Single().ShouldContain(reason);

    [Theory]
    [InlineData("\"summary\"", "\"sumary\"", "sumary")]
    [InlineData("\"initials\": \"Ou\"", "\"initials\": \"Ours\"", "one or two letters")]
    [InlineData("\"initials\": \"Ou\"", "\"initials\": null", "initials")]
    [InlineData("\"id\": \"ours\"", "\"id\": \"Our Own\"", "small letters")]
    [InlineData("\"name\": \"Ours\"", "\"name\": \" \"", "1 to 240")]
    [InlineData("\"scopes\": []", "\"scopes\": [\"a b\"]", "one word")]
    [InlineData("https://mcp.ours.example/mcp", "http://mcp.ours.example/mcp", "not https")]
    [InlineData("https://mcp.ours.example/mcp", "/mcp", "whole address")]
    [InlineData("https://mcp.ours.example/mcp", "https://me:pw@mcp.ours.example/mcp", "whole address")]
    [InlineData("\"id\": \"global\"", "\"id\": \"sandbox\"", "not the sandbox's")]
    [InlineData("\"scopes\": []", "\"scopes\": [], \"quirks\": { \"registration\": \"by_hand\" }", "registration")]
    [InlineData("\"scopes\": []", "\"scopes\": [], \"quirks\": { \"callsPerMinute\": 0 }", "above zero")]
    [InlineData("\"scopes\": []", "\"scopes\": [], \"tools\": { \"reading\": [\"a\"], \"mixed\": {}, \"personal\": [], \"cleared\": [\"b\"] }", "cleared tool")]
    public void A_row_that_breaks_a_rule_is_refused(string good, string bad, string reason)
    {
        Row.ShouldContain(good);

        Problems(Write($"[{Row.Replace(good, bad, StringComparison.Ordinal)}]")).ShouldHaveSingleItem().ShouldContain(reason);
    }

    [Fact]
    public void A_row_with_neither_regions_nor_a_hint_is_refused() =>
        Problems(Write("""[{ "id": "x", "name": "X", "category": "Y", "summary": "Z.", "initials": "X", "scopes": [], "contextTools": [], "regions": [] }]"""))
            .ShouldHaveSingleItem().ShouldContain("urlHint");

    [Fact]
    public void Two_rows_with_one_id_are_refused() => Problems(Write($"[{Row}, {Row}]")).ShouldHaveSingleItem().ShouldContain("'ours' is given to 2 vendors");

    [Fact]
    public void An_address_without_TLS_is_taken_where_the_operator_opened_it() =>
        Problems(Write($"[{Row.Replace("https://mcp.ours.example", "http://mcp.internal:9000", StringComparison.Ordinal)}]"), "http://mcp.internal:9000").ShouldBeEmpty();

    [Fact]
    public void A_missing_file_is_named() =>
        Problems(Path.Combine(folder.Path, "none.json")).ShouldHaveSingleItem().ShouldContain("none.json: it cannot be read");

    [Theory]
    [InlineData("localhost:8081")]
    [InlineData("ftp://localhost")]
    [InlineData("not an address")]
    public void A_sandbox_needs_an_origin(string origin)
    {
        var validation = new CatalogueOptionsValidation(Options.Create(new OutboundOptions()));

        validation.Validate(null, new ConnectorOptions { SandboxUrl = origin }).FailureMessage!.ShouldContain("Connector__SandboxUrl");
        validation.Validate(null, new ConnectorOptions { SandboxEuUrl = origin }).FailureMessage!.ShouldContain("Connector__SandboxEuUrl");
    }

    [Fact]
    public Task The_process_does_not_start_with_a_broken_file() => ShouldNotStartAsync("Connector:CatalogueFile", Write("[{"), "Connector__CatalogueFile names");

    [Theory]
    [InlineData("Connector:Clients:0:Vendor", "amplitude", "ClientId")]
    [InlineData("Connector:Clients:0:Method", "private_key_jwt", "Method")]
    public Task The_process_does_not_start_with_half_a_client(string setting, string value, string named) => ShouldNotStartAsync(setting, value, named);

    private async Task ShouldNotStartAsync(string setting, string value, string named)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Internal:Key"] = Convert.ToBase64String(new byte[32]),
            ["Database:Folder"] = folder.Path,
            [setting] = value,
        });
        builder.WebHost.UseTestServer();
        builder.AddServiceDefaults("test");
        builder.AddInternalCallers("connector");
        builder.AddConnector().AddMessaging(bus => bus.AddConnectorConsumers());
        await using var app = builder.Build();

        var exception = await Should.ThrowAsync<OptionsValidationException>(() => app.StartAsync(TestContext.Current.CancellationToken));

        exception.Message.ShouldContain(named);
    }

    private static IEnumerable<string> Problems(string file, params string[] opened) =>
        new CatalogueOptionsValidation(Options.Create(new OutboundOptions { AllowedOrigins = opened }))
            .Validate(null, new ConnectorOptions { CatalogueFile = file }).Failures ?? [];

    private string Write(string content)
    {
        var file = Path.Combine(folder.Path, $"{Guid.NewGuid():N}.json");
        File.WriteAllText(file, content);
        return file;
    }
}
