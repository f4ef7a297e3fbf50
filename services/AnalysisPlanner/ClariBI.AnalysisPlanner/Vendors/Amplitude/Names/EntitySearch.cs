using System.Text.Json;
using System.Text.Json.Nodes;
using ClariBI.AnalysisPlanner.Taxonomies;

namespace ClariBI.AnalysisPlanner.Vendors.Amplitude.Names;

/// <summary>Finds everything of one type with the search tool.</summary>
internal static class EntitySearch
{
    /// <summary>The most that one answer may hold on the surfaces seen.</summary>
    private const int Limit = 200;

    public static async Task<IReadOnlyList<EventInfo>> EventsAsync(AmplitudeProject project, CancellationToken cancellationToken)
    {
        var found = await AllAsync(project, "EVENT", cancellationToken);
        return [.. found
            .Where(item => item.Field("isDeleted").ValueKind != JsonValueKind.True && item.Field("isHidden").ValueKind != JsonValueKind.True)
            .Select(item => new EventInfo(
                Name(item),
                item.Field("displayName").Text(),
                item.Field("description").Text(),
                (long?)item.Field("volume30Days", "monthlyVolume", "volume", "totals", "eventVolume").Number()))
            .Where(item => item.Name.Length > 0)
            .DistinctBy(item => item.Name)
            .OrderByDescending(item => item.MonthlyVolume ?? 0)];
    }

    public static async Task<IReadOnlyList<JsonElement>> AllAsync(AmplitudeProject project, string type, CancellationToken cancellationToken)
    {
        var tool = AmplitudeTools.Require(project.Tools.Search, "searching names");
        var arguments = new JsonObject { ["entityTypes"] = new JsonArray(type) };
        if (tool.Takes("appIds"))
        {
            arguments["appIds"] = new JsonArray(tool.Id("appIds", project.Id));
        }

        if (tool.Declares("limitPerQuery"))
        {
            arguments["limitPerQuery"] = Limit;
        }
        else if (tool.Declares("limit"))
        {
            arguments["limit"] = Limit;
        }

        var reply = await project.AskAsync(tool, arguments, cancellationToken);
        return [.. reply.List().Where(item => IsOf(item, type) && BelongsTo(item, project.Id))];
    }

    public static string Name(JsonElement item) => item.Field("name", "eventType", "value", "title").Text() ?? "";

    public static string Id(JsonElement item) => item.Field("id", "entityId", "chartId", "cohortId").Text() ?? "";

    private static bool IsOf(JsonElement item, string type) =>
        item.Field("type", "entityType").Text() is not { } actual || string.Equals(actual, type, StringComparison.OrdinalIgnoreCase);

    private static bool BelongsTo(JsonElement item, string projectId) =>
        item.Field("appId", "projectId").Text() is not { } owner || owner == projectId;
}
