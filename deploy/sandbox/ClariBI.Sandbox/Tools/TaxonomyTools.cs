using System.Text.Json.Nodes;
using ClariBI.Sandbox.Data;
using ClariBI.Sandbox.Mcp;
using ClariBI.Sandbox.Query;
using ModelContextProtocol.Protocol;

namespace ClariBI.Sandbox.Tools;

/// <summary>Properties and their values. Events carry event and user properties only, so the other kinds are well-formed and empty.</summary>
internal sealed class TaxonomyTools(TaxonomyReading taxonomy) : IToolFamily
{
    private const int MostSearches = 20;

    private static readonly Tool GetAmpTaxonomy = ToolDefinition.Read("get_amp_taxonomy", "Reading properties", """
        Lists the properties of an event, or of users, with their values where these are few.

        WHEN TO USE:
        - Before filtering or grouping: it tells which properties an event has and how values are spelled.

        INSTRUCTIONS:
        - eventType narrows event properties to those the event was seen with.
        - A reply that holds a cursor has more: send it back for the next page.

        EXAMPLES:
        - {"projectId":"123","propertyType":"event","eventType":"Sign Up","fields":["name","enumValues"]}
        """, $$"""
        {"projectId":{{Replies.ProjectId}},
         "propertyType":{"type":"string","enum":["event","user","group","derived","lookup","channel","persisted"],"default":"event"},
         "eventType":{"type":"string"},"name":{"type":"string"},"names":{"type":"array","items":{"type":"string"} },
         "sources":{"type":"array","items":{"type":"string","enum":["AMPLITUDE","CUSTOMER"]} },"groupTypes":{"type":"array","items":{"type":"string"} },
         "derivedPropertyType":{"type":"string","enum":["event","user"]},"configurationFilter":{"type":"string","enum":["all","configured","unconfigured"]},"lookupTableName":{"type":"string"},
         "fields":{"type":"array","items":{"type":"string","enum":["name","displayName","description","category","tags","status","eventType","type","isRequired","isHidden","isDeleted","isBlocked","enumValues","regex","isArrayType","classifications","isInSchema","attachedToOtherEvents","source","groupTypes","origin","formula","propertyType","chartPropType","isCommitted","isOOTB","groupType","id","lookupTableName","columnHeader","keyColumnHeader","keyProperty","rowCount","lastModifiedAt","definition"]} },
         "limit":{"type":"integer","minimum":1,"maximum":500,"default":100},"cursor":{"type":"string"},
         "includeDeleted":{"type":"boolean","default":false},"includeHidden":{"type":"boolean","default":true},"includeBlocked":{"type":"boolean","default":true},"includeTransformations":{"type":"boolean","default":true},
         "branchId":{"type":"string"},"branchName":{"type":"string"} }
        """);

    public IEnumerable<InlineTool> Tools =>
    [
        new(GetAmpTaxonomy, Properties),
        new(ToolDefinition.Read("get_event_properties", "Finding the right event properties", """
            Lists the properties an event has.

            WHEN TO USE:
            - Before filtering or grouping by a property of an event.
            """, $$"""{"projectId":{{Replies.ProjectId}},"eventType":{"type":"string"} }""", "projectId", "eventType"), Properties),
        new(ToolDefinition.Read("search_amp_data_taxonomy", "Searching the taxonomy", """
            Finds events, properties and property values by meaning.

            WHEN TO USE:
            - When the words of a question are not the names in the data.

            INSTRUCTIONS:
            - Each search has a query; detail decides how much is told of each match.
            """, $$"""
            {"projectId":{{Replies.ProjectId}},
             "searches":{"type":"array","minItems":1,"items":{"type":"object","properties":{"query":{"type":"string"},"type":{"type":"string"},"limit":{"type":"integer","minimum":1,"maximum":100} } } },
             "detail":{"type":"string","enum":["compact","stats","full"],"default":"compact"} }
            """, "projectId", "searches"), Search),
    ];

    private JsonObject Properties(ToolCall call)
    {
        if (call.Text("branchId") is not null && call.Text("branchName") is not null)
        {
            throw new ToolErrorException("Give at most one of branchId and branchName");
        }

        var project = call.Project();
        var type = call.Text("propertyType") ?? "event";
        var eventType = type == "event" ? call.Text("eventType") : null;
        var (names, sources) = (call.Texts("names"), call.Texts("sources"));
        var all = taxonomy.Properties(project, eventType, withValues: true).Where(property => property.Scope == type
            && (call.Text("name") is not { } name || property.Name == name) && (names.Length == 0 || names.Contains(property.Name))
            && (sources.Length == 0 || sources.Contains(Source(property)))).ToArray();
        var reply = new JsonObject { ["success"] = true };
        reply["properties"] = call.Page(all, call.Number("limit", 100), reply).Select(property => Describe(property, eventType).Only(call.Texts("fields"))).List();
        return reply;
    }

    private static JsonObject Describe(PropertyEntry property, string? eventType) => new()
    {
        ["name"] = property.Name,
        ["eventType"] = eventType,
        ["propertyType"] = property.Scope,
        ["description"] = property.Description,
        ["type"] = property.IsNumeric ? "number" : "string",
        ["isRequired"] = false,
        ["isHidden"] = false,
        ["isDeleted"] = false,
        ["isBlocked"] = false,
        ["isArrayType"] = false,
        ["source"] = Source(property),
        ["chartPropType"] = property.Scope,
        ["isInSchema"] = property.Description is not null,
        ["enumValues"] = property.Values?.List(),
    };

    private static string Source(PropertyEntry property) => property.Scope == "user" && PropertyCatalogue.IsBuiltIn(property.Name) ? "AMPLITUDE" : "CUSTOMER";

    private JsonObject Search(ToolCall call)
    {
        var project = call.Project();
        var searches = call.Arguments.GetProperty("searches").EnumerateArray().ToArray();
        if (searches.Length > MostSearches)
        {
            throw new ToolErrorException($"searches: Array should have at most {MostSearches} items");
        }

        var detail = call.Text("detail") ?? "compact";
        var entries = taxonomy.Events(project).Select(item => (Kind: "event", item.Name, item.Description, Values: Array.Empty<string>(), Volume: item.Volume30Days))
            .Concat(taxonomy.Properties(project, withValues: true).Select(item => (Kind: item.Scope + "_property", item.Name, item.Description, Values: item.Values ?? [], Volume: 0L))).ToArray();
        return new()
        {
            ["success"] = true,
            ["results"] = searches.Select(search =>
            {
                var (query, kind) = (search.Text("query") ?? "", search.Text("type"));
                var found = entries.Where(entry => kind is null || entry.Kind == kind)
                    .Select(entry => (entry, Score: Ranking.Score(query, entry.Name, $"{entry.Description} {string.Join(' ', entry.Values)}"))).Where(pair => pair.Score > 0)
                    .OrderByDescending(pair => pair.Score).ThenByDescending(pair => pair.entry.Volume).ThenBy(pair => pair.entry.Name, StringComparer.Ordinal).Take(search.Number("limit", 20));
                return new JsonObject
                {
                    ["query"] = query,
                    ["matches"] = found.Select(pair => Match(detail, pair.Score, pair.entry.Kind, pair.entry.Name, pair.entry.Description, pair.entry.Values, pair.entry.Volume)).List(),
                };
            }).List(),
        };
    }

    private static JsonObject Match(string detail, int score, string kind, string name, string? description, string[] values, long volume)
    {
        var match = new JsonObject { ["kind"] = kind, ["name"] = name, ["description"] = description, ["score"] = score };
        if (detail != "compact" && kind == "event")
        {
            match["volume30Days"] = volume;
        }

        if (detail == "full" && kind != "event")
        {
            match["values"] = values.List();
        }

        return match;
    }
}
