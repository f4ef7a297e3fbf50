using System.Text.Json.Nodes;
using ClariBI.Sandbox.Data;
using ClariBI.Sandbox.Mcp;
using ModelContextProtocol.Protocol;

namespace ClariBI.Sandbox.Tools;

internal sealed class SearchAmpEntities(TaxonomyReading taxonomy) : ITool
{
    public Tool Definition { get; } = ToolDefinition.Read("search_amp_entities", "Searching for content", """
        Finds events, properties, charts and cohorts by words in their names and descriptions. Without a query it lists the most used ones.

        WHEN TO USE:
        - To learn the exact names a query needs. Names are case-sensitive; a wrong one gives an empty chart, not an error.
        """, """
        {"appIds":{"type":"array","items":{"anyOf":[{"type":"string"},{"type":"integer"}]},"description":"Projects to search; all accessible ones unless given"},
         "queries":{"type":"array","items":{"type":"string"}},
         "entityTypes":{"type":"array","items":{"type":"string","enum":["EVENT","EVENT_PROPERTY","USER_PROPERTY","GROUP_PROPERTY","DERIVED_PROPERTY","LOOKUP_PROPERTY","PERSISTED_PROPERTY","CUSTOM_EVENT","SAVED_SEGMENT","METRIC","CHART","DASHBOARD","NOTEBOOK","COHORT","SPACE","FLAG","EXPERIMENT","GUIDE","SURVEY","AMPLITUDE_DOCS"]}},
         "includeArchived":{"type":"boolean"},"includeGenerated":{"type":"boolean"},"owners":{"type":"array","items":{"type":"string"}},"isOfficial":{"type":"boolean"},
         "sortOrder":{"type":"string","enum":["relevance","lastModified","viewCount","name"]},"sortDirection":{"type":"string","enum":["ASC","DESC"]},
         "limitPerQuery":{"type":"integer","minimum":1,"maximum":200,"default":50},"semanticSearch":{"type":"boolean"},"search_goal":{"type":"string"}}
        """);

    public Task<JsonNode> InvokeAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var asked = call.Texts("appIds");
        if (asked.Except(call.Organisation.Projects.Select(project => project.Id)).FirstOrDefault() is { } unknown)
        {
            throw new ToolErrorException($"No access to project {unknown}. Call get_amplitude_context to list the accessible projects.");
        }

        var types = call.Texts("entityTypes");
        var entities = call.Organisation.Projects.Where(project => asked.Length == 0 || asked.Contains(project.Id)).SelectMany(Entities)
            .Where(entity => types.Length == 0 || types.Contains(entity.Type)).ToArray();
        var (queries, limit) = (call.Texts("queries"), call.Number("limitPerQuery", 50));
        var found = queries.Length == 0
            ? entities.OrderByDescending(entity => entity.Weight).Take(limit)
            : queries.SelectMany(query => entities.Select(entity => (entity, score: Score(entity, query))).Where(pair => pair.score > 0)
                .OrderByDescending(pair => pair.score).ThenByDescending(pair => pair.entity.Weight).ThenBy(pair => pair.entity.Name, StringComparer.Ordinal).Take(limit).Select(pair => pair.entity)).Distinct();
        found = call.Text("sortOrder") == "name" ? found.OrderBy(entity => entity.Name, StringComparer.Ordinal) : found;
        JsonNode[] results = [.. found.Select(entity => entity.Json.DeepClone())];
        return Task.FromResult<JsonNode>(new JsonObject { ["success"] = true, ["totalCount"] = results.Length, ["results"] = new JsonArray(results) });
    }

    private IEnumerable<Entity> Entities(Project project)
    {
        foreach (var item in taxonomy.Events(project))
        {
            yield return new("EVENT", item.Name, item.Description, item.Volume30Days, new()
            {
                ["type"] = "EVENT",
                ["name"] = item.Name,
                ["description"] = item.Description,
                ["category"] = item.Category,
                ["appId"] = project.Id,
                ["volume30Days"] = item.Volume30Days,
                ["isActive"] = true,
            });
        }

        foreach (var item in taxonomy.Properties(project))
        {
            var type = item.Scope == "user" ? "USER_PROPERTY" : "EVENT_PROPERTY";
            yield return new(type, item.Name, item.Description, 0, new()
            {
                ["type"] = type,
                ["name"] = item.Name,
                ["description"] = item.Description,
                ["appId"] = project.Id,
                ["valueType"] = item.IsNumeric ? "number" : "string",
            });
        }

        foreach (var chart in project.Charts)
        {
            yield return new("CHART", chart.Name, chart.Description, 1, new()
            {
                ["type"] = "CHART",
                ["id"] = chart.Id,
                ["name"] = chart.Name,
                ["description"] = chart.Description,
                ["appId"] = project.Id,
                ["owner"] = chart.Owner,
                ["isOfficial"] = chart.IsOfficial,
                ["chartType"] = chart.Chart?["kind"]?.GetValue<string>() ?? chart.Definition?["type"]?.GetValue<string>(),
            });
        }

        foreach (var cohort in project.Cohorts)
        {
            yield return new("COHORT", cohort.Name, cohort.Description, 1, new() { ["type"] = "COHORT", ["id"] = cohort.Id, ["name"] = cohort.Name, ["description"] = cohort.Description, ["appId"] = project.Id });
        }
    }

    /// <summary>Words in the name count most, then in the description.</summary>
    private static int Score(Entity entity, string query)
    {
        var words = query.Split([' ', '_', '-', ','], StringSplitOptions.RemoveEmptyEntries);
        var whole = entity.Name.Equals(query, StringComparison.OrdinalIgnoreCase) ? 100 : 0;
        return whole + words.Sum(word => (entity.Name.Contains(word, StringComparison.OrdinalIgnoreCase) ? 10 : 0) + (entity.Description?.Contains(word, StringComparison.OrdinalIgnoreCase) == true ? 2 : 0));
    }

    private sealed record Entity(string Type, string Name, string? Description, long Weight, JsonObject Json);
}
