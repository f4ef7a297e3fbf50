using System.Text.Json;
using System.Text.Json.Nodes;
using ClariBI.AnalysisPlanner.Taxonomies;

namespace ClariBI.AnalysisPlanner.Vendors.Amplitude.Names;

/// <summary>Saved charts, with their definitions where these can be read as queries.</summary>
internal static class ChartDefinitions
{
    private const int ChartsRead = 60;
    private const int AtOnce = 20;

    public static async Task<IReadOnlyList<SavedChartInfo>> LoadAsync(AmplitudeProject project, Omissions omissions, CancellationToken cancellationToken)
    {
        var found = (await EntitySearch.AllAsync(project, "CHART", cancellationToken))
            .Select(item => new SavedChartInfo(
                EntitySearch.Id(item), EntitySearch.Name(item), item.Field("chartType", "subType", "kind").Text() ?? "", null))
            .Where(chart => chart.Id.Length > 0 && chart.Name.Length > 0).ToList();
        var queries = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var batch in found.Take(ChartsRead).Select(chart => chart.Id).Chunk(AtOnce).TakeWhile(_ => !omissions.HasStopped))
        {
            foreach (var item in await ReadAsync(project, batch, omissions, cancellationToken))
            {
                queries[EntitySearch.Id(item)] = item;
            }
        }

        return [.. found.Select(chart => queries.TryGetValue(chart.Id, out var item)
            ? chart with { Query = ReadQuery(item), Type = chart.Type.Length > 0 ? chart.Type : Type(item) }
            : chart)];
    }

    private static async Task<IEnumerable<JsonElement>> ReadAsync(
        AmplitudeProject project, string[] ids, Omissions omissions, CancellationToken cancellationToken)
    {
        if (project.Tools.Charts is not { } tool)
        {
            return [];
        }

        var arguments = new JsonObject { ["chartIds"] = new JsonArray([.. ids.Select(id => JsonValue.Create(id))]) };
        if (tool.Declares("include"))
        {
            arguments["include"] = "typed";
        }

        try
        {
            return [.. (await project.AskAsync(tool, arguments, cancellationToken)).List()];
        }
        catch (PlannerProblemException exception) when (omissions.Accept(exception.Problem))
        {
            // The names alone are still worth having.
            return [];
        }
    }

    private static Contracts.AnalysisPlanner.AnalysisQuery? ReadQuery(JsonElement item) =>
        item.Field("chart") is { ValueKind: JsonValueKind.Object } typed
            ? TypedDefinition.Read(typed)
            : item.Field("definition") is { ValueKind: JsonValueKind.Object } raw ? RawDefinitionReader.Read(raw) : null;

    private static string Type(JsonElement item) => item.Field("chart").Field("kind").Text() ?? item.Field("definition").Field("type").Text() ?? "";
}
