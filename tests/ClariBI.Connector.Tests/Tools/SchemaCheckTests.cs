using System.Text.Json;
using ClariBI.Connector.Tools;

namespace ClariBI.Connector.Tests.Tools;

/// <summary>The one check of values against vendors' schemas, for arguments (shape) and for results (whole).</summary>
public sealed class SchemaCheckTests
{
    private const string Doubling = """{"allOf":[{"$ref":"#/$defs/a"},{"$ref":"#/$defs/a"}],"$defs":{"a":{"allOf":[{"$ref":"#/$defs/a"},{"$ref":"#/$defs/a"}]}}}""";

    [Theory]
    [InlineData("""{"required":["id"]}""", "{}", "id is missing")]
    [InlineData("""{"properties":{"a":{"properties":{"b":{"items":{"type":"integer"}}}}}}""", """{"a":{"b":[1,"x"]}}""", "a.b[1] has the wrong type (integer is expected)")]
    [InlineData("""{"properties":{"a":{"type":["string","null"]}}}""", """{"a":1}""", "a has the wrong type (string or null is expected)")]
    [InlineData("""{"properties":{"a":{"const":"x"}}}""", """{"a":"y"}""", "a is none of the values it takes")]
    [InlineData("""{"properties":{"a":{"anyOf":[{"type":"string"},{"enum":[1]}]}}}""", """{"a":2}""", "a fits none of the forms it takes")]
    [InlineData("""{"properties":{"a":{"allOf":[{"$ref":"#/$defs/s"}]}},"$defs":{"s":{"type":"string"}}}""", """{"a":1}""", "a has the wrong type (string is expected)")]
    [InlineData("""{"properties":{"a":{"additionalProperties":false,"properties":{"b":{}}}}}""", """{"a":{"c":1}}""", "there is no a.c")]
    [InlineData("""{"type":"object"}""", "[]", "the whole of it has the wrong type (object is expected)")]
    public void The_fault_says_where_it_is(string schema, string value, string sentence)
    {
        Find(schema, value, SchemaDepth.Shape).ShouldBe(sentence);
        Find(schema, value, SchemaDepth.Whole).ShouldBe(sentence);
    }

    [Theory]
    [InlineData("""{"properties":{"a":{"minimum":5}}}""", """{"a":1}""")]
    [InlineData("""{"properties":{"a":{"maxLength":1}}}""", """{"a":"xyz"}""")]
    [InlineData("""{"properties":{"a":{"pattern":"^b"}}}""", """{"a":"xyz"}""")]
    [InlineData("""{"oneOf":[{},{}]}""", "{}")]
    [InlineData("""{"not":{}}""", "{}")]
    public void Rules_beyond_the_shape_are_held_against_results_only(string schema, string value)
    {
        Find(schema, value, SchemaDepth.Shape).ShouldBeNull();
        Find(schema, value, SchemaDepth.Whole).ShouldNotBeNull();
    }

    [Theory]
    [InlineData(Doubling)]
    [InlineData("""{"$ref":"#"}""")]
    [InlineData("""{"anyOf":[{"$ref":"#"}]}""")]
    [InlineData("""{"properties":{"a":{"$ref":"https://127.0.0.1:1/x"}}}""")]
    [InlineData("""{"properties":{"a":{"$ref":"#/nowhere"}}}""")]
    [InlineData("""{"properties":{"a":{"type":"nonsense"}}}""")]
    [InlineData("""{"properties":[1],"additionalProperties":{}}""")]
    [InlineData("""{"properties":{"a":{"pattern":"^(a+)+$"}}}""")]
    [InlineData("""{"properties":{"a":{"pattern":"("}}}""")]
    [InlineData("""{"properties":{"a":{"type":{}}}}""")]
    [InlineData("""{"properties":{"a":{"type":[1]}}}""")]
    [InlineData("""{"properties":{"a":{"enum":"x"}}}""")]
    [InlineData("""{"properties":{"a":{"anyOf":[]}}}""")]
    [InlineData("""{"properties":{"a":{"oneOf":{}}}}""")]
    public async Task What_cannot_be_said_is_not_held_against_the_value_and_takes_little_time(string schema)
    {
        var value = $$"""{"a":"{{new string('a', 60)}}!"}""";
        foreach (var depth in new[] { SchemaDepth.Shape, SchemaDepth.Whole })
        {
            (await Task.Run(() => Find(schema, value, depth), TestContext.Current.CancellationToken)
                .WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken)).ShouldBeNull();
        }
    }

    [Fact]
    public void Half_a_character_is_no_crash() =>
        Find("""{"properties":{"a":{"minLength":9}}}""", """{"a":"\ud800"}""", SchemaDepth.Whole).ShouldBeNull();

    [Fact]
    public void Ten_thousand_listed_values_are_looked_through()
    {
        var schema = $"{{\"properties\":{{\"a\":{{\"enum\":[{string.Join(',', Enumerable.Range(0, 10_000))}]}}}}}}";

        Find(schema, """{"a":9999}""", SchemaDepth.Shape).ShouldBeNull();
        Find(schema, """{"a":10000}""", SchemaDepth.Shape).ShouldBe("a is none of the values it takes");
    }

    /// <summary>Each step is short; there are hundreds of millions of them, or each takes its milliseconds.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Many_dear_steps_come_to_an_end(bool listed)
    {
        var rule = listed ? $"\"enum\":[{string.Join(',', Enumerable.Range(0, 20_000))}]" : "\"pattern\":\"^([ab]*[ac]*[ad]*x|a*)$\"";
        var item = listed ? "19999" : $"\"{new string('a', 150)}\"";
        var value = $"[{string.Join(',', Enumerable.Repeat(item, 20_000))}]";

        (await Task.Run(() => Find($"{{\"items\":{{{rule}}}}}", value, SchemaDepth.Whole), TestContext.Current.CancellationToken)
            .WaitAsync(TimeSpan.FromSeconds(8), TestContext.Current.CancellationToken)).ShouldBeNull();
    }

    private static string? Find(string schema, string value, SchemaDepth depth) =>
        SchemaCheck.Find(JsonSerializer.Deserialize<JsonElement>(schema), JsonSerializer.Deserialize<JsonElement>(value), depth)?.Sentence;
}
