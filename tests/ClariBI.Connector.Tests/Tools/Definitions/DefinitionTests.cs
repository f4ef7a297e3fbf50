using System.Text.Json;
using ClariBI.Connector.Tools;
using ClariBI.Connector.Tools.Definitions;

namespace ClariBI.Connector.Tests.Tools.Definitions;

public sealed class DefinitionTests
{
    private const string Schema = """{"type":"object","properties":{"id":{"type":"string","description":"The id."},"kind":{"enum":["a","b"]}}}""";

    [Fact]
    public void The_hash_does_not_depend_on_how_the_json_is_written()
    {
        var other = Tool("""{ "properties": {"kind": {"enum": ["a", "b"]}, "id": {"description": "The \u0069d.", "type": "string"} }, "type": "object" }""");

        ToolDefinition.Of(other).Hash.ShouldBe(ToolDefinition.Of(Tool(Schema)).Hash);
    }

    [Fact]
    public void Everything_a_vendor_says_of_a_tool_changes_the_hash()
    {
        var tool = Tool(Schema);
        PublishedTool[] others =
        [
            tool with { Name = "get_thing2" }, tool with { Title = "Thing" }, tool with { Description = "Else." }, tool with { Description = null },
            tool with { InputSchema = Json(Schema.Replace("The id.", "The id!", StringComparison.Ordinal)) }, tool with { OutputSchema = Json("{}") },
            tool with { ReadOnlyHint = false }, tool with { ReadOnlyHint = null }, tool with { DestructiveHint = true }, tool with { IdempotentHint = true },
            tool with { OpenWorldHint = true }, tool with { AccessLevels = ["read"] }, tool with { AccessLevels = [] },
        ];

        others.Append(tool).Select(one => ToolDefinition.Of(one).Hash).Distinct().Count().ShouldBe(others.Length + 1);
    }

    [Fact]
    public void A_definition_can_be_read_back()
    {
        var tool = Tool(Schema) with { Title = "T", OutputSchema = Json("{}"), AccessLevels = ["read"], IdempotentHint = true, OpenWorldHint = false };
        var definition = ToolDefinition.Of(tool);

        ToolDefinition.Of(ToolDefinition.Read(definition.Json)).ShouldBe(definition);
    }

    [Fact]
    public void A_diff_names_what_came_and_what_went()
    {
        var before = ToolDefinition.Of(Tool(Schema)).Json;
        var changed = Tool(
            """{"type":"object","properties":{"id":{"type":"string","description":"The id\u200b!"},"kind":{"enum":["b","delete"]},"x.y":{"type":"boolean"}}}""");
        var after = ToolDefinition.Of(changed with { ReadOnlyHint = false }).Json;

        DefinitionDiff.Between(before, after).ShouldBe(
            [
                new("annotations.readOnlyHint", "true", "false"),
                new("inputSchema.properties.id.description", "The id.", "The id⟨U+200B⟩!"),
                new("inputSchema.properties.kind.enum", "a", null),
                new("inputSchema.properties.kind.enum", null, "delete"),
                new("inputSchema.properties[“x.y”]", null, """{"type":"boolean"}"""),
            ],
            ignoreOrder: true);
        DefinitionDiff.Between(before, before).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"enum":["a","b"]}""", """{"enum":["b","a"]}""")]
    [InlineData("""{"enum":["1"]}""", """{"enum":[1]}""")]
    [InlineData("""{"anyOf":[{"type":"string"}]}""", """{"anyOf":[{"type":"string"},{"type":"number"}]}""")]
    [InlineData("""{"default":null}""", "{}")]
    public void No_difference_is_lost(string before, string after)
    {
        var (old, now) = (ToolDefinition.Of(Tool($$$"""{"properties":{"a":{{{before}}}}}""")), ToolDefinition.Of(Tool($$$"""{"properties":{"a":{{{after}}}}}""")));

        old.Hash.ShouldNotBe(now.Hash);
        DefinitionDiff.Between(old.Json, now.Json).ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("true")]
    [InlineData("null")]
    [InlineData("\"object\"")]
    [InlineData("""{"type":"array"}""")]
    [InlineData("""{"type":["string","null"]}""")]
    [InlineData("""{"properties":{"a":{"$ref":"https://evil.example/schema.json"}}}""")]
    [InlineData("""{"properties":{"a":{"$ref":"other.json#/x"}}}""")]
    [InlineData("""{"properties":{"default":{"$ref":"//evil.example"}}}""")]
    [InlineData("""{"$defs":{"a":{"$dynamicRef":"file:///etc/passwd"}}}""")]
    [InlineData("""{"properties":{"a\u200b":{"type":"string"}}}""")]
    [InlineData("""{"properties":{"a":{},"\u0061":{}}}""")]
    public void A_schema_that_cannot_be_used_is_told_apart(string schema)
    {
        ToolDefinition.Of(Tool(schema)).Flaw.ShouldNotBeNullOrEmpty();
        CleanTool.Of(Tool(schema)).Description.ShouldBe("A thing.");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"type":["object","null"]}""")]
    [InlineData("""{"$schema":"https://json-schema.org/draft/2020-12/schema","properties":{"a":{"$ref":"#/$defs/a"}},"$defs":{"a":{"type":"string"}}}""")]
    [InlineData("""{"properties":{"$ref":{"type":"string"},"default":{"type":"string"}}}""")]
    public void A_usable_schema_has_no_flaw(string schema)
    {
        ToolDefinition.Of(Tool(schema)).Flaw.ShouldBeNull();
        CleanTool.Of(Tool(schema)).InputSchema.GetProperty("type").GetString().ShouldBe("object");
    }

    [Fact]
    public void Depth_and_size_have_ends()
    {
        var deep = $"{string.Concat(Enumerable.Repeat("""{"items":""", 40))}{{}}{new string('}', 40)}";

        ToolDefinition.Of(Tool($$$"""{"properties":{"a":{{{deep}}}}}""")).Flaw!.ShouldContain("nested");
        ToolDefinition.Of(Tool($$"""{"title":"{{new string('x', 70_000)}}"}""")).Flaw!.ShouldContain("64 KB");
        ToolDefinition.Of(Tool("{}") with { Description = new string('x', 70_000) }).Flaw!.ShouldContain("64 KB");
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("a/../b")]
    [InlineData("a//b")]
    [InlineData("a%2Fb")]
    [InlineData("get_x\n")]
    [InlineData("get_\u200bx")]
    [InlineData("gеt_x")]
    public void A_name_that_is_none_is_a_flaw(string name) => ToolDefinition.Of(Tool("{}") with { Name = name }).Flaw!.ShouldContain("name");

    [Fact]
    public void Model_names_fit_and_stay_apart()
    {
        string[] names = ["get_x", "a/b", "a.b", "a b", new string('n', 100) + "1", new string('n', 100) + "2", new string('m', 64)];
        var first = ModelNames.Of(names);
        var hostile = first["a/b"];

        first["get_x"].ShouldBe("get_x");
        first[new string('m', 64)].ShouldBe(new string('m', 64));
        first.Values.Distinct().Count().ShouldBe(names.Length);
        first.Values.ShouldAllBe(name => System.Text.RegularExpressions.Regex.IsMatch(name, @"\A[A-Za-z0-9_-]{1,64}\z"));
        ModelNames.Of(names.Reverse()).OrderBy(pair => pair.Key).ShouldBe(first.OrderBy(pair => pair.Key));

        var collided = ModelNames.Of([.. names, hostile]);
        collided[hostile].ShouldBe(hostile);
        collided["a/b"].ShouldNotBe(hostile);
    }

    private static PublishedTool Tool(string schema) => new("get_thing", null, "A thing.", Json(schema), true, false, null);

    private static JsonElement Json(string text) => JsonSerializer.Deserialize<JsonElement>(text);
}
