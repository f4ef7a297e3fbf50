using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ClariBI.Sandbox.Fuzz.Tests;

/// <summary>Random arguments out of a tool's live schema: first some that fit it, then for four in ten a few changes for the worse.</summary>
internal sealed class Arguments(Words words, Random random)
{
    private bool isAboutCohorts;

    public string For(ListedTool tool)
    {
        isAboutCohorts = tool.Name.Contains("cohort", StringComparison.Ordinal);
        var arguments = Object(tool.Schema, tool.Name, 0);
        MakeSense(arguments, tool.Schema);
        if (Chance(40))
        {
            for (var changes = random.Next(1, 4); changes > 0; changes--)
            {
                Spoil.One(arguments, random);
            }
        }

        return Spoil.Text(arguments);
    }

    private bool Chance(int percent) => random.Next(100) < percent;

    private JsonNode? Value(JsonElement schema, string field, int depth)
    {
        foreach (var word in new[] { "anyOf", "oneOf" })
        {
            if (schema.TryGetProperty(word, out var options))
            {
                return Value(options[random.Next(options.GetArrayLength())], field, depth);
            }
        }

        if (schema.TryGetProperty("const", out var only))
        {
            return JsonNode.Parse(only.GetRawText());
        }

        if (schema.TryGetProperty("enum", out var allowed))
        {
            return JsonNode.Parse(allowed[random.Next(allowed.GetArrayLength())].GetRawText());
        }

        var type = schema.TryGetProperty("type", out var declared) ? declared.ValueKind == JsonValueKind.Array ? declared[0].GetString() : declared.GetString() : null;
        return type switch
        {
            "object" => Object(schema, field, depth),
            "array" => Array(schema, field, depth),
            "boolean" => JsonValue.Create(Chance(50)),
            "integer" when Words.IsOfProject(field) => JsonValue.Create(long.Parse(words.Projects[0], CultureInfo.InvariantCulture)),
            "integer" => JsonValue.Create(Number(schema)),
            "number" => JsonValue.Create(Chance(70) ? Number(schema) : Math.Round(random.NextDouble() * 1000, 2)),
            "string" => JsonValue.Create(words.For(field, random)),
            _ => depth > 4 ? null : Any(field, depth),
        };
    }

    private JsonNode? Any(string field, int depth) => random.Next(4) switch
    {
        0 => JsonValue.Create(words.For(field, random)),
        1 => JsonValue.Create(random.Next(-5, 500)),
        2 => new JsonArray(JsonValue.Create(words.For(field, random))),
        _ => new JsonObject { [field] = Any(field, depth + 1) },
    };

    private long Number(JsonElement schema)
    {
        var least = schema.TryGetProperty("minimum", out var low) ? (long)low.GetDouble() : schema.TryGetProperty("exclusiveMinimum", out var above) ? (long)above.GetDouble() + 1 : -5;
        var most = schema.TryGetProperty("maximum", out var high) ? (long)Math.Min(high.GetDouble(), long.MaxValue - 1) : Math.Max(least, 0) + 1000;
        return random.Next(12) switch
        {
            0 => least,
            1 => most,
            2 when !schema.TryGetProperty("maximum", out _) => (long[])[int.MaxValue, int.MaxValue + 1L, 1_793_000_000, 9_007_199_254_740_993, long.MaxValue] is { } large ? large[random.Next(large.Length)] : 0,
            _ => random.NextInt64(least, Math.Min(most, least + 60) + 1),
        };
    }

    private JsonArray Array(JsonElement schema, string field, int depth)
    {
        var least = schema.TryGetProperty("minItems", out var low) ? low.GetInt32() : Chance(85) ? 1 : 0;
        var most = Math.Min(schema.TryGetProperty("maxItems", out var high) ? high.GetInt32() : least + 2, least + 2);
        var count = Chance(65) ? least : random.Next(least, most + 1);
        return schema.TryGetProperty("items", out var items)
            ? new([.. Enumerable.Range(0, count).Select(_ => Value(items, field, depth + 1))])
            : new([.. Enumerable.Range(0, count).Select(_ => Any(field, depth + 1))]);
    }

    private JsonObject Object(JsonElement schema, string field, int depth)
    {
        if (!schema.TryGetProperty("properties", out var properties) || !properties.EnumerateObject().Any())
        {
            return field switch
            {
                "definition" => Chance(isAboutCohorts ? 90 : 3) ? RawDefinitions.Cohort(words, random) : new RawDefinitions(words, random).Chart(),
                "conditions" or "filters" => new JsonObject { ["prop"] = words.For("prop", random), ["op"] = "is", ["values"] = new JsonArray(words.For("values", random)) },
                _ => Any(field, depth) is JsonObject made ? made : [],
            };
        }

        var required = schema.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(name => name.GetString()!).ToHashSet() : [];
        var result = new JsonObject();
        foreach (var property in properties.EnumerateObject().Where(property => required.Contains(property.Name) || Chance(depth == 0 ? 30 : 22)))
        {
            result[property.Name] = Value(property.Value, property.Name, depth + 1);
        }

        return result;
    }

    /// <summary>What a schema cannot say but a tool asks for; most arguments follow it, so that the engine has something to do.</summary>
    private void MakeSense(JsonObject arguments, JsonElement schema)
    {
        if (!Chance(92))
        {
            return;
        }

        var properties = schema.GetProperty("properties");
        if (arguments.ContainsKey("chart") && arguments.ContainsKey("definition"))
        {
            arguments.Remove(Chance(50) ? "chart" : "definition");
        }
        else if (properties.TryGetProperty("chart", out var chart) && properties.TryGetProperty("definition", out var definition) && !arguments.ContainsKey("chart") && !arguments.ContainsKey("definition"))
        {
            var (name, inner) = Chance(70) ? ("chart", chart) : ("definition", definition);
            arguments[name] = Value(inner, name, 1);
        }

        if (properties.TryGetProperty("projectId", out _) && !arguments.ContainsKey("projectId"))
        {
            arguments["projectId"] = words.Projects[0];
        }

        // A parent of another type refuses the rest.
        if ((arguments.ContainsKey("chart") || arguments.ContainsKey("definition")) && Chance(75))
        {
            arguments.Remove("chartId");
        }

        if (arguments["chart"] is JsonObject typed)
        {
            new Sensible(words, random).Chart(typed);
        }
    }
}
