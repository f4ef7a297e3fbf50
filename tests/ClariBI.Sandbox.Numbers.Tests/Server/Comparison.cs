using System.Text.Json.Nodes;
using ClariBI.Sandbox.Numbers.Tests.Reading;
using ClariBI.Sandbox.Numbers.Tests.Reference;

namespace ClariBI.Sandbox.Numbers.Tests.Server;

/// <summary>Compares a reply with what was expected, cell by cell, and names the differences. Times of funnels are rounded to milliseconds.</summary>
internal static class Comparison
{
    public static List<string> Differences(Expected expected, JsonNode reply)
    {
        var differences = new List<string>();
        var data = reply["data"];
        if (expected.Rows is { } rows)
        {
            Rows(rows, data?["csvResponse"]?["data"]?.AsArray(), differences);
        }
        else
        {
            var response = data?["jsonResponse"];
            Json(expected.Json!, expected.Json is JsonArray ? response?["data"] : response, "", differences);
        }

        return differences;
    }

    /// <summary>Only what is expected is looked at.</summary>
    public static List<string> Differences(JsonNode expected, JsonNode reply)
    {
        var differences = new List<string>();
        Json(expected, reply, "", differences);
        return differences;
    }

    private static void Rows(List<object?[]> expected, JsonArray? reply, List<string> differences)
    {
        // The first two rows are the title and an empty one.
        var actual = reply?.Skip(2).Select(row => row!.AsArray().ToArray()).ToArray() ?? [];
        if (actual.Length != expected.Count)
        {
            differences.Add($"{expected.Count} rows expected, {actual.Length} came");
        }

        for (var row = 0; row < Math.Max(actual.Length, expected.Count); row++)
        {
            var (wanted, came) = (expected.ElementAtOrDefault(row) ?? [], actual.ElementAtOrDefault(row) ?? []);
            if (wanted.Length != came.Length || wanted.Zip(came).Any(pair => !Same(pair.First, pair.Second)))
            {
                differences.Add($"row {row}: expected [{string.Join(", ", wanted.Select(cell => cell ?? "*"))}] came [{string.Join(", ", came.Select(cell => cell?.ToString()))}]");
            }
        }
    }

    private static bool Same(object? wanted, JsonNode? came) => wanted switch
    {
        null => true,
        double number => came is JsonValue value && value.TryGetValue(out double actual) && Near(number, actual),
        _ => came is JsonValue value && value.TryGetValue(out string? text) && SameLabel((string)wanted, text),
    };

    /// <summary>How many zeros a number ends with is not checked.</summary>
    private static bool SameLabel(string wanted, string came) =>
        wanted == came || (wanted.Contains('.', StringComparison.Ordinal) && Value.ReadNumber(wanted.TrimStart('\t')) is { } number && Value.ReadNumber(came.TrimStart('\t')) == number);

    private static void Json(JsonNode? wanted, JsonNode? came, string path, List<string> differences)
    {
        switch (wanted)
        {
            case JsonObject members when came is JsonObject actual:
                foreach (var (name, member) in members)
                {
                    Json(member, actual[name], path + "." + name, differences);
                }

                break;
            case JsonArray items when came is JsonArray actual && actual.Count == items.Count:
                for (var index = 0; index < items.Count; index++)
                {
                    Json(items[index], actual[index], $"{path}[{index}]", differences);
                }

                break;
            case JsonValue value when came is JsonValue actual && value.TryGetValue(out double number) && actual.TryGetValue(out double other) && (Near(number, other) || ((path.Contains("TransTime", StringComparison.Ordinal) || path.Contains("timeToConvert", StringComparison.Ordinal)) && Math.Abs(number - other) <= 0.500001)):
                break;
            default:
                if (!JsonNode.DeepEquals(wanted, came))
                {
                    differences.Add($"{path}: expected {wanted?.ToJsonString() ?? "null"} came {Short(came)}");
                }

                break;
        }
    }

    private static string Short(JsonNode? node) => node?.ToJsonString() is { } text ? text[..Math.Min(text.Length, 300)] : "null";

    /// <summary>A millionth of the value; replies round to six decimals.</summary>
    private static bool Near(double wanted, double came) => Math.Abs(wanted - came) <= Math.Max(1e-6 * Math.Abs(wanted), 1e-6);
}
