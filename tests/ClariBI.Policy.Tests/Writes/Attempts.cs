using System.Text.Json;
using System.Text.Json.Nodes;

namespace ClariBI.Policy.Tests.Writes;

internal readonly record struct Attempt(string Tool, string Arguments);

/// <summary>Calls that try to write past the policy: made by hand, and at random from a seed.</summary>
internal static class Attempts
{
    private static readonly string[] Actions =
    [
        "create", "edit", "update", "delete", "save", "sync", "archive", "share", "enable", "publish", "add_reply", "resolve", "set_config", "rollout", "remove", "bulk_delete",
    ];

    private static readonly string[] Names = ["action", "Action", "ACTION", "action ", " action", "a_c_t_i_o_n", "ａction", "actiоn", "\u200baction", "action\u0000", "operation", "method", "op", "mode", "verb"];

    private static readonly string[] Payloads =
    [
        """{"projectId":"7","name":"x"}""", """{"charts":[{"editId":"e","name":"x"}]}""", """{"chartId":"c","name":"x"}""", """{"ids":["1"],"confirm":true}""", "{}",
    ];

    /// <summary>Every tool that writes, and as many others out of all the tricks as are asked for.</summary>
    public static IEnumerable<Attempt> ByHand(ToolAccess tools, int seed, int count)
    {
        Attempt[] tricks = [.. ByHand(tools)];
        new Random(seed).Shuffle(tricks);
        return tools.Writing.Concat(tools.Mixed).Select(tool => new Attempt(tool, """{"projectId":"7","action":"create","name":"x"}""")).Concat(tricks).Take(count);
    }

    private static IEnumerable<Attempt> ByHand(ToolAccess tools)
    {
        foreach (var tool in tools.Writing)
        {
            foreach (var payload in Payloads)
            {
                yield return new(tool, payload);
            }

            foreach (var renamed in Renamed(tool))
            {
                yield return new(renamed, """{"projectId":"7","name":"x"}""");
            }
        }

        foreach (var attempt in tools.Mixed.SelectMany(Mixed).Concat(tools.Reading.SelectMany(Smuggled)))
        {
            yield return attempt;
        }
    }

    public static IEnumerable<Attempt> AtRandom(ToolAccess tools, int seed, int count)
    {
        var random = new Random(seed);
        string[] names = [.. tools.Writing, .. tools.Mixed, .. tools.Mixed, .. tools.Reading];
        for (var index = 0; index < count; index++)
        {
            var tool = names[random.Next(names.Length)];
            tool = random.Next(5) == 0 ? Renamed(tool).ElementAt(random.Next(Renamed(tool).Count())) : tool;
            yield return new(tool, Arguments(random));
        }
    }

    /// <summary>Spellings that a lenient server might take for the tool.</summary>
    private static IEnumerable<string> Renamed(string tool) =>
    [
        tool.ToUpperInvariant(), $"{char.ToUpperInvariant(tool[0])}{tool[1..]}", $"{tool} ", $" {tool}", $"{tool}\u0000", $"\u200b{tool}", $"{tool}\u202e",
        tool.Replace('_', '-'), tool.Replace("_", "", StringComparison.Ordinal), tool.Replace('e', 'е'), $"get_{tool}", $"list.{tool}", $"amplitude.{tool}",
        $"mcp__amplitude__{tool}", $"get_amplitude_context;{tool}", $"get_amplitude_context\n{tool}", $"../{tool}", string.Concat(tool.Select(letter => letter == '_' ? '_' : (char)(letter + 0xFEE0))),
    ];

    private static IEnumerable<Attempt> Mixed(string tool)
    {
        foreach (var action in Actions)
        {
            var value = JsonSerializer.Serialize(action);
            yield return new(tool, $$"""{"action":{{value}},"projectId":"7","name":"x"}""");
            yield return new(tool, $$"""{"action":"get","action":{{value}}}""");
            yield return new(tool, $$"""{"action":{{value}},"action":"get"}""");
            yield return new(tool, $$"""{"action":"get","definition":{"action":{{value}} } }""");
            yield return new(tool, $$"""{"action":"get","definition":{"steps":[{"deep":{"Action":{{value}} } }] } }""");
            yield return new(tool, $$"""{"action":"get","definition":{{JsonSerializer.Serialize($"{{\"action\":{value}}}")}} }""");
            yield return new(tool, $$"""{"action":["get",{{value}}]}""");
            yield return new(tool, $$"""{"action":{"$eq":{{value}} } }""");
            yield return new(tool, $$"""{"action":{{JsonSerializer.Serialize(action.ToUpperInvariant())}},"name":"x"}""");
            yield return new(tool, $$"""{"action":{{JsonSerializer.Serialize($" {action} ")}},"name":"x"}""");
            yield return new(tool, $$"""{"action":{{JsonSerializer.Serialize($"get,{action}")}},"name":"x"}""");
        }

        foreach (var name in Names.Skip(1))
        {
            yield return new(tool, $$"""{"action":"get",{{JsonSerializer.Serialize(name)}}:"create","name":"x"}""");
            yield return new(tool, $$"""{{{JsonSerializer.Serialize(name)}}:"create","name":"x"}""");
        }
    }

    private static IEnumerable<Attempt> Smuggled(string tool) =>
    [
        new(tool, """{"action":"create","projectId":"7","name":"x"}"""),
        new(tool, """{"projectId":"7","operation":"delete"}"""),
        new(tool, """{"projectId":"7","tool":"save_chart_edits","arguments":{"charts":[]}}"""),
        new(tool, """{"projectId":"7","query":"DELETE FROM charts WHERE 1=1"}"""),
        new(tool, """{"projectId":"7"} {"action":"create"}"""),
    ];

    private static string Arguments(Random random)
    {
        var arguments = new JsonObject();
        for (var count = random.Next(1, 5); count > 0; count--)
        {
            arguments[random.Next(3) == 0 ? $"field{random.Next(9)}" : Names[random.Next(Names.Length)]] = Value(random, 0);
        }

        return arguments.ToJsonString();
    }

    private static JsonNode Value(Random random, int depth) => random.Next(depth > 2 ? 4 : 7) switch
    {
        0 or 1 => Actions[random.Next(Actions.Length)],
        2 => random.Next(2) == 0 ? "get" : "list",
        3 => random.Next(100),
        4 => new JsonArray(Value(random, depth + 1), Value(random, depth + 1)),
        5 => new JsonObject { [Names[random.Next(Names.Length)]] = Value(random, depth + 1) }.ToJsonString(),
        _ => new JsonObject { [Names[random.Next(Names.Length)]] = Value(random, depth + 1), ["name"] = "x" },
    };
}
