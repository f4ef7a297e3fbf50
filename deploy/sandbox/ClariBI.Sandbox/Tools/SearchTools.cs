using System.Text.Json.Nodes;
using ClariBI.Sandbox.Mcp;
using ModelContextProtocol.Protocol;

namespace ClariBI.Sandbox.Tools;

/// <summary>Search over everything that has a name.</summary>
internal sealed class SearchTools(EntityCatalogue catalogue) : IToolFamily
{
    private const string Properties = """
        {"appIds":{"type":"array","items":{"anyOf":[{"type":"string"},{"type":"integer"}]},"description":"Projects to search; all accessible ones unless given"},
         "queries":{"type":"array","items":{"type":"string"},"maxItems":50},
         "entityTypes":{"type":"array","items":{"type":"string","enum":["EVENT","EVENT_PROPERTY","USER_PROPERTY","GROUP_PROPERTY","DERIVED_PROPERTY","LOOKUP_PROPERTY","PERSISTED_PROPERTY","CUSTOM_EVENT","SAVED_SEGMENT","METRIC","CHART","DASHBOARD","NOTEBOOK","COHORT","SPACE","FLAG","EXPERIMENT","GUIDE","SURVEY","AMPLITUDE_DOCS"]}},
         "includeArchived":{"type":"boolean"},"includeGenerated":{"type":"boolean"},"owners":{"type":"array","items":{"type":"string"}},"excludeOwners":{"type":"array","items":{"type":"string"}},"isOfficial":{"type":"boolean"},
         "sortOrder":{"type":"string","enum":["relevance","lastModified","viewCount","name"],"default":"relevance"},"sortDirection":{"type":"string","enum":["ASC","DESC"]},
         "limitPerQuery":{"type":"integer","minimum":1,"maximum":200,"default":50},
         "lastModifiedAfter":{"type":"number","description":"Unix seconds"},"lastViewedBefore":{"type":"number","description":"Unix seconds"},
         "semanticSearch":{"type":"boolean"},"search_goal":{"type":"string"}}
        """;

    private static readonly Tool SearchAmpEntities = ToolDefinition.Read("search_amp_entities", "Searching for content", """
        Finds events, properties, charts, dashboards, notebooks, cohorts, metrics, flags and experiments by words in their names and descriptions.

        WHEN TO USE:
        - To learn the exact names a query needs. Names are case-sensitive; a wrong one gives an empty chart, not an error.
        - To find the id of something saved.

        INSTRUCTIONS:
        - Several queries are merged into one list; each may add limitPerQuery results.
        - Without a query it lists what is used most.

        EXAMPLES:
        - {"queries":["sign up","registration"],"entityTypes":["EVENT"]}
        """, Properties);

    private static Tool Search => ToolDefinition.Change(ToolDefinition.Read("search", "Searching for content", SearchAmpEntities.Description!, Properties), schema =>
    {
        schema["properties"]!["query"] = new JsonObject { ["type"] = "string", ["description"] = "A single query" };
        schema["properties"]!["limit"] = new JsonObject { ["type"] = "integer", ["minimum"] = 1, ["maximum"] = 200 };
    });

    public IEnumerable<InlineTool> Tools => [new(SearchAmpEntities, Find), new(Search, Find)];

    private JsonObject Find(ToolCall call)
    {
        var asked = call.Texts("appIds");
        if (asked.Except(call.Organisation.Projects.Select(project => project.Id)).FirstOrDefault() is { } unknown)
        {
            throw new ToolErrorException($"No access to project {unknown}. Call get_amplitude_context to list the accessible projects.");
        }

        var entities = call.Organisation.Projects.Where(project => asked.Length == 0 || asked.Contains(project.Id)).SelectMany(catalogue.Of).Where(entity => Fits(call, entity)).ToArray();
        string[] queries = [.. call.Texts("queries"), .. call.Text("query") is { } single ? new[] { single } : []];
        var limit = call.Number("limitPerQuery", call.Number("limit", 50));
        var found = queries.Length == 0
            ? entities.OrderByDescending(entity => entity.Weight).Take(limit)
            : Ranking.Fuse([.. queries.Select(query => entities.Select(entity => (entity, Score: Ranking.Score(query, entity.Name, entity.Description))).Where(pair => pair.Score > 0)
                .OrderByDescending(pair => pair.Score).ThenByDescending(pair => pair.entity.Weight).ThenBy(pair => pair.entity.Name, StringComparer.Ordinal).Take(limit).Select(pair => pair.entity).ToArray())]);
        JsonObject[] results = [.. Sorted(call, found).Select(entity => (JsonObject)entity.Json.DeepClone())];
        return new() { ["success"] = true, ["totalCount"] = results.Length, ["results"] = results.List() };
    }

    private static bool Fits(ToolCall call, Entity entity)
    {
        var (types, owners) = (call.Texts("entityTypes"), call.Texts("owners"));
        return (types.Length == 0 || types.Contains(entity.Type))
            && (owners.Length == 0 || owners.Contains(entity.Owner))
            && (entity.Owner is null || !call.Texts("excludeOwners").Contains(entity.Owner))
            && (!call.Arguments.TryGetProperty("isOfficial", out var official) || official.GetBoolean() == entity.IsOfficial)
            && (!call.Arguments.TryGetProperty("lastModifiedAfter", out var after) || (entity.LastModified is { } when && (when - DateTime.UnixEpoch).TotalSeconds > after.GetDouble()));
    }

    /// <summary>Names rise unless told otherwise, the rest falls; relevance keeps its own order.</summary>
    private static IEnumerable<Entity> Sorted(ToolCall call, IEnumerable<Entity> found)
    {
        var direction = call.Text("sortDirection");
        return call.Text("sortOrder") switch
        {
            "name" => direction == "DESC" ? found.OrderByDescending(entity => entity.Name, StringComparer.Ordinal) : found.OrderBy(entity => entity.Name, StringComparer.Ordinal),
            "lastModified" => direction == "ASC" ? found.OrderBy(entity => entity.LastModified) : found.OrderByDescending(entity => entity.LastModified),
            "viewCount" => direction == "ASC" ? found.OrderBy(entity => entity.Weight) : found.OrderByDescending(entity => entity.Weight),
            _ => direction == "ASC" ? found.Reverse() : found,
        };
    }
}
