using System.Text.Json;
using System.Text.Json.Nodes;
using ClariBI.Sandbox.Data;
using ClariBI.Sandbox.Mcp;
using ClariBI.Sandbox.Query.Reading;

namespace ClariBI.Sandbox.Query;

/// <summary>A kind of chart: how its two forms are read and written, and how it is computed. Every implementation is found and registered by itself.</summary>
internal interface IChartKind
{
    /// <summary>Value of "kind" in the typed form; null where there is only a raw one.</summary>
    string? Typed => null;

    /// <summary>Value of "type" in the raw form.</summary>
    string Raw { get; }

    /// <summary>The record that ReadTyped and ReadRaw return.</summary>
    Type Query { get; }

    /// <summary>Draft-07 object schema of the typed form; null where there is none.</summary>
    string? TypedSchema => null;

    /// <summary>A complete raw definition, shown to callers whose own one is wrong.</summary>
    string RawExample { get; }

    /// <summary>JSON object from the name of each further param of the raw form to what it takes: an array of the values allowed, or words.</summary>
    string RawParameters => "{}";

    ChartQuery ReadTyped(JsonElement chart, TypedReader read) => throw new ToolErrorException($"chart.kind: {Raw} has no typed form; use definition");

    ChartQuery ReadRaw(string? name, JsonElement parameters, RawReader read);

    /// <summary>Adds what is particular to the kind to the params of a raw definition.</summary>
    void WriteRaw(ChartQuery query, JsonObject parameters);

    /// <summary>The "data" of a reply, without its definition.</summary>
    JsonObject Run(Project project, ChartQuery query, ChartLimits limits);
}
