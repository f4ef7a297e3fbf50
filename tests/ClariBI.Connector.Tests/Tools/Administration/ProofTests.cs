using System.Net;
using System.Text.Json;
using ClariBI.Connector.Tests.Hosting;

namespace ClariBI.Connector.Tests.Tools.Administration;

public sealed class ProofTests : IAsyncLifetime
{
    private readonly ConnectorHost host = new();

    public ValueTask InitializeAsync() => host.InitializeAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task The_proof_counts_what_the_call_log_holds()
    {
        var (person, id) = await host.ConnectAsync();
        await host.CallAsync(person, id, "query_amplitude_data");
        await host.CallAsync(person, id, "query_amplitude_data");
        await host.CallAsync(person, id, "create_cohort");
        await person.SwitchAsync(id, "query_amplitude_data", enabled: false);

        var proof = await ProofAsync(person, id);

        (proof.GetProperty("callsSent").GetInt32(), proof.GetProperty("callsRefused").GetInt32(), proof.GetProperty("writesSent").GetInt32()).ShouldBe((3, 1, 0), "with the one that told the account");
        Strings(proof, "scopesAsked").ShouldBe(["mcp:read", "offline_access"]);
        Strings(proof, "scopesGranted").ShouldBe(["mcp:read", "offline_access"]);
        proof.GetProperty("scopeIsReadOnly").GetBoolean().ShouldBeTrue();
        proof.GetProperty("layers").EnumerateArray().ToDictionary(layer => layer.Text("layer")!, layer => layer.GetProperty("tools").GetInt32()).ShouldBe(
            new Dictionary<string, int> { ["scope"] = 1, ["name"] = 1, ["annotations"] = 0, ["profile"] = 0, ["data_class"] = 1, ["pin"] = 0, ["switch"] = 1 },
            ignoreOrder: true);
        var refusal = proof.GetProperty("latestRefusals").EnumerateArray().Single();
        (refusal.Text("tool"), refusal.Text("requestedBy")).ShouldBe(("create_cohort", "Ada"));
        refusal.Text("reason")!.ShouldNotBeEmpty();
        proof.Text("statement")!.ShouldContain("3 calls");
        proof.Text("statement")!.ShouldContain("writes sent: 0");
    }

    [Fact]
    public async Task The_proof_stands_while_the_vendor_is_down_and_after_disconnecting()
    {
        var (person, id) = await host.ConnectAsync();
        await host.CallAsync(person, id, "query_amplitude_data");
        host.Vendor.Faults["/mcp"] = HttpStatusCode.ServiceUnavailable;
        host.LetTimePass();
        var down = await ProofAsync(person, id);
        host.Vendor.Faults.Clear();
        (await person.SendAsync(HttpMethod.Post, $"/api/data-sources/{id}/disconnect")).Status.ShouldBe(HttpStatusCode.OK);

        var after = await ProofAsync(person, id);

        foreach (var proof in new[] { down, after })
        {
            proof.GetProperty("callsSent").GetInt32().ShouldBe(2);
            proof.GetProperty("layers").EnumerateArray().Sum(layer => layer.GetProperty("tools").GetInt32()).ShouldBe(3);
        }
    }

    private static IEnumerable<string?> Strings(JsonElement proof, string name) => proof.GetProperty(name).EnumerateArray().Select(scope => scope.GetString());

    private static async Task<JsonElement> ProofAsync(Person person, Guid id)
    {
        var (status, body) = await person.SendAsync(HttpMethod.Get, $"/api/data-sources/{id}/read-only-proof");
        status.ShouldBe(HttpStatusCode.OK, body.ToString());
        return body;
    }
}
