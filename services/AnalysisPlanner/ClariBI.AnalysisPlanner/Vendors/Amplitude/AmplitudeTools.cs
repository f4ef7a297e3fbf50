using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClariBI.Contracts.Connector;

namespace ClariBI.AnalysisPlanner.Vendors.Amplitude;

/// <summary>
/// Which published tool does what. Amplitude renames its tools without notice, so each capability lists the names it has had,
/// newest first, and takes the first one present.
/// </summary>
internal sealed class AmplitudeTools(IReadOnlyList<ToolInfo> published)
{
    public AmplitudeTool? Search { get; } = First(published, "search_amp_entities", "search");

    public AmplitudeTool? Query { get; } = First(published, "query_amplitude_data", "query_dataset");

    public AmplitudeTool? Charts { get; } = First(published, "get_amplitude_charts", "get_charts");

    public AmplitudeTool? Context { get; } = First(published, "get_amplitude_context", "get_context");

    public AmplitudeTool? Taxonomy { get; } = First(published, "get_amp_taxonomy", "get_event_properties");

    public AmplitudeTool? Cohorts { get; } = First(published, "use_amplitude_cohorts", "get_cohorts");

    public static AmplitudeTool Require(AmplitudeTool? tool, string purpose) => tool
        ?? throw new PlannerProblemException(new PlannerProblem(
            "vendor-tool-not-found",
            "Amplitude does not offer what this question needs.",
            $"This account publishes no admitted tool for {purpose}. Look at the data source's tools, and at the account's role in Amplitude."));

    private static AmplitudeTool? First(IReadOnlyList<ToolInfo> published, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (published.FirstOrDefault(tool => tool.Name == name) is { } tool)
            {
                return new AmplitudeTool(tool);
            }
        }

        return null;
    }
}

/// <summary>A published tool with its schema, which decides what may be sent.</summary>
internal sealed class AmplitudeTool(ToolInfo tool)
{
    private readonly JsonElement properties = Properties(tool.InputSchemaJson);

    public string Name => tool.Name;

    /// <summary>True too where the tool does not say what it takes.</summary>
    public bool Takes(string argument) => properties.ValueKind != JsonValueKind.Object || properties.TryGetProperty(argument, out _);

    public bool Declares(string argument) => properties.ValueKind == JsonValueKind.Object && properties.TryGetProperty(argument, out _);

    /// <summary>An id in the type the schema asks for: a number on some surfaces, a string on others.</summary>
    public JsonNode Id(string argument, string id)
    {
        var schema = properties.Field(argument);
        var type = schema.Field("items") is { ValueKind: JsonValueKind.Object } items ? items.Field("type") : schema.Field("type");
        return type.Text() is "number" or "integer" && long.TryParse(id, CultureInfo.InvariantCulture, out var number)
            ? JsonValue.Create(number)
            : JsonValue.Create(id);
    }

    private static JsonElement Properties(string schema)
    {
        try
        {
            return JsonDocument.Parse(schema).RootElement.Field("properties");
        }
        catch (JsonException)
        {
            return default;
        }
    }
}
