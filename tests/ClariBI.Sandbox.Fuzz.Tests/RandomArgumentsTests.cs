using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace ClariBI.Sandbox.Fuzz.Tests;

/// <summary>
/// Thousands of random tool arguments: each is answered in Amplitude's form, in time, and the server logs no error. CLARIBI_FUZZ_SEED and CLARIBI_FUZZ_CALLS
/// choose other ones; a call is a function of the seed and its number alone.
/// </summary>
public sealed class RandomArgumentsTests(ITestOutputHelper output)
{
    private static readonly int Seed = Setting("CLARIBI_FUZZ_SEED", 20261122);

    [Theory]
    [InlineData("gen3", 10_000)]
    [InlineData("gen2", 2_000)]
    public async Task Random_arguments_are_answered_or_refused(string profile, int calls)
    {
        calls = Setting("CLARIBI_FUZZ_CALLS", calls);
        await using var sandbox = new FuzzedSandbox(("profile", profile));
        var wires = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => sandbox.ConnectAsync()));
        var tools = await wires[0].ListAsync();
        var words = await WordsAsync(wires[0], tools);
        var outcomes = new ConcurrentBag<Outcome>();
        var watch = Stopwatch.StartNew();

        await Parallel.ForEachAsync(Enumerable.Range(0, calls), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (number, _) =>
            outcomes.Add(await CallAsync(wires[number % 4], number, tools, words)));

        output.WriteLine($"{profile}: seed {Seed}, {calls} calls of {tools.Count} tools in {watch.Elapsed.TotalSeconds:0} s; {Share(outcomes, outcome => outcome.Fits)} fit the schema, {Share(outcomes, outcome => outcome.Reply.IsAnswer)} were answered ({Share([.. outcomes.Where(outcome => IsQuery(outcome.Tool))], outcome => outcome.Reply.IsAnswer)} of the queries)");
        foreach (var group in outcomes.Where(outcome => outcome.Fits && !outcome.Reply.IsAnswer).GroupBy(outcome => $"{outcome.Tool}: {Short(outcome.Reply.Text ?? outcome.Reply.Body, 130)}").OrderByDescending(group => group.Count()).Take(10))
        {
            output.WriteLine($"refused {group.Count()} times: {group.Key}");
        }

        foreach (var slow in outcomes.OrderByDescending(outcome => outcome.Took).Take(5))
        {
            output.WriteLine($"{slow.Took.TotalMilliseconds:0} ms: {slow.Tool} {Short(slow.Arguments, 600)}");
        }

        (await FaultsAsync(sandbox, wires[0], [.. outcomes.Where(outcome => outcome.Fault is not null)])).ShouldBeEmpty($"seed {Seed}");
        sandbox.Errors.ShouldBeEmpty($"seed {Seed}");
        outcomes.Count(outcome => outcome.Fits).ShouldBeGreaterThanOrEqualTo(calls * 3 / 10);
        outcomes.Count(outcome => outcome.Reply.IsAnswer).ShouldBeGreaterThanOrEqualTo(calls * 3 / 20, "arguments that reach the engine");
    }

    private static async Task<Outcome> CallAsync(McpWire wire, int number, IReadOnlyList<ListedTool> tools, Words words)
    {
        var random = new Random(unchecked((Seed * 31) + (number * 7919)));
        var queries = tools.Where(tool => IsQuery(tool.Name)).ToArray();
        var tool = random.Next(10) < 6 && queries.Length > 0 ? queries[random.Next(queries.Length)] : tools[random.Next(tools.Count)];
        var arguments = new Arguments(words, random).For(tool);
        var watch = Stopwatch.StartNew();
        var reply = await wire.CallAsync(tool.Name, arguments);
        var fits = Fits(tool, arguments);
        var fault = reply.Fault() ?? (fits || !reply.IsAnswer ? null : $"arguments that do not fit the schema were taken: {reply.Body[..Math.Min(200, reply.Body.Length)]}");
        return new(number, tool.Name, arguments, fits, reply, fault, watch.Elapsed);
    }

    private static bool Fits(ListedTool tool, string arguments)
    {
        try
        {
            return Schema.Fits(tool.Schema, JsonElement.Parse(arguments, new() { MaxDepth = 1000 }));
        }
        catch (Exception error) when (error is InvalidOperationException or JsonException)
        {
            // Half a surrogate pair cannot be read.
            return false;
        }
    }

    /// <summary>One line for each different fault. The call is made again alone: what is logged then belongs to it, and an answer that only came late in the crowd is no fault.</summary>
    private static async Task<string[]> FaultsAsync(FuzzedSandbox sandbox, McpWire wire, Outcome[] outcomes)
    {
        var found = new Dictionary<string, (int Count, string Line)>();
        foreach (var outcome in outcomes.OrderBy(outcome => outcome.Number).Take(400))
        {
            var before = sandbox.Errors.Count;
            var again = await wire.CallAsync(outcome.Tool, outcome.Arguments);
            var fault = outcome.Reply.Status == 0 ? again.Fault() : outcome.Fault;
            if (fault is not null)
            {
                var logged = string.Join('\n', sandbox.Errors.Skip(before).Take(1).SelectMany(text => text.Split('\n')).Where(line => !line.Contains(" Microsoft.", StringComparison.Ordinal)).Take(6));
                var key = logged.Length > 0 ? logged : fault;
                found[key] = found.TryGetValue(key, out var seen) ? (seen.Count + 1, seen.Line) : (1, $"call {outcome.Number}: {outcome.Tool} {Short(outcome.Arguments, 1500)}\n  {fault}\n  {logged}");
            }
        }

        return [.. found.Values.OrderByDescending(fault => fault.Count).Select(fault => $"{fault.Count} times, first {fault.Line}")];
    }

    private static async Task<Words> WordsAsync(McpWire wire, IReadOnlyList<ListedTool> tools)
    {
        var search = tools.First(tool => tool.Name is "search_amp_entities" or "search").Name;
        var ids = new Dictionary<string, string[]>();
        foreach (var type in new[] { "chart", "cohort", "dashboard", "notebook", "experiment", "metric" })
        {
            ids[type] = await wire.FindAsync(search, "100001", type.ToUpperInvariant(), "id");
        }

        return new()
        {
            Projects = ["100001", "100001", "100001", .. await ProjectsAsync(wire, tools)],
            Events = await wire.FindAsync(search, "100001", "EVENT", "name"),
            Named = [.. await wire.FindAsync(search, "100001", "EVENT_PROPERTY", "name"), .. await wire.FindAsync(search, "100001", "USER_PROPERTY", "name")],
            Ids = ids,
        };
    }

    private static async Task<string[]> ProjectsAsync(McpWire wire, IReadOnlyList<ListedTool> tools)
    {
        var context = tools.First(tool => tool.Name is "get_amplitude_context" or "get_context").Name;
        return [.. JsonElement.Parse((await wire.CallAsync(context, "{}")).Text!).GetProperty("projects").EnumerateArray().Select(project => project.GetProperty("appId").ToString())];
    }

    private static bool IsQuery(string tool) => tool.StartsWith("query_", StringComparison.Ordinal);

    private static string Share(IReadOnlyCollection<Outcome> outcomes, Func<Outcome, bool> of) => $"{100.0 * outcomes.Count(of) / outcomes.Count:0} %";

    private static string Short(string text, int length) => text.Length > length ? text[..length] + " …" : text;

    private static int Setting(string name, int otherwise) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    private sealed record Outcome(int Number, string Tool, string Arguments, bool Fits, WireReply Reply, string? Fault, TimeSpan Took);
}
