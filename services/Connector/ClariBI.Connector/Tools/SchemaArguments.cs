using System.Text.Json;

namespace ClariBI.Connector.Tools;

/// <summary>An argument as a schema declares it, at any depth.</summary>
/// <param name="Owner">The argument it lies in; empty at the top.</param>
/// <param name="Values">What <c>enum</c> or <c>const</c> lists, in all branches.</param>
internal readonly record struct SchemaArgument(
    string Name, string Owner, IReadOnlyList<string> Values, string Description, bool IsRequired, bool IsBoolean, bool IsFreeText);

/// <summary>Collects the arguments of a schema: through unions, nested objects, arrays and local references, within bounds.</summary>
internal static class SchemaArguments
{
    private const int Deepest = 12;
    private const int Most = 2000;

    private const int MostSteps = 50_000;
    private static readonly string[] Unions = ["anyOf", "oneOf", "allOf"];
    private static readonly string[] Conditions = ["then", "else", "if", "items", "additionalProperties"];

    public static List<SchemaArgument> Of(JsonElement schema) => Read(schema).Found;

    /// <returns>False where it has more ways than can be walked, as unions of references to each other have.</returns>
    public static bool AreCountable(JsonElement schema) => Read(schema).Left >= 0;

    private static (List<SchemaArgument> Found, int Left) Read(JsonElement schema)
    {
        var found = new List<SchemaArgument>();
        var left = MostSteps;
        Walk(schema, schema, "", found, 0, ref left);
        return (found, left);
    }

    private static void Walk(JsonElement root, JsonElement schema, string owner, List<SchemaArgument> found, int depth, ref int left)
    {
        if (schema.ValueKind != JsonValueKind.Object || depth > Deepest || found.Count > Most || --left < 0)
        {
            return;
        }

        if (Referred(root, schema) is { } target)
        {
            Walk(root, target, owner, found, depth + 1, ref left);
        }

        foreach (var branch in Unions.Where(union => Has(schema, union, JsonValueKind.Array)).SelectMany(union => schema.GetProperty(union).EnumerateArray()))
        {
            Walk(root, branch, owner, found, depth + 1, ref left);
        }

        foreach (var condition in Conditions.Where(name => Has(schema, name, JsonValueKind.Object)))
        {
            Walk(root, schema.GetProperty(condition), owner, found, depth + 1, ref left);
        }

        if (!Has(schema, "properties", JsonValueKind.Object))
        {
            return;
        }

        var required = Has(schema, "required", JsonValueKind.Array)
            ? schema.GetProperty("required").EnumerateArray().Where(name => name.ValueKind == JsonValueKind.String).Select(name => name.GetString()!).ToHashSet(StringComparer.Ordinal)
            : [];
        foreach (var property in schema.GetProperty("properties").EnumerateObject())
        {
            var values = new List<string>();
            CollectValues(root, property.Value, values, depth + 1, ref left);
            var boolean = IsType(property.Value, "boolean");
            found.Add(new SchemaArgument(
                property.Name, owner, values, Text(property.Value, "description"), required.Contains(property.Name), boolean,
                !boolean && values.Count == 0 && !IsType(property.Value, "integer") && !IsType(property.Value, "number") && !IsType(property.Value, "object")));
            Walk(root, property.Value, property.Name, found, depth + 1, ref left);
        }
    }

    private static void CollectValues(JsonElement root, JsonElement schema, List<string> values, int depth, ref int left)
    {
        if (schema.ValueKind != JsonValueKind.Object || depth > Deepest || values.Count > Most || --left < 0)
        {
            return;
        }

        if (schema.TryGetProperty("const", out var only) && only.ValueKind == JsonValueKind.String)
        {
            values.Add(only.GetString()!);
        }

        if (Has(schema, "enum", JsonValueKind.Array))
        {
            values.AddRange(schema.GetProperty("enum").EnumerateArray().Where(value => value.ValueKind == JsonValueKind.String).Select(value => value.GetString()!));
        }

        if (Referred(root, schema) is { } target)
        {
            CollectValues(root, target, values, depth + 1, ref left);
        }

        foreach (var branch in Unions.Where(union => Has(schema, union, JsonValueKind.Array)).SelectMany(union => schema.GetProperty(union).EnumerateArray()))
        {
            CollectValues(root, branch, values, depth + 1, ref left);
        }

        if (Has(schema, "items", JsonValueKind.Object))
        {
            CollectValues(root, schema.GetProperty("items"), values, depth + 1, ref left);
        }
    }

    private static JsonElement? Referred(JsonElement root, JsonElement schema) =>
        schema.TryGetProperty("$ref", out var reference) ? SchemaPointers.Find(root, reference) : null;

    private static bool Has(JsonElement schema, string name, JsonValueKind kind) => schema.TryGetProperty(name, out var value) && value.ValueKind == kind;

    private static bool IsType(JsonElement schema, string type) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("type", out var declared) && declared.ValueKind == JsonValueKind.String && declared.GetString() == type;

    private static string Text(JsonElement schema, string name) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "";
}
