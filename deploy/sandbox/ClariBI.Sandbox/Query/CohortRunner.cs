using System.Text.Json;
using ClariBI.Sandbox.Data;
using ClariBI.Sandbox.Mcp;

namespace ClariBI.Sandbox.Query;

/// <summary>Cohorts are kept as definitions and computed whenever they are asked for.</summary>
internal sealed class CohortRunner(Workspace workspace)
{
    private const int MostDays = 3660;
    private static readonly string[] Fields = ["type", "type_value", "operator", "operator_value", "time_type", "time_value"];

    /// <summary>Fields of exported definitions, with the values that ask for nothing more.</summary>
    private static readonly Dictionary<string, string> Plain = new() { ["metric"] = "null", ["offset"] = "0", ["group_by"] = "[]", ["interval"] = "1" };

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
        var clauses = cohort.Definition.Element().Items("andClauses").Select(clause =>
        {
            var any = string.Join(" OR ", clause.Items("orClauses").Select(item => $"({Clause(sql, project, item, now)})").DefaultIfEmpty("FALSE"));
            return $"{(clause.Flag("negated") ? "NOT " : "")}({any})";
        });
        return $"SELECT DISTINCT uid FROM events WHERE {sql.UntilNow} AND {string.Join(" AND ", clauses.DefaultIfEmpty("FALSE"))}";
    }

    /// <summary>The days are those of the project's calendar, and end today.</summary>
    private static string Clause(Sql sql, Project project, JsonElement item, DateTime now)
    {
        if (item.Text("type") != "event")
        {
            throw new ToolErrorException("type: The sandbox computes cohorts of event clauses only");
        }

        if (item.EnumerateObject().FirstOrDefault(field => !Fields.Contains(field.Name) && Plain.GetValueOrDefault(field.Name) != field.Value.GetRawText()) is { Value.ValueKind: not JsonValueKind.Undefined } other)
        {
            throw new ToolErrorException(Plain.TryGetValue(other.Name, out var only) ? $"{other.Name}: Input should be {only}" : $"{other.Name}: Unrecognized key");
        }

        if (item.Text("time_type") is not (null or "rolling"))
        {
            throw new ToolErrorException("time_type: Input should be rolling");
        }

        var op = item.Text("operator") is ">=" or ">" or "<=" or "<" or "=" ? item.Required("operator") : throw new ToolErrorException("operator: Input should be one of >=, >, <=, <, =");
        var days = item.Number("time_value", 30) is >= 1 and <= MostDays and var given ? given : throw new ToolErrorException($"time_value: Input should be from 1 to {MostDays}");
        var start = DateRange.Utc(DateRange.Local(now, project.Zone).Date.AddDays(1 - days), project.Zone);
        return Occurrences.Condition("uid", "count(*)", op, item.Number("operator_value", 1), having =>
            $"SELECT uid FROM events WHERE {sql.Between(start, now)} AND {sql.Event(new(item.Required("type_value"), [], []))} GROUP BY uid {having}");
    }
}
