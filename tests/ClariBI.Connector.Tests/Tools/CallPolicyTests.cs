using System.Text.Json;
using ClariBI.Connector.Tools;

namespace ClariBI.Connector.Tests.Tools;

public sealed class CallPolicyTests
{
    private static readonly PublishedTool Tool = new(
        "use_amplitude_cohorts", null, null,
        JsonSerializer.Deserialize<JsonElement>(
            """{"properties":{"action":{"enum":["list","get","create"]},"projectId":{},"definition":{"type":"object"},"items":{"type":"array"}}}"""),
        false, false, null);

    private static readonly ToolVerdict Narrowed = new(Verdict.Narrowed, PolicyLayer.Profile, "", new Admission("action", ["list", "get"], MayOmit: false));

    [Theory]
    [InlineData("""{"action":"list"}""")]
    [InlineData("""{"action":"get","projectId":"1","definition":{"name":"create"}}""")]
    [InlineData("""{"projectId":"1","action":"get"}""")]
    [InlineData("""{"action":"get","definition":{"action":"get"}}""")]
    public void A_reading_value_passes(string arguments)
    {
        CallPolicy.Judge(Tool, Narrowed, arguments, out var sent).ShouldBeNull();
        sent.GetRawText().ShouldBe(arguments);
    }

    [Theory]
    [InlineData("""{"action":"list","projectId":"\ud800"}""")]
    [InlineData("""{"action":"list","definition":{"a":["\udc00"]}}""")]
    [InlineData("""{"action":"list","\ud800":1}""")]
    public void Text_that_is_no_Unicode_is_refused(string arguments) => CallPolicy.Judge(Tool, Narrowed, arguments, out _).ShouldNotBeNull();

    [Theory]
    [InlineData("""{"action":"create"}""")]
    [InlineData("""{"action":"List"}""")]
    [InlineData("""{"action":"LIST"}""")]
    [InlineData("""{"action":" list"}""")]
    [InlineData("""{"action":"list\u0000"}""")]
    [InlineData("""{"action":"list\u200b"}""")]
    [InlineData("""{"action":"ｌist"}""")]
    [InlineData("""{"action":["list"]}""")]
    [InlineData("""{"action":["list","create"]}""")]
    [InlineData("""{"action":{"$eq":"list"}}""")]
    [InlineData("""{"action":null}""")]
    [InlineData("""{"action":true}""")]
    [InlineData("""{"action":"list","action":"create"}""")]
    [InlineData("""{"action":"create","action":"list"}""")]
    [InlineData("""{"action":"list","\u0061ction":"create"}""")]
    [InlineData("""{"action":"list","Action":"create"}""")]
    [InlineData("""{"action":"list","ACTION":"list"}""")]
    [InlineData("""{"action":"list","action ":"create"}""")]
    [InlineData("""{"action":"list","a_c_t_i_o_n":"create"}""")]
    [InlineData("""{"action":"list","\u200baction":"create"}""")]
    [InlineData("""{"action":"list","ａction":"create"}""")]
    [InlineData("""{"action":"list","operation":"create"}""")]
    [InlineData("""{"action":"list","definition":{"action":"create"}}""")]
    [InlineData("""{"action":"list","definition":{"Action":"create"}}""")]
    [InlineData("""{"action":"list","definition":{"deep":[{"action":["create"]}]}}""")]
    [InlineData("""{"action":"list","items":[{"action":"create"}]}""")]
    [InlineData("""{"action":"get","definition":{"action":"get","action":"create"}}""")]
    [InlineData("{}")]
    [InlineData("""{"projectId":"1"}""")]
    [InlineData("[]")]
    [InlineData("\"list\"")]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("""{"action":"list"} {"action":"create"}""")]
    [InlineData("""{"action":"list",}""")]
    [InlineData("""{"action":"list"/*"create"*/}""")]
    public void A_trick_is_refused(string arguments) =>
        CallPolicy.Judge(Tool, Narrowed, arguments, out _).ShouldNotBeNull();

    [Fact]
    public void Bottomless_nesting_is_refused()
    {
        var arguments = $$"""{"action":"list","definition":{{string.Concat(Enumerable.Repeat("{\"a\":", 5000))}}1{{new string('}', 5000)}}}""";

        CallPolicy.Judge(Tool, Narrowed, arguments, out _).ShouldNotBeNull();
    }

    [Theory]
    [InlineData(3, 0, true)]
    [InlineData(40, 0, false)]
    [InlineData(40, 40, false)]
    [InlineData(200_000, 0, false)]
    public void A_text_that_is_nested_deeper_than_is_looked_at_is_refused(int opened, int closed, bool passes)
    {
        var text = JsonSerializer.Serialize(new string('[', opened) + "1" + new string(']', closed == 0 ? opened : closed - 1));

        var refusal = CallPolicy.Judge(Tool, Narrowed, $$"""{"action":"list","projectId":{{text}}}""", out _);

        (refusal is null).ShouldBe(passes);
        (refusal?.IsPolicy ?? true).ShouldBeTrue();
    }

    [Fact]
    public void A_text_whose_inner_text_is_no_Unicode_is_refused() =>
        CallPolicy.Judge(Tool, Narrowed, """{"action":"list","projectId":"{\"a\":\"\\ud800\"}"}""", out _).ShouldNotBeNull().IsPolicy.ShouldBeTrue();

    [Theory]
    [InlineData("""{"action":"create"}""", true)]
    [InlineData("""{"action":"list","action":"create"}""", true)]
    [InlineData("""{"action":"list","force":true}""", true)]
    [InlineData("""{"action":"list","projectid":"1"}""", true)]
    [InlineData("""{"action":"list","operation":"create"}""", true)]
    [InlineData("""{"action":"list","definition":1}""", false)]
    [InlineData("[]", false)]
    [InlineData("{", false)]
    public void What_might_write_is_told_from_what_only_does_not_fit(string arguments, bool isPolicy) =>
        CallPolicy.Judge(Tool, Narrowed, arguments, out _).ShouldNotBeNull().IsPolicy.ShouldBe(isPolicy);

    [Fact]
    public void A_missing_argument_passes_only_where_the_default_is_known_to_read()
    {
        var known = Narrowed with { Admission = Narrowed.Admission! with { MayOmit = true } };

        CallPolicy.Judge(Tool, known, """{"projectId":"1"}""", out _).ShouldBeNull();
        CallPolicy.Judge(Tool, known, """{"projectId":"1","action":"create"}""", out _).ShouldNotBeNull();
    }

    [Fact]
    public void A_refused_tool_is_refused_with_any_arguments() =>
        CallPolicy.Judge(Tool, new ToolVerdict(Verdict.Refused, PolicyLayer.Name, "It writes."), "{}", out _)!.ShouldBe(CallRefusal.MayWrite("The tool use_amplitude_cohorts is not admitted. It writes."));
}
