using ClariBI.Connector.Authorizations;
using ClariBI.Connector.Authorizations.Discovery;

namespace ClariBI.Connector.Tests.Authorizations;

public sealed class DiscoveryParsingTests
{
    [Theory]
    [InlineData("""Bearer realm="OAuth", resource_metadata="https://a.example/x", error="invalid_request" """, "https://a.example/x")]
    [InlineData("""Bearer error_description="Missing, or \"odd\" header", resource_metadata="https://a.example/x" """, "https://a.example/x")]
    [InlineData("""Basic realm="a, b", Bearer resource_metadata=https://a.example/x""", "https://a.example/x")]
    [InlineData("""bearer RESOURCE_METADATA = "https://a.example/x" """, "https://a.example/x")]
    [InlineData("""Bearer realm="x", DPoP resource_metadata="https://evil.example" """, null)]
    [InlineData("""Basic resource_metadata="https://evil.example" """, null)]
    [InlineData("Bearer", null)]
    [InlineData("Bearer =\"", null)]
    [InlineData("", null)]
    public void The_challenge_is_read_as_quoted_strings(string header, string? expected) =>
        BearerChallenge.Parse(header)?.GetValueOrDefault("resource_metadata").ShouldBe(expected);

    [Fact]
    public void A_challenge_made_of_signs_is_read_to_its_end() =>
        BearerChallenge.Parse($"Bearer error=x, {new string('=', 100_000)}{new string('"', 100_000)} resource_metadata=\"https://a.example/x\"")
            !["resource_metadata"].ShouldBe("https://a.example/x");

    [Theory]
    [InlineData("https://a.example", true)]
    [InlineData("https://A.example/", true)]
    [InlineData("https://a.example/mcp", true)]
    [InlineData("https://a.example/mcp/", true)]
    [InlineData("https://a.example/mc", false)]
    [InlineData("https://a.example/mcp/deeper", false)]
    [InlineData("https://a.example:8443", false)]
    [InlineData("http://a.example", false)]
    [InlineData("https://b.example", false)]
    [InlineData("https://a.example.evil.example", false)]
    [InlineData("https://a.example/?x=1", false)]
    [InlineData("not an address", false)]
    public void A_resource_covers_its_own_origin_and_path(string resource, bool covers) =>
        WellKnown.Covers(resource, new Uri("https://a.example/mcp")).ShouldBe(covers);

    [Fact]
    public void Metadata_is_looked_for_in_the_order_of_the_specification()
    {
        WellKnown.ProtectedResource(new Uri("https://a.example/mcp")).Select(address => address.AbsolutePath).ShouldBe(
            ["/.well-known/oauth-protected-resource/mcp", "/.well-known/oauth-protected-resource"]);
        WellKnown.AuthorizationServer(new Uri("https://a.example/t1")).Select(address => address.AbsolutePath).ShouldBe(
            ["/.well-known/oauth-authorization-server/t1", "/.well-known/openid-configuration/t1", "/t1/.well-known/openid-configuration"]);
        WellKnown.AuthorizationServer(new Uri("https://a.example")).Count().ShouldBe(2);
    }

    [Theory]
    [InlineData("""{"user":{"defaultAppId":"1"},"organization":{"name":"Acme"},"projects":[{"appId":"1","name":"Web"}]}""", "Acme", "1")]
    [InlineData("""{"organization":{"name":"Acme"},"projects":[{"projectId":7,"name":"Web","timezone":"UTC"}]}""", "Acme", "7")]
    [InlineData("""{"orgName":"Acme","projects":[{"project_id":"7"},{"name":"no id"}]}""", "Acme", "7")]
    [InlineData("""{"projects":"none"}""", null, null)]
    public void An_account_is_read_by_the_names_its_fields_have(string text, string? organization, string? project)
    {
        var account = AccountReading.Read(text)!;

        account.Organization.ShouldBe(organization);
        account.Projects.Select(found => found.Id).ShouldBe(project is null ? [] : [project]);
    }

    [Theory]
    [InlineData("nothing of the kind")]
    [InlineData("[1]")]
    public void Something_else_is_no_account(string text) => AccountReading.Read(text).ShouldBeNull();
}
