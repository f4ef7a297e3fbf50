using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ClariBI.Sandbox.Fuzz.Tests;

/// <summary>Changes for the worse at a random place of some arguments.</summary>
internal static class Spoil
{
    /// <summary>Stands for half of a surrogate pair, which no serializer would write.</summary>
    private const string Half = "@@HALF@@";

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 1000 };

    private static readonly Func<JsonNode?>[] Values =
    [
        () => null, () => true, () => false, () => 0, () => -1, () => 1.5, () => 2147483648L, () => long.MaxValue, () => long.MinValue, () => JsonNode.Parse("1e308"), () => JsonNode.Parse("-1e308"), () => JsonNode.Parse("1e400"),
        () => JsonNode.Parse("123456789012345678901234567890"), () => JsonNode.Parse("1e-400"), () => JsonNode.Parse("-0"),
        () => "", () => " ", () => "\0", () => "a\0b", () => Half, () => $"x{Half}", () => "\u200b", () => "\U0001F600", () => "\u202egnp", () => "日本語", () => "a\nb\tc\r", () => "\ufeff", () => "e\u0301",
        () => "'", () => "\"", () => "'; DROP TABLE events; --", () => "\") OR 1=1 --", () => "$1", () => "{0}", () => "%s%n", () => "\\", () => "[a-", () => "(?:", () => "*", () => "**********a", () => "%", () => "../../etc/passwd",
        () => "NaN", () => "Infinity", () => "(none)", () => "9999-12-31", () => "0001-01-01", () => "now-999999d", () => "now-99999999999d", () => "2026-02-30", () => "-99999999999999999999", () => "true", () => "null",
        () => new string('x', 20_000), () => new string('(', 3_000), () => string.Concat(Enumerable.Repeat("UNIQUES(A)+", 500)) + "1", () => string.Concat(Enumerable.Repeat("-", 20_000)) + "UNIQUES(A)",
        () => new JsonObject(), () => new JsonArray(), () => new JsonArray((JsonNode?)null), () => new JsonArray(new JsonArray()), () => new JsonObject { [""] = "" }, () => new JsonObject { ["$ref"] = "#" }, () => Deep(60),
        () => new JsonArray([.. Enumerable.Range(0, 2_000).Select(i => JsonValue.Create(i))]), () => new JsonArray([.. Enumerable.Range(0, 500).Select(i => JsonValue.Create($"v{i}"))]),
    ];

    public static void One(JsonObject root, Random random)
    {
        var holders = Holders(root).ToArray();
        var holder = holders[random.Next(holders.Length)];
        switch (holder)
        {
            case JsonObject found when found.Count > 0:
                var name = found.ElementAt(random.Next(found.Count)).Key;
                Change(found, name, random);
                break;
            case JsonArray found when found.Count > 0:
                var at = random.Next(found.Count);
                if (random.Next(5) == 0)
                {
                    found.RemoveAt(at);
                }
                else
                {
                    found[at] = Any(random);
                }

                break;
            case JsonArray found:
                found.Add(Any(random));
                break;
            default:
                holder.AsObject()["unexpected"] = Any(random);
                break;
        }
    }

    /// <summary>The arguments as they go over the wire.</summary>
    public static string Text(JsonObject arguments) => arguments.ToJsonString(Plain).Replace(Half, "\\ud800", StringComparison.Ordinal);

    private static void Change(JsonObject found, string name, Random random)
    {
        switch (random.Next(8))
        {
            case 0:
                found.Remove(name);
                break;
            case 1:
                found["unexpected"] = Any(random);
                break;
            case 2:
                found[name] = new JsonArray(found[name]?.DeepClone(), found[name]?.DeepClone());
                break;
            case 3 when found[name] is JsonArray list && list.Count > 0:
                for (var copies = random.Next(1, 40); copies > 0; copies--)
                {
                    list.Add(list[0]?.DeepClone());
                }

                break;
            default:
                found[name] = Any(random);
                break;
        }
    }

    private static JsonNode? Any(Random random) => Values[random.Next(Values.Length)]();

    private static JsonNode Deep(int levels)
    {
        JsonNode inner = new JsonArray();
        for (var level = 0; level < levels; level++)
        {
            inner = level % 2 == 0 ? new JsonArray(inner) : new JsonObject { ["a"] = inner };
        }

        return inner;
    }

    private static IEnumerable<JsonNode> Holders(JsonNode node)
    {
        var inside = node switch
        {
            JsonObject found => found.Select(pair => pair.Value),
            JsonArray found => found,
            _ => [],
        };
        return inside.OfType<JsonNode>().Where(child => child is JsonObject or JsonArray).SelectMany(Holders).Prepend(node);
    }
}
