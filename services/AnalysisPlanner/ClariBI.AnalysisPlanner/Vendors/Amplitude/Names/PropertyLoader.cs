using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClariBI.AnalysisPlanner.Taxonomies;
using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.AnalysisPlanner.Vendors.Amplitude.Names;

/// <summary>Reads properties with their values: from the taxonomy tool, and without one from search and a query per property.</summary>
internal static class PropertyLoader
{
    private const int PageSize = 500;
    private const int MaximumPages = 20;

    /// <summary>Where properties do not say which event they belong to, each of the busiest events is asked for its own.</summary>
    private const int EventsAsked = 40;
    private const int AtOnce = 4;

    public static async Task<IReadOnlyList<PropertyInfo>> LoadAsync(
        AmplitudeProject project, Task<IReadOnlyList<EventInfo>> events, CancellationToken cancellationToken)
    {
        if (project.Tools.Taxonomy is not { } tool || !tool.Takes("propertyType"))
        {
            var found = await Task.WhenAll(
                SearchAsync(project, "USER_PROPERTY", PropertyScope.User, cancellationToken),
                SearchAsync(project, "EVENT_PROPERTY", PropertyScope.Event, cancellationToken));
            return [.. found.SelectMany(list => list)];
        }

        var pages = await Task.WhenAll(PagesAsync(project, tool, "user", null, cancellationToken), PagesAsync(project, tool, "event", null, cancellationToken));
        var (user, shared) = (pages[0], pages[1]);
        if (shared.Count == 0 || shared.Any(item => item.Field("eventType").Text() is not null))
        {
            return [.. user.Select(item => Read(item, PropertyScope.User, null)), .. shared.Select(item => Read(item, PropertyScope.Event, item.Field("eventType").Text()))];
        }

        var owned = new List<PropertyInfo>();
        foreach (var batch in (await events).Take(EventsAsked).Chunk(AtOnce))
        {
            var ofEvents = await Task.WhenAll(batch.Select(async item =>
                (await PagesAsync(project, tool, "event", item.Name, cancellationToken)).Select(property => Read(property, PropertyScope.Event, item.Name))));
            owned.AddRange(ofEvents.SelectMany(page => page));
        }

        var known = owned.Select(property => property.Name).ToHashSet(StringComparer.Ordinal);
        return [.. user.Select(item => Read(item, PropertyScope.User, null)), .. owned,
            .. shared.Select(item => Read(item, PropertyScope.Event, null)).Where(property => !known.Contains(property.Name))];
    }

    private static async Task<List<JsonElement>> PagesAsync(
        AmplitudeProject project, AmplitudeTool tool, string type, string? eventType, CancellationToken cancellationToken)
    {
        var found = new List<JsonElement>();
        string? cursor = null;
        for (var page = 0; page < MaximumPages; page++)
        {
            var arguments = new JsonObject { ["projectId"] = tool.Id("projectId", project.Id), ["propertyType"] = type };
            if (tool.Takes("limit"))
            {
                arguments["limit"] = PageSize;
            }

            if (eventType is not null)
            {
                arguments["eventType"] = eventType;
            }

            if (cursor is not null)
            {
                arguments["cursor"] = cursor;
            }

            var reply = await project.AskAsync(tool, arguments, cancellationToken);
            found.AddRange(reply.List().Where(item => EntitySearch.Name(item).Length > 0 && item.Field("isDeleted").ValueKind != JsonValueKind.True));
            cursor = reply.Field("cursor", "nextCursor").Text();
            if (cursor is null)
            {
                break;
            }
        }

        return found;
    }

    private static async Task<IEnumerable<PropertyInfo>> SearchAsync(
        AmplitudeProject project, string type, PropertyScope scope, CancellationToken cancellationToken) =>
        (await EntitySearch.AllAsync(project, type, cancellationToken)).Select(item => Read(item, scope, item.Field("eventType").Text()))
        .Where(property => property.Name.Length > 0);

    private static PropertyInfo Read(JsonElement item, PropertyScope scope, string? eventType)
    {
        var values = item.Field("enumValues", "values", "topValues").Each().Select(value => value.Text() ?? EntitySearch.Name(value))
            .Where(value => value.Length > 0).ToList();
        var type = item.Field("valueType", "dataType", "type").Text();
        return new PropertyInfo(
            Compiling.AmplitudeWords.PlainProperty(item.Field("name", "property", "value").Text() ?? ""),
            scope, eventType, item.Field("description").Text(), values,
            type is "number" or "integer" or "float" or "double"
                || (type is null or "any" && values.Count > 0 && values.TrueForAll(value => double.TryParse(value, CultureInfo.InvariantCulture, out _))));
    }
}
