using System.Text.Json;
using ClariBI.Connector.Tools;

namespace ClariBI.Connector.Tests.Tools;

/// <summary>Tools that read or write depending on an argument; each claims to be read-only.</summary>
public sealed class MultiplexerTests
{
    [Theory]
    [InlineData("things", """{"properties":{"action":{"enum":["get","create"]}}}""")]
    [InlineData("things", """{"properties":{"operation":{"anyOf":[{"const":"list"},{"const":"remove_item"}]}}}""")]
    [InlineData("things", """{"properties":{"action":{"$ref":"#/$defs/Action"}},"$defs":{"Action":{"enum":["READ","DELETE"]}}}""")]
    [InlineData("things", """{"properties":{"request":{"type":"object","properties":{"method":{"enum":["GET","POST"]}}}}}""")]
    [InlineData("things", """{"properties":{"operations":{"type":"array","items":{"type":"object","properties":{"op":{"enum":["get","set"]}}}}}}""")]
    [InlineData("things", """{"properties":{"action":{"type":"string","description":"One of: get, list, create, delete"}}}""")]
    [InlineData("things", """{"properties":{"mode":{"type":"string","description":"Use 'view' or 'update'."}}}""")]
    [InlineData("things", """{"properties":{"type":{"enum":["list","create"]}}}""")]
    [InlineData("get_things", """{"required":["action"],"properties":{"action":{"enum":["get","create"]}}}""")]
    [InlineData("get_things", """{"properties":{"create_if_missing":{"type":"boolean"}}}""")]
    [InlineData("browser", """{"properties":{"command":{"type":"string"}}}""")]
    [InlineData("sandbox", """{"properties":{"code":{"type":"string"}}}""")]
    [InlineData("gateway", """{"properties":{"tool_name":{"type":"string"},"arguments":{"type":"object"}}}""")]
    public void A_tool_that_can_do_both_is_refused_whole(string name, string schema) => Judge(name, schema).Verdict.ShouldBe(Verdict.Refused, schema);

    [Theory]
    [InlineData("things", """{"properties":{"action":{"enum":["get","list"]}}}""")]
    [InlineData("get_audit_log", """{"properties":{"action":{"enum":["created","deleted"]}}}""")]
    [InlineData("list_events", """{"properties":{"type":{"enum":["push","create","release"]}}}""")]
    [InlineData("search_code", """{"properties":{"query":{"type":"string"},"code":{"type":"string"}}}""")]
    [InlineData("describe_tool", """{"properties":{"toolName":{"type":"string"}}}""")]
    [InlineData("list_things", """{"properties":{"include_archived":{"type":"boolean"},"mode":{"enum":["summary","full"]}}}""")]
    [InlineData("run_query", """{"properties":{"query":{"type":"string"}}}""")]
    public void A_tool_that_only_reads_is_admitted(string name, string schema) => Judge(name, schema).Verdict.ShouldBe(Verdict.Allowed, schema);

    private static ToolVerdict Judge(string name, string schema) =>
        ToolPolicy.Judge(new PublishedTool(name, null, null, JsonSerializer.Deserialize<JsonElement>(schema), true, null, null), new PolicyContext([], null));
}
