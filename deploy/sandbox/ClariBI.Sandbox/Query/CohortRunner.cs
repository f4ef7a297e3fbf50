using System.Text.Json.Nodes;
using ClariBI.Sandbox.Data;
using ClariBI.Sandbox.Mcp;

namespace ClariBI.Sandbox.Query;

/// <summary>Cohorts are kept as definitions and computed whenever they are asked for.</summary>
internal sealed class CohortRunner(Workspace workspace)
{
    public long Size(Project project, Cohort cohort, DateTime now)
    {
        var store = workspace.Events(project);
        var sql = new Sql(store.Properties, project, now);
        var members = Members(sql, project, cohort.Id, now);
        return store.Read($"SELECT count(*) FROM (SELECT DISTINCT uid FROM ({members}))", sql.Parameters, reader => reader.GetInt64(0))[0];
    }

    /// <summary>A query for the user ids of a cohort: all of its and-clauses, any of the or-clauses in each.</summary>
    public static string Members(Sql sql, Project project, string cohortId, DateTime now)
    {
        var cohort = Array.Find(project.Cohorts, cohort => cohort.Id == cohortId) ?? throw new ToolErrorException($"NotFoundError: No cohort {cohortId}");
        var clauses = (cohort.Definition["andClauses"] as JsonArray ?? []).OfType<JsonObject>().Select(clause =>
        {
            var any = string.Join(" OR ", (clause["orClauses"] as JsonArray ?? []).OfType<JsonObject>().Select(item => $"uid IN ({Clause(sql, project, item, now)})").DefaultIfEmpty("FALSE"));
            return $"{(clause["negated"]?.GetValue<bool>() == true ? "NOT " : "")}({any})";
        });
        return $"SELECT DISTINCT uid FROM events WHERE ts <= {sql.Value(now)} AND {string.Join(" AND ", clauses.DefaultIfEmpty("FALSE"))}";
    }

    /// <summary>The days are those of the project's calendar, and end today.</summary>
    private static string Clause(Sql sql, Project project, JsonObject item, DateTime now)
    {
        if (item["type"]?.GetValue<string>() != "event")
        {
            throw new ToolErrorException("The sandbox computes cohorts of event clauses only");
        }

        var op = item["operator"]?.GetValue<string>() is ">=" or ">" or "<=" or "<" or "=" ? item["operator"]!.GetValue<string>() : throw new ToolErrorException("operator: Input should be one of >=, >, <=, <, =");
        var days = Math.Clamp(item["time_value"]?.GetValue<int>() ?? 30, 1, 3660);
        var start = DateRange.Utc(DateRange.Local(now, project.Zone).Date.AddDays(1 - days), project.Zone);
        var count = item["operator_value"]?.GetValue<int>() ?? 1;
        var name = item["type_value"]?.GetValue<string>() ?? throw new ToolErrorException("type_value: Field required");
        return $"SELECT uid FROM events WHERE {sql.Between(start, now)} AND {sql.Event(new(name, [], []))} GROUP BY uid HAVING count(*) {op} {sql.Value(count)}";
    }
}
