using System.Text.Json;
using System.Text.Json.Nodes;
using ClariBI.Sandbox.Data;
using ClariBI.Sandbox.Mcp;
using ClariBI.Sandbox.Query.Reading;

namespace ClariBI.Sandbox.Query;

/// <summary>Finds the kind that a chart, a definition or a query is of.</summary>
internal sealed class ChartKinds(IEnumerable<IChartKind> kinds)
{
    private readonly IChartKind[] all = [.. kinds.OrderBy(kind => kind.Raw, StringComparer.Ordinal)];

    /// <summary>The schema of "chart": a union told apart by kind, strict at every level.</summary>
    public string TypedSchema => $$"""{"anyOf":[{{string.Join(',', all.Select(kind => kind.TypedSchema).OfType<string>())}}]}""";

    public ChartQuery ReadTyped(JsonElement chart, TypedReader read)
    {
        var name = chart.Required("kind");
        var kind = Array.Find(all, kind => kind.Typed == name) ?? throw new ToolErrorException($"chart.kind: Input should be one of {string.Join(", ", all.Select(kind => kind.Typed).OfType<string>())}");
        return kind.ReadTyped(chart, read);
    }

    /// <summary>A mistake is answered with an example of the chart type, as the hosted server does.</summary>
    public ChartQuery ReadRaw(JsonElement definition, RawReader read)
    {
        IChartKind? kind = null;
        try
        {
            var name = definition.Required("type");
            kind = Array.Find(all, kind => kind.Raw == name) ?? throw new ToolErrorException($"type: Input should be one of {string.Join(", ", all.Select(kind => kind.Raw))}");
            return kind.ReadRaw(definition.Text("name"), definition.Field("params") is { ValueKind: JsonValueKind.Object } parameters ? parameters : throw new ToolErrorException("params: Field required"), read);
        }
        catch (ToolErrorException error)
        {
            var example = (kind ?? Array.Find(all, kind => kind.Raw == "eventsSegmentation")!).RawExample;
            throw new ToolErrorException(new JsonObject { ["success"] = false, ["error"] = error.Message, ["chartTypeSchema"] = JsonNode.Parse(example) }.ToJsonString());
        }
    }

    public JsonObject Definition(Project project, ChartQuery query)
    {
        var kind = Of(query);
        var parameters = RawWriter.Parameters(query);
        kind.WriteRaw(query, parameters);
        return new() { ["app"] = project.Id, ["type"] = kind.Raw, ["version"] = 40, ["name"] = query.Name, ["params"] = parameters };
    }

    public IChartKind Of(ChartQuery query) => Array.Find(all, kind => kind.Query == query.GetType())!;
}
