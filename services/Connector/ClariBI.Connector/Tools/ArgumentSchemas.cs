using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClariBI.Connector.Tools.Definitions;
using NJsonSchema;
using NJsonSchema.References;
using NJsonSchema.Validation;

namespace ClariBI.Connector.Tools;

/// <summary>
/// Validates arguments against the schema the tool was published with. References are followed inside the document only; patterns
/// and formats are left to the vendor, since a pattern can take for ever. A schema that cannot be read validates nothing.
/// </summary>
internal static class ArgumentSchemas
{
    private const int LargestSchema = 256 * 1024;
    private const int MostKept = 1000;

    /// <summary>By the hash of the definition.</summary>
    private static readonly ConcurrentDictionary<string, JsonSchema?> Known = new(StringComparer.Ordinal);

    private static readonly HashSet<ValidationErrorKind> Telling =
    [
        ValidationErrorKind.PropertyRequired, ValidationErrorKind.NoAdditionalPropertiesAllowed, ValidationErrorKind.NotInEnumeration, ValidationErrorKind.StringExpected,
        ValidationErrorKind.NumberExpected, ValidationErrorKind.IntegerExpected, ValidationErrorKind.BooleanExpected, ValidationErrorKind.ObjectExpected,
        ValidationErrorKind.ArrayExpected, ValidationErrorKind.NotAnyOf, ValidationErrorKind.NoTypeValidates,
    ];

    /// <returns>A sentence that says what is wrong; null when nothing is.</returns>
    public static string? Judge(PublishedTool tool, JsonElement arguments)
    {
        if (tool.InputSchema.ValueKind != JsonValueKind.Object || SchemaOf(tool) is not { } schema)
        {
            return null;
        }

        var error = Validate(schema, arguments).FirstOrDefault(error => Telling.Contains(error.Kind));
        return error is null ? null : $"The arguments do not fit what {tool.Name} takes: {Describe(error)}.";
    }

    private static IEnumerable<ValidationError> Validate(JsonSchema schema, JsonElement arguments)
    {
        try
        {
            return schema.Validate(arguments.GetRawText());
        }
        catch (InvalidOperationException)
        {
            return [];
        }
    }

    private static string Describe(ValidationError error)
    {
        var where = error.Path is { Length: > 2 } path ? path[2..] : "the arguments";
        return error.Kind switch
        {
            ValidationErrorKind.PropertyRequired => $"{where} is missing",
            ValidationErrorKind.NoAdditionalPropertiesAllowed => $"there is no {where}",
            ValidationErrorKind.NotInEnumeration => $"{where} is none of the values it takes",
            ValidationErrorKind.NotAnyOf => $"{where} fits none of the forms it takes",
            var kind => $"{where} has the wrong type ({kind})",
        };
    }

    private static JsonSchema? SchemaOf(PublishedTool tool)
    {
        var text = tool.InputSchema.GetRawText();
        if (text.Length > LargestSchema)
        {
            return null;
        }

        // A definition without a hash is in nobody's list; it must not be taken for another one.
        var key = ToolDefinition.Of(tool).Hash;
        if (key.Length == 0)
        {
            return Read(text);
        }

        if (Known.TryGetValue(key, out var schema))
        {
            return schema;
        }

        if (Known.Count >= MostKept)
        {
            Known.Clear();
        }

        return Known[key] = Read(text);
    }

    private static JsonSchema? Read(string text)
    {
        try
        {
            var node = JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { MaxDepth = 64 });
            if (node is not JsonObject schema || !Prepare(schema) || SchemaLoops.Any(schema))
            {
                return null;
            }

            // Nothing is awaited: whatever is not in the document is refused before it is fetched.
            return JsonSchema.FromJsonAsync(schema.ToJsonString(), null, Local, CancellationToken.None).GetAwaiter().GetResult();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or NotSupportedException or ArgumentException or Newtonsoft.Json.JsonException)
        {
            return null;
        }
    }

    private static LocalReferences Local(JsonSchema schema) => new(new JsonSchemaAppender(schema, new DefaultTypeNameGenerator()));

    /// <summary>Without patterns and formats, and with constants as lists of one, in every schema below this one.</summary>
    /// <returns>False when a reference leads out of the document.</returns>
    private static bool Prepare(JsonObject schema)
    {
        if (schema["$ref"] is JsonValue reference && (!reference.TryGetValue<string>(out var target) || !target.StartsWith('#')))
        {
            return false;
        }

        foreach (var name in (string[])["pattern", "format", "patternProperties", "$schema", "$id", "id", "propertyNames"])
        {
            schema.Remove(name);
        }

        if (schema["const"] is { } constant)
        {
            schema["enum"] = new JsonArray(constant.DeepClone());
            schema.Remove("const");
        }

        var maps = ((string[])["properties", "$defs", "definitions"]).Select(name => schema[name]).OfType<JsonObject>().SelectMany(map => map.Select(pair => pair.Value));
        var lists = ((string[])["anyOf", "oneOf", "allOf"]).Select(name => schema[name]).OfType<JsonArray>().SelectMany(list => list);
        var single = ((string[])["items", "additionalProperties", "not"]).Select(name => schema[name]);
        return maps.Concat(lists).Concat(single).OfType<JsonObject>().ToList().TrueForAll(Prepare);
    }

    private sealed class LocalReferences(JsonSchemaAppender appender) : JsonReferenceResolver(appender)
    {
        public override Task<IJsonReference> ResolveFileReferenceAsync(string filePath, CancellationToken cancellationToken) => throw new NotSupportedException();

        public override Task<IJsonReference> ResolveUrlReferenceAsync(string url, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
