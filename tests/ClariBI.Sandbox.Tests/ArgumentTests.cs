namespace ClariBI.Sandbox.Tests;

/// <summary>Arguments against the schemas of the tools: errors in the hosted server's form, and no more strict than JSON Schema.</summary>
public sealed class ArgumentTests(LiveFixture live)
{
    [Theory]
    [InlineData("search_amp_entities", """{"limitPerQuery":10.0}""")]
    [InlineData("search_amp_entities", """{"limitPerQuery":1e1}""")]
    public async Task A_whole_number_may_be_written_with_a_point(string tool, string arguments)
    {
        var wire = await Wire.OpenAsync(live.Sandbox.Us());

        var (isError, text) = await wire.CallAsync(tool, arguments);

        isError.ShouldBeFalse(text);
    }

    [Theory]
    [InlineData("search_amp_entities", """{"limitPerQuery":1.5}""", "limitPerQuery: Input should be an integer")]
    [InlineData("search_amp_entities", """{"limitPerQuery":99999999999}""", "limitPerQuery: Input should be at most ")]
    [InlineData("search_amp_entities", """{"limitPerQuery":1e999}""", "limitPerQuery: Input should be an integer")]
    [InlineData("search_amp_entities", """{"queries":"x"}""", "queries: Input should be an array")]
    [InlineData("search_amp_entities", """{"queries":[null]}""", "queries.0: Input should be a string")]
    [InlineData("get_amplitude_context", """{"projectId":null}""", "projectId: Input should be ")]
    [InlineData("get_amplitude_context", """{"project":"7"}""", "project: Unrecognized key")]
    public async Task A_wrong_argument_is_named(string tool, string arguments, string fault)
    {
        var wire = await Wire.OpenAsync(live.Sandbox.Us());

        var (isError, text) = await wire.CallAsync(tool, arguments);

        isError.ShouldBeTrue();
        text.ShouldStartWith($"MCP error -32602: Input validation error: Invalid arguments for tool {tool}: {fault}");
    }
}
