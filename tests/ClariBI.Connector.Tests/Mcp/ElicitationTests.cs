using System.Text.Json;
using ClariBI.Connector.Mcp;
using ModelContextProtocol.Protocol;

namespace ClariBI.Connector.Tests.Mcp;

public sealed class ElicitationTests
{
    [Fact]
    public async Task It_is_declined_where_the_catalogue_says_nothing()
    {
        var answer = await Elicitations.Handlers(withDefaults: false).ElicitationHandler!(Question("""{"name":{"type":"string","default":"John"}}"""), TestContext.Current.CancellationToken);

        answer.Action.ShouldBe("decline");
    }

    [Fact]
    public void The_proposed_values_are_the_answer()
    {
        var answer = Elicitations.Answer(Question(
            """{"name":{"type":"string","default":"John"},"age":{"type":"integer","default":30},"sure":{"type":"boolean","default":true},"note":{"type":"string"}}"""));

        answer.Action.ShouldBe("accept");
        JsonSerializer.Serialize(answer.Content).ShouldBe("""{"name":"John","age":30,"sure":true}""");
    }

    [Fact]
    public void What_is_required_and_not_proposed_is_declined() =>
        Elicitations.Answer(Question("""{"name":{"type":"string"}}""", "name")).Action.ShouldBe("decline");

    [Fact]
    public void A_page_to_open_is_declined() =>
        Elicitations.Answer(new ElicitRequestParams { Message = "Open", Mode = "url", Url = "https://vendor.example" }).Action.ShouldBe("decline");

    private static ElicitRequestParams Question(string properties, params string[] required) => JsonSerializer.Deserialize<ElicitRequestParams>(
        $$$"""{"message":"?","requestedSchema":{"type":"object","properties":{{{properties}}},"required":{{{JsonSerializer.Serialize(required)}}}}}""",
        ModelContextProtocol.McpJsonUtilities.DefaultOptions)!;
}
