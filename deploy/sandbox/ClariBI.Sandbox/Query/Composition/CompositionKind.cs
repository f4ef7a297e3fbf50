using System.Text.Json;
using System.Text.Json.Nodes;
using ClariBI.Sandbox.Data;
using ClariBI.Sandbox.Mcp;
using ClariBI.Sandbox.Query.Reading;

namespace ClariBI.Sandbox.Query.Composition;

/// <summary>Active users of the range by the value of a user property; exists in raw form only.</summary>
internal sealed class CompositionKind(Workspace workspace) : IChartKind
{
    public string Raw => "composition";

    public Type Query => typeof(CompositionQuery);

    public string RawExample => """
        {"type":"composition","params":{"range":"Last 30 Days","property":"version","countGroup":"User","segments":[{"conditions":[]}]}}
        """;

    public string RawParameters => """{"property":"user property: a built-in one, or with gp: before its name; or the first of groupBy"}""";

    public ChartQuery ReadRaw(string? name, JsonElement parameters, RawReader read)
    {
        var property = parameters.Text("property") is { } given
            ? read.Group(new JsonObject { ["type"] = Scopes.User, ["value"] = given }.Element())
            : read.Groups(parameters, "groupBy") switch
            {
                [{ Scope: Scopes.User } key] => key,
                [] => throw new ToolErrorException("params.property: Field required"),
                _ => throw new ToolErrorException("params.groupBy: Input should be one user property"),
            };
        return new CompositionQuery(name ?? $"Users by {property.Property}", read.Range(parameters), read.Segments(parameters), property);
    }

    /// <summary>The property is written as the group it is.</summary>
    public void WriteRaw(ChartQuery query, JsonObject parameters)
    {
    }

    public JsonObject Run(Project project, ChartQuery query, ChartLimits limits)
    {
        var composition = (CompositionQuery)query;
        var store = workspace.Events(project);
        Dictionary<string, long>[] users = [.. composition.Segments.Select(segment => Users(store, project, composition, segment))];
        string[] values = [.. users.SelectMany(segment => segment.Keys).Distinct()
            .OrderByDescending(value => users[0].GetValueOrDefault(value)).ThenBy(value => value, StringComparer.Ordinal).Take(limits.Groups)];
        return JsonRendering.Response(new()
        {
            ["series"] = new JsonArray([.. users.Select(segment => JsonRendering.Numbers(values.Select(value => (double)segment.GetValueOrDefault(value))))]),
            ["seriesLabels"] = new JsonArray([.. composition.Segments.Select(segment => JsonValue.Create(composition.Segments.Length == 1 ? composition.Property.Property : segment.Name))]),
            ["xValues"] = new JsonArray([.. values.Select(value => JsonValue.Create(value))]),
        });
    }

    private static Dictionary<string, long> Users(EventStore store, Project project, CompositionQuery query, Segment segment)
    {
        var sql = new Sql(store.Properties, project, query.Range.Now);
        var text = $"SELECT {sql.Label(query.Property)} AS value, count(DISTINCT uid) FROM events WHERE {sql.Between(query.Range.Start, query.Range.End)} AND {sql.InSegment(segment, query.Range)} GROUP BY value";
        return store.Read(text, sql.Parameters, reader => (Value: reader.GetString(0), Users: reader.GetInt64(1))).ToDictionary(row => row.Value, row => row.Users);
    }
}
