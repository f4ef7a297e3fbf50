using System.Text.Json;
using System.Text.Json.Nodes;
using ClariBI.Sandbox.Data;
using ClariBI.Sandbox.Mcp;
using ClariBI.Sandbox.Query;

namespace ClariBI.Sandbox.Tools;

/// <summary>From what a caller or org.json wrote to a query.</summary>
internal sealed class ChartReading(Workspace workspace, ChartKinds kinds, [FromKeyedServices(SandboxSetup.Calendar)] TimeProvider calendar)
{
    private static readonly string[] Times = ["range", "start", "end"];

    public DateTime Now => DateTime.SpecifyKind(calendar.GetUtcNow().UtcDateTime, DateTimeKind.Unspecified);

    public ChartQuery Read(Project project, JsonElement chart, bool isTyped)
    {
        var properties = workspace.Events(project).Properties;
        return isTyped ? kinds.ReadTyped(chart, new(project, properties, Now)) : kinds.ReadRaw(chart, new(project, properties, Now));
    }

    public ChartQuery Read(Project project, SavedChart chart)
    {
        var query = chart.Chart is { } typed ? Read(project, typed.Element(), isTyped: true)
            : chart.Definition is { } raw ? Read(project, raw.Element(), isTyped: false)
            : throw new ToolErrorException($"Chart {chart.Id} has neither chart nor definition in org.json");
        return query with { Name = chart.Name };
    }

    /// <summary>The caller's fields over those of a saved chart. A raw definition has to have params even so.</summary>
    public JsonElement WithParent(Project project, string chartId, JsonElement given, bool isTyped)
    {
        var parent = Array.Find(project.Charts, chart => chart.Id == chartId) ?? throw new ToolErrorException($"NotFoundError: No chart {chartId}");
        return isTyped ? WithTypedParent(parent, given) : WithRawParent(project, parent, given);
    }

    private static JsonElement WithTypedParent(SavedChart parent, JsonElement given)
    {
        var merged = parent.Chart?.DeepClone().AsObject() ?? throw new ToolErrorException("chartId: this chart has no typed form; give a definition");
        Merge(merged, given);
        return merged.Element();
    }

    private JsonElement WithRawParent(Project project, SavedChart parent, JsonElement given)
    {
        if (given.Field("params").ValueKind != JsonValueKind.Object)
        {
            return given;
        }

        var query = Read(project, parent);
        var merged = kinds.Definition(project, query);
        if (given.Text("type") is { } type && type != kinds.Of(query).Raw)
        {
            throw new ToolErrorException($"definition.type: Input should be {kinds.Of(query).Raw}, the type of chart {parent.Id}");
        }

        // A time given as a preset takes the place of one given as moments, and the other way round.
        var parameters = merged["params"]!.AsObject();
        if (Array.Exists(Times, name => given.Field("params").Field(name).ValueKind != JsonValueKind.Undefined))
        {
            Array.ForEach(Times, name => parameters.Remove(name));
        }

        Merge(parameters, given.Field("params"));
        merged["name"] = given.Text("name") ?? parent.Name;
        merged["vis"] = given.Text("vis") ?? query.Vis;
        return merged.Element();
    }

    public static JsonObject Metadata(Project project, ChartQuery query) => new()
    {
        ["projectId"] = project.Id,
        ["timezone"] = query.Range.Zone.Id,
        ["start"] = query.Range.Label(query.Range.Buckets[0]),
        ["interval"] = query.Range.Unit,
        ["lastIntervalIsComplete"] = query.Range.IsComplete(query.Range.Buckets[^1]),
        ["source"] = "Amplitude sandbox, sample data",
    };

    private static void Merge(JsonObject target, JsonElement given)
    {
        foreach (var field in given.ValueKind == JsonValueKind.Object ? given.EnumerateObject().ToArray() : [])
        {
            target[field.Name] = JsonNode.Parse(field.Value.GetRawText());
        }
    }
}
