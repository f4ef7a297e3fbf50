using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace ClariBI.Sandbox.Tests;

public sealed class RegionTests(LiveFixture live)
{
    [Fact]
    public async Task Each_regions_metadata_names_its_own_origin()
    {
        foreach (var address in new[] { live.Sandbox.UsAddress, live.Sandbox.EuAddress })
        {
            var client = live.Sandbox.Client(address);
            var origin = address.GetLeftPart(UriPartial.Authority);

            var resource = await client.GetFromJsonAsync<JsonElement>("/.well-known/oauth-protected-resource", TestContext.Current.CancellationToken);
            var authority = await client.GetFromJsonAsync<JsonElement>("/.well-known/oauth-authorization-server", TestContext.Current.CancellationToken);

            resource.GetProperty("resource").GetString().ShouldBe(origin);
            authority.GetProperty("issuer").GetString().ShouldBe(origin);
            authority.GetProperty("registration_endpoint").GetString().ShouldBe(origin + "/register");
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_token_of_the_other_region_is_invalid(bool fromUs)
    {
        var (here, there) = fromUs ? (live.Sandbox.Us(), live.Sandbox.Eu()) : (live.Sandbox.Eu(), live.Sandbox.Us());
        var (clientId, tokens) = await here.SignInAsync(organisation: "shop");

        using var abroad = await there.KnockAsync(tokens.GetProperty("access_token").GetString());
        using var home = await here.KnockAsync(tokens.GetProperty("access_token").GetString());
        var refreshed = await there.RefreshAsync(clientId, tokens.GetProperty("refresh_token").GetString()!);

        abroad.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await abroad.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("error").GetString().ShouldBe("invalid_token");
        abroad.Headers.WwwAuthenticate.ToString().ShouldContain("error=\"invalid_token\"");
        home.StatusCode.ShouldBe(HttpStatusCode.OK);
        refreshed.Status.ShouldBe(HttpStatusCode.Unauthorized);
        refreshed.Body.GetProperty("error").GetString().ShouldBe("invalid_client");
    }

    [Fact]
    public async Task Revoking_a_token_in_the_other_region_does_nothing()
    {
        var (_, tokens) = await live.Sandbox.Us().SignInAsync(organisation: "shop");
        var token = tokens.GetProperty("access_token").GetString()!;

        using var revoked = await live.Sandbox.Eu().Http.PostAsync("/revoke", new FormUrlEncodedContent(new Dictionary<string, string> { ["token"] = token }), TestContext.Current.CancellationToken);

        revoked.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var reply = await live.Sandbox.Us().KnockAsync(token);
        reply.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_client_of_one_region_is_unknown_in_the_other()
    {
        var clientId = (await live.Sandbox.Us().RegisterAsync()).GetProperty("client_id").GetString()!;

        using var reply = await live.Sandbox.Eu().Http.GetAsync(QueryHelpers.AddQueryString("/authorize", SandboxAccount.Request(clientId)!), TestContext.Current.CancellationToken);

        reply.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("not registered here");
    }

    [Fact]
    public async Task The_organizations_of_a_region_can_be_granted_there()
    {
        await using var tools = await live.Sandbox.Eu().ConnectAsync(organisation: "paris", email: LiveSandbox.Parisian);

        (await tools.ReadAsync("get_amplitude_context")).GetProperty("organization").GetProperty("id").GetString().ShouldBe("paris");
    }

    [Fact]
    public async Task The_admin_endpoint_shows_the_region_of_grants_and_requests()
    {
        var (clientId, _) = await live.Sandbox.Eu().SignInAsync(organisation: "paris");

        var grants = await live.Sandbox.Admin.GetFromJsonAsync<JsonElement>("/grants", TestContext.Current.CancellationToken);
        var requests = await live.Sandbox.Admin.GetFromJsonAsync<JsonElement>("/requests", TestContext.Current.CancellationToken);

        grants.EnumerateArray().Last(grant => grant.GetProperty("organisationId").GetString() == "paris").GetProperty("region").GetString().ShouldBe("eu");
        requests.EnumerateArray().Where(request => request.GetProperty("arguments").ToString().Contains(clientId, StringComparison.Ordinal))
            .Select(request => request.GetProperty("region").GetString()).Distinct().ShouldBe(["eu"]);
    }
}
