using System.Text.Json;
using ClariBI.Connector.Tools;
using ClariBI.Connector.Tools.Definitions;

namespace ClariBI.Connector.Tests.Tools;

/// <summary>Arguments of tools that are admitted whole.</summary>
public sealed class ArgumentTests
{
    private const string Closed = """
        {"type":"object","additionalProperties":false,"required":["id"],
         "properties":{"id":{"type":"string","pattern":"^(a+)+$"},"limit":{"type":"integer"},"range":{"$ref":"#/$defs/range"}},
         "$defs":{"range":{"type":"object","additionalProperties":false,"properties":{"unit":{"enum":["day","week"]}}}}}
        """;

    [Fact]
    public async Task A_schema_that_refers_to_itself_in_too_many_ways_is_set_aside_and_not_walked()
    {
        var ways = string.Join(',', Enumerable.Repeat("""{"$ref":"#/$defs/a"}""", 100));
        var tool = new PublishedTool(
            "get_report", null, null,
            JsonSerializer.Deserialize<JsonElement>($$$$"""{"type":"object","properties":{"id":{"$ref":"#/$defs/a"}},"$defs":{"a":{"anyOf":[{{{{ways}}}}]}}}"""), true, false, null);

        var definition = await Task.Run(() => ToolDefinition.Of(tool), TestContext.Current.CancellationToken)
            .WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        definition.Flaw!.ShouldContain("refers to itself");
    }

    [Fact]
    public void A_reference_may_lead_into_a_list() =>
        SchemaArguments.Of(JsonSerializer.Deserialize<JsonElement>(
            """{"anyOf":[{"properties":{"mode":{"enum":["get","drop"]}}}],"properties":{"again":{"$ref":"#/anyOf/0/properties/mode"}}}"""))
            .Single(argument => argument.Name == "again").Values.ShouldBe(["get", "drop"]);

    [Theory]
    [InlineData("""{"id":"1"}""")]
    [InlineData("""{"id":"1","limit":5,"range":{"unit":"day"}}""")]
    [InlineData("""{"id":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!"}""")]
    public void What_fits_the_schema_passes(string arguments) => Judge(Closed, arguments).ShouldBeNull();

    [Theory]
    [InlineData("""{"limit":5}""", "id is missing")]
    [InlineData("""{"id":1}""", "wrong type")]
    [InlineData("""{"id":"1","force":true}""", "no argument")]
    [InlineData("""{"id":"1","range":{"unit":"day","delete":true}}""", "there is no")]
    [InlineData("""{"id":"1","range":{"unit":"year"}}""", "none of the values")]
    [InlineData("""{"id":"1","ｉd":"2"}""", "no argument")]
    public void What_does_not_fit_is_refused_with_a_sentence(string arguments, string says) => Judge(Closed, arguments).ShouldNotBeNull().ShouldContain(says);

    [Theory]
    [InlineData("""{"id":"1","force":true}""", "It takes id, limit and range.", false)]
    [InlineData("""{"id":"1","LIMIT":5}""", "Write it “limit”.", false)]
    [InlineData("""{"id":1}""", "wrong type", false)]
    [InlineData("""{"id":"1","Oper_ation":"x"}""", "not sent", true)]
    public void A_name_that_is_wrong_is_told_without_a_suspicion(string arguments, string says, bool isPolicy)
    {
        var tool = new PublishedTool("get_things", null, null, JsonSerializer.Deserialize<JsonElement>(Closed), true, null, null);

        var refusal = CallPolicy.Judge(tool, new ToolVerdict(Verdict.Allowed, PolicyLayer.Annotations, ""), arguments, out _).ShouldNotBeNull();

        refusal.IsPolicy.ShouldBe(isPolicy);
        refusal.Sentence.ShouldContain(says);
    }

    [Theory]
    [InlineData("""{"id":"1","anything":true}""", true)]
    [InlineData("""{"id":"1","ID":"2"}""", false)]
    [InlineData("""{"id":"1","action":"delete"}""", false)]
    [InlineData("""{"id":"1","Oper_ation":"delete"}""", false)]
    [InlineData("""{"id":"1","id":"2"}""", false)]
    public void An_open_schema_takes_other_arguments_but_no_imitations(string arguments, bool passes) =>
        (Judge("""{"type":"object","properties":{"id":{"type":"string"}}}""", arguments) is null).ShouldBe(passes);

    [Theory]
    [InlineData("""{"id":"1","limit":null}""", """{"id":"1"}""")]
    [InlineData("""{"id":"1","limit":null,"note":null,"any":null}""", """{"id":"1","note":null,"any":null}""")]
    [InlineData("""{ "limit": null, "id": "\u00e4", "n": 1.50 }""", """{"id":"\u00e4","n":1.50}""")]
    [InlineData("""{"id":null}""", null)]
    public void A_null_for_what_may_be_left_out_and_takes_none_is_left_out(string arguments, string? sent)
    {
        const string schema = """
            {"type":"object","required":["id"],"properties":{"id":{"type":"string"},"limit":{"type":["integer","number"]},"note":{"type":["string","null"]},"any":{}}}
            """;

        var refusal = Judge(schema, arguments, out var admitted);

        (refusal is null).ShouldBe(sent is not null, refusal);
        if (sent is not null)
        {
            admitted.GetRawText().ShouldBe(sent);
        }
    }

    [Theory]
    [InlineData("""{"type":"object","properties":{"id":{"$ref":"https://127.0.0.1:1/schema.json"}}}""")]
    [InlineData("""{"type":"object","properties":{"id":{"$ref":"file:///etc/passwd"}}}""")]
    [InlineData("""{"type":"object","properties":{"id":{"$ref":"other.json#/x"}}}""")]
    [InlineData("""{"type":"object","properties":{"id":{"$ref":"#/properties/id"}}}""")]
    [InlineData("""{"anyOf":[{"$ref":"#"}]}""")]
    [InlineData("""{"properties":{"id":{"allOf":[{"$ref":"#/$defs/a"},{"$ref":"#/$defs/a"}]}},"$defs":{"a":{"not":{"$ref":"#/$defs/b"}},"b":{"oneOf":[{"$ref":"#/$defs/a"}]}}}""")]
    [InlineData("""{"type":"nonsense"}""")]
    [InlineData("""{"oneOf":[{"properties":{"kind":{"const":"a"}}},{"properties":{"kind":{"const":"b"}}}],"properties":{"kind":{},"id":{}}}""")]
    public void A_schema_that_cannot_be_read_here_is_left_to_the_vendor(string schema) => Judge(schema, """{"id":"1"}""").ShouldBeNull();

    private static string? Judge(string schema, string arguments) => Judge(schema, arguments, out _);

    private static string? Judge(string schema, string arguments, out JsonElement sent) => CallPolicy.Judge(
        new PublishedTool("get_things", null, null, JsonSerializer.Deserialize<JsonElement>(schema), true, null, null),
        new ToolVerdict(Verdict.Allowed, PolicyLayer.Annotations, ""), arguments, out sent)?.Sentence;
}
