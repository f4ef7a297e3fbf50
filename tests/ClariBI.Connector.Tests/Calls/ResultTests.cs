using System.Text.Json.Nodes;
using ClariBI.Connector.Tests.Hosting;
using ClariBI.Contracts.Connector;

namespace ClariBI.Connector.Tests.Calls;

public sealed class ResultTests : IAsyncLifetime
{
    private readonly ConnectorHost host = new() { Settings = { ["Connector:LargestRows"] = "10" } };

    public ValueTask InitializeAsync() => host.InitializeAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Rows_beyond_the_limit_are_left_out_whole_and_counted()
    {
        var bench = await CallBench.ConnectAsync(host);
        var rows = new JsonArray([.. Enumerable.Range(0, 25).Select(row => new JsonArray(row, $"žluť {row}"))]);
        bench.Answers(new JsonObject { ["rows"] = rows, ["labels"] = new JsonArray([.. Enumerable.Range(0, 25)]), ["total"] = 25 }.ToJsonString());

        var completed = await bench.CompletedAsync();

        (completed.TruncatedRows, completed.TotalRows).ShouldBe((15, 25));
        var kept = JsonNode.Parse(completed.Text)!;
        (kept["rows"]!.AsArray().Count, kept["labels"]!.AsArray().Count, (int)kept["total"]!).ShouldBe((10, 10, 25));
        (await bench.LogAsync())[0].GetProperty("truncatedRows").GetInt32().ShouldBe(15);
    }

    [Fact]
    public async Task Csv_keeps_its_header_and_cells_with_line_breaks()
    {
        var bench = await CallBench.ConnectAsync(host);
        bench.Answers("name,count\n" + string.Concat(Enumerable.Range(0, 12).Select(row => $"\"a\nb\",{row}\n")));

        var completed = await bench.CompletedAsync();

        (completed.TruncatedRows, completed.TotalRows).ShouldBe((2, 12));
        completed.Text.ShouldStartWith("name,count\n");
        completed.Text.ShouldEndWith("\"a\nb\",9");
    }

    [Fact]
    public async Task Results_within_the_limit_are_passed_on_as_they_are()
    {
        var bench = await CallBench.ConnectAsync(host);
        const string Text = """{ "rows" : [ {"a": 1.50, "b": "ž"} ],  "total": 1 }""";
        bench.Answers(Text);

        var completed = await bench.CompletedAsync();

        (completed.Text, completed.TruncatedRows, completed.TotalRows).ShouldBe((Text, null, null));
    }

    [Theory]
    [InlineData("a\u202Eb\u200Bc\u2066d", "abcd")]
    [InlineData("tag\U000E0041\U000E007Fs", "tags")]
    [InlineData("{\"a\":\"x\\u200bz\\udb40\\udc41\"}", "{\"a\":\"xz\"}")]
    [InlineData("{\"a\":\"x\\\\u200bz\"}", "{\"a\":\"x\\\\u200bz\"}")]
    [InlineData("👨\u200D👩 می\u200Cخواهم\ttab", "👨\u200D👩 می\u200Cخواهم\ttab")]
    public async Task What_nobody_can_see_is_taken_out(string sent, string expected)
    {
        var bench = await CallBench.ConnectAsync(host);
        bench.Answers(sent);

        (await bench.CompletedAsync()).Text.ShouldBe(expected);
    }

    [Fact]
    public async Task Structured_content_comes_before_text()
    {
        var bench = await CallBench.ConnectAsync(host);
        bench.Answers(Structured(new JsonObject { ["total"] = 7 }, "Seven in all."));

        (await bench.CompletedAsync()).Text.ShouldBe("""{"total":7}""");
    }

    [Theory]
    [InlineData("""{"total":7,"rows":[{"n":1}]}""", true)]
    [InlineData("""{"total":"many"}""", false)]
    [InlineData("""{"rows":[]}""", false)]
    [InlineData("""{"total":7,"rows":[{"n":"x"}]}""", false)]
    public async Task A_result_has_the_form_that_its_tool_publishes(string structured, bool valid)
    {
        Publish("""
            {"type":"object","required":["total"],"properties":{"total":{"type":"integer","minimum":0},"rows":{"type":"array","items":{"$ref":"#/$defs/row"}}},
             "$defs":{"row":{"type":"object","properties":{"n":{"type":"number"}}}}}
            """);
        var bench = await CallBench.ConnectAsync(host);
        bench.Answers(Structured(JsonNode.Parse(structured)!.AsObject(), "In words."));

        if (valid)
        {
            (await bench.CompletedAsync()).Text.ShouldBe(structured);
            return;
        }

        var failed = await bench.FailedAsync();
        failed.Reason.ShouldBe(ToolCallFailure.VendorUnavailable);
        failed.Message.ShouldContain("form that it publishes");
        (await bench.SourceAsync()).GetProperty("state").GetString().ShouldBe("connected");
    }

    [Fact]
    public async Task Text_that_follows_the_schema_stands_in_for_structured_content_that_does_not()
    {
        Publish("""{"type":"object","required":["total"]}""");
        var bench = await CallBench.ConnectAsync(host);
        bench.Answers(Structured([], """{"total":3}"""));

        (await bench.CompletedAsync()).Text.ShouldBe("""{"total":3}""");
    }

    [Theory]
    [InlineData("""{"$ref":"#"}""")]
    [InlineData("""{"allOf":[{"$ref":"#/allOf/0"}]}""")]
    [InlineData("""{"properties":{"total":{"type":"string","pattern":"^(a+)+$"}}}""")]
    public async Task A_schema_that_cannot_be_checked_is_not_held_against_the_result(string schema)
    {
        Publish(schema);
        var bench = await CallBench.ConnectAsync(host);
        bench.Answers(Structured(new JsonObject { ["total"] = new string('a', 60) + "!" }, ""));

        (await bench.CompletedAsync()).Text.ShouldContain("aaa");
    }

    [Fact]
    public async Task What_would_have_to_be_fetched_is_noted_and_not_fetched()
    {
        var bench = await CallBench.ConnectAsync(host);
        bench.Answers(new JsonObject
        {
            ["content"] = new JsonArray(
                new JsonObject { ["type"] = "text", ["text"] = "See the picture." },
                new JsonObject { ["type"] = "image", ["data"] = "AAAA", ["mimeType"] = "image/png" },
                new JsonObject { ["type"] = "resource_link", ["uri"] = $"{host.Vendor.Url}/secret", ["name"] = "link" }),
        });

        (await bench.CompletedAsync()).Text.ShouldBe("See the picture.");

        var detail = (await bench.LogAsync())[0].GetProperty("detail").GetString()!;
        detail.ShouldContain("image");
        detail.ShouldContain("resource_link");
    }

    private void Publish(string outputSchema) =>
        host.Vendor.Tools.Single(tool => (string?)tool!["name"] == CallBench.Idempotent)!["outputSchema"] = JsonNode.Parse(outputSchema);

    private static JsonObject Structured(JsonObject structured, string text)
    {
        var result = TestVendor.Text(text);
        result["structuredContent"] = structured;
        return result;
    }
}
