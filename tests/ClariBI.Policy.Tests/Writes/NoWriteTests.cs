using ClariBI.Connector.Mcp;
using ClariBI.Contracts.Connector;
using ClariBI.Policy.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace ClariBI.Policy.Tests.Writes;

/// <summary>
/// The vendor would allow everything: the account may write, and the grant has the scope. What it then saw is read from its own
/// request log.
/// </summary>
public sealed class NoWriteTests(ITestOutputHelper output)
{
    private const int Seed = 20261122;

    [Theory]
    [InlineData("gen3", 500, 200)]
    [InlineData("gen2", 200, 100)]
    public async Task No_call_out_of_hundreds_writes(string profile, int byHand, int atRandom)
    {
        await using var sandbox = await SandboxProcess.StartAsync(profile);
        await using var writer = await WritingClient.ConnectAsync(sandbox.Address);
        var tools = new ToolAccess(await writer.ListAsync());
        await ProveThatAWriteWouldShowAsync(profile, sandbox, writer, tools);

        Attempt[] attempts = [.. Attempts.ByHand(tools, Seed, byHand), .. Attempts.AtRandom(tools, Seed, atRandom)];
        foreach (var vendor in new[] { WideConnector.Profiled, WideConnector.Unknown })
        {
            await using var connector = await WideConnector.StartAsync(sandbox.Address, vendor);
            var source = await connector.ConnectAsync(vendor);
            await sandbox.ForgetRequestsAsync();

            var refused = await SendAsync(connector, source, attempts);

            var calls = await sandbox.CallsAsync();
            calls.Where(call => tools.IsWrite(call.Tool, call.Arguments)).Select(call => $"{call.Tool} {call.Arguments}").ShouldBeEmpty();
            refused.ShouldBe(attempts.Length - calls.Count, "what was not refused came in at the vendor, and nothing else");
            (await connector.CallAsync(source, tools.Reading.First(name => name.EndsWith("context", StringComparison.Ordinal)), "{}")).ShouldBeOfType<ToolCallCompleted>();
            Measured.Print(output, $"{profile}, {vendor}: {attempts.Length} attempts to write, {refused} refused, {calls.Count} sent as reads, 0 writes in the vendor's log");
        }
    }

    [Fact]
    public async Task Annotations_that_turn_between_list_and_call_open_nothing()
    {
        await using var sandbox = await SandboxProcess.StartAsync("gen3");
        await using var writer = await WritingClient.ConnectAsync(sandbox.Address);
        var tools = new ToolAccess(await writer.ListAsync());
        await using var connector = await WideConnector.StartAsync(sandbox.Address, WideConnector.Profiled);
        var source = await connector.ConnectAsync(WideConnector.Profiled);
        foreach (var tool in tools.Writing.Concat(tools.Mixed))
        {
            await sandbox.FaultAsync(new { kind = "tool_changed", count = 0, tool });
        }

        await sandbox.ForgetRequestsAsync();
        Attempt[] attempts = [.. tools.Writing.Concat(tools.Mixed).SelectMany(tool => new Attempt[] { new(tool, """{"workspace":"1","action":"create","name":"x"}"""), new(tool, """{"workspace":"1","name":"x"}""") })];

        var before = await SendAsync(connector, source, attempts);
        connector.Services.GetRequiredService<ToolInventories>().Forget(source);
        var after = await SendAsync(connector, source, attempts);

        var calls = await sandbox.CallsAsync();
        calls.Where(call => tools.IsWrite(call.Tool, call.Arguments)).ShouldBeEmpty();
        Measured.Print(output, $"changed annotations: {attempts.Length * 2} attempts, {before + after} refused, 0 writes");
    }

    private static async Task<int> SendAsync(WideConnector connector, Guid source, Attempt[] attempts)
    {
        var refused = 0;
        foreach (var attempt in attempts)
        {
            if (await connector.CallAsync(source, attempt.Tool, attempt.Arguments) is ToolCallFailed failed)
            {
                (failed.Reason is ToolCallFailure.RefusedByPolicy or ToolCallFailure.ArgumentsNotAccepted or ToolCallFailure.ToolNotFound).ShouldBeTrue($"{attempt}: {failed}");
                refused++;
            }
        }

        return refused;
    }

    private static async Task ProveThatAWriteWouldShowAsync(string profile, SandboxProcess sandbox, WritingClient writer, ToolAccess tools)
    {
        const string definition = """{"version":3,"andClauses":[{"negated":false,"orClauses":[{"type":"event","type_value":"Order","operator":">=","operator_value":1.0,"time_type":"rolling","time_value":30}]}]}""";
        var (tool, arguments) = profile == "gen3"
            ? ("use_amplitude_cohorts", $$"""{"action":"create","projectId":"7","name":"Keen","definition":{{definition}} }""")
            : ("create_cohort", $$"""{"app_id":"7","name":"Keen","definition":{{definition}} }""");

        var answer = await writer.CallAsync(tool, arguments);

        answer.IsError.ShouldNotBe(true, string.Join(' ', answer.Content));
        (await sandbox.CallsAsync()).Count(call => tools.IsWrite(call.Tool, call.Arguments)).ShouldBe(1, "the log has to show a write that happens");
    }
}
