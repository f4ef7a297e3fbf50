using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClariBI.Sandbox.Data;
using ClariBI.Sandbox.Mcp;
using ClariBI.Sandbox.Query.Reading;

namespace ClariBI.Sandbox.Query;

/// <summary>Finds the kind that a chart, a definition or a query is of.</summary>
internal sealed class ChartKinds(IEnumerable<IChartKind> kinds)
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly IChartKind[] all = [.. kinds.OrderBy(kind => kind.Raw, StringComparer.Ordinal)];

    /// <summary>The schema of "chart": a union told apart by kind, strict at every level.</summary>
    public string TypedSchema => $$"""{"anyOf":[{{string.Join(',', all.Select(kind => kind.TypedSchema).OfType<string>())}}]}""";

    public ChartQuery ReadTyped(JsonElement chart, TypedReader read)
    {
        var name = chart.Required("kind");
        var kind = Array.Find(all, kind => kind.Typed == name) ?? throw new ToolErrorException($"chart.kind: Input should be one of {string.Join(", ", all.Select(kind => kind.Typed).OfType<string>())}");
        return kind.ReadTyped(chart, read) with { Vis = chart.Text("vis") };
    }

    /// <summary>A mistake is answered with how the chart type is to be written, as the hosted server does.</summary>
    public ChartQuery ReadRaw(JsonElement definition, RawReader read)
    {
        IChartKind? kind = null;
        try
        {
            var name = definition.Required("type");
            kind = Array.Find(all, kind => kind.Raw == name) ?? throw new ToolErrorException($"type: Input should be one of {string.Join(", ", all.Select(kind => kind.Raw))}");
            var parameters = definition.Field("params") is { ValueKind: JsonValueKind.Object } given ? given : throw new ToolErrorException("params: Field required");
            RawReader.CheckCountGroup(parameters);
            return kind.ReadRaw(definition.Text("name"), parameters, read) with { Vis = definition.Text("vis") };
        }
        catch (ToolErrorException error)
        {
            var schema = RawSchema.Of(kind ?? Array.Find(all, kind => kind.Raw == "eventsSegmentation")!);
            throw new ToolErrorException(new JsonObject { ["success"] = false, ["error"] = error.Message, ["chartTypeSchema"] = schema }.ToJsonString(Plain));
        }
    }

    public JsonObject Definition(Project project, ChartQuery query)
    {
        var kind = Of(query);
        var parameters = RawWriter.Parameters(query);
        kind.WriteRaw(query, parameters);
        var definition = new JsonObject { ["app"] = project.Id, ["type"] = kind.Raw, ["version"] = 40, ["name"] = query.Name, ["params"] = parameters };
        if (query.Vis is not null)
        {
            definition["vis"] = query.Vis;
        }

        return definition;
    }

    public IChartKind Of(ChartQuery query) => Array.Find(all, kind => kind.Query == query.GetType())!;
}
