using System.Text.Json;
using System.Text.Json.Nodes;

namespace ClariBI.Sandbox.Fuzz.Tests;

/// <summary>Every field of every tool's schema, at every depth, with a value of each other type, and every object without a required field and with one too many.</summary>
public sealed class WrongTypesTests(ITestOutputHelper output)
{
    private static readonly string[] Values = ["null", "true", "1.5", "-7", "\"text\"", "[]", "{}", "[[null]]", "{\"x\":{}}"];

    [Theory]
    [InlineData("gen3")]
    [InlineData("gen2")]
    public async Task A_value_that_does_not_fit_is_refused_and_the_field_named(string profile)
    {
        await using var sandbox = new FuzzedSandbox(("profile", profile), ("users", "100"));
        var wire = await sandbox.ConnectAsync("mcp:read");
        var tools = await wire.ListAsync();
        var cases = tools.SelectMany(tool => Broken(tool.Schema).Select(broken => (tool.Name, Arguments: broken)))
            .Where(item => !Schema.Fits(tools.First(tool => tool.Name == item.Name).Schema, JsonElement.Parse(item.Arguments))).Distinct().ToArray();
        var faults = new List<string>();

        await Parallel.ForEachAsync(cases, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (item, _) =>
        {
            var reply = await wire.CallAsync(item.Name, item.Arguments);
            if (!reply.IsValidationError)
            {
                lock (faults)
                {
                    faults.Add($"{item.Name} {item.Arguments}: {reply.Fault() ?? reply.Text ?? reply.Body}");
                }
            }
        });

        output.WriteLine($"{profile}: {cases.Length} wrong values in {tools.Count} tools");
        cases.Length.ShouldBeGreaterThan(tools.Count);
        faults.Select(fault => fault[..Math.Min(400, fault.Length)]).Order().ShouldBeEmpty();
        sandbox.Errors.ShouldBeEmpty();
    }

    private static IEnumerable<string> Broken(JsonElement schema) => Spoiled(schema).Select(node => node?.ToJsonString() ?? "null").Where(text => text.StartsWith('{'));

    /// <summary>The value with one thing wrong somewhere in it.</summary>
    private static IEnumerable<JsonNode?> Spoiled(JsonElement schema)
    {
        if (Options(schema) is { } options)
        {
            return options.EnumerateArray().SelectMany(Spoiled);
        }

        var wrong = Values.Select(value => JsonNode.Parse(value));
        return schema.TryGetProperty("properties", out var properties) ? wrong.Concat(Fields(schema, properties))
            : schema.TryGetProperty("items", out var items) ? wrong.Concat(Spoiled(items).Select(item => new JsonArray(item)))
            : schema.TryGetProperty("type", out _) || schema.TryGetProperty("enum", out _) ? wrong
            : [];
    }

    private static IEnumerable<JsonNode?> Fields(JsonElement schema, JsonElement properties)
    {
        foreach (var property in properties.EnumerateObject())
        {
            foreach (var value in Spoiled(property.Value))
            {
                yield return With(Smallest(schema), property.Name, value);
            }

            yield return With(Smallest(schema), property.Name, null, remove: true);
        }

        yield return With(Smallest(schema), "no_such_field", 1);
    }

    private static JsonObject With(JsonNode? node, string name, JsonNode? value, bool remove = false)
    {
        var made = node!.AsObject();
        made.Remove(name);
        if (!remove)
        {
            made[name] = value;
        }

        return made;
    }

    private static JsonNode? Smallest(JsonElement schema)
    {
        if (Options(schema) is { } options)
        {
            return Smallest(options[0]);
        }

        if (schema.TryGetProperty("const", out var only))
        {
            return JsonNode.Parse(only.GetRawText());
        }

        if (schema.TryGetProperty("enum", out var allowed))
        {
            return JsonNode.Parse(allowed[0].GetRawText());
        }

        return (schema.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String ? type.GetString() : "string") switch
        {
            "object" => new JsonObject(schema.TryGetProperty("required", out var required)
                ? required.EnumerateArray().Select(name => KeyValuePair.Create(name.GetString()!, Smallest(schema.GetProperty("properties").GetProperty(name.GetString()!))))
                : []),
            "array" => new JsonArray([.. Enumerable.Range(0, schema.TryGetProperty("minItems", out var least) ? least.GetInt32() : 0).Select(_ => Smallest(schema.GetProperty("items")))]),
            "boolean" => false,
            "integer" or "number" => schema.TryGetProperty("minimum", out var low) ? low.GetDouble() : 1,
            _ => "x",
        };
    }

    private static JsonElement? Options(JsonElement schema) => schema.TryGetProperty("anyOf", out var any) ? any : schema.TryGetProperty("oneOf", out var one) ? one : null;
}
