using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClariBI.Sandbox.Data;
using ClariBI.Sandbox.Mcp;
using ClariBI.Sandbox.Query;

namespace ClariBI.Sandbox.Tools;

internal sealed record Replay(string DeviceId, long SessionId, long AmplitudeId, string? UserId, DateTime Start, DateTime End, long Events)
{
    public string Id => string.Create(CultureInfo.InvariantCulture, $"{DeviceId}/{SessionId}");
}

/// <summary>Sessions of the last 30 days, told as replays. Nothing was recorded: a timeline is the session's events.</summary>
internal sealed class ReplayReading(Workspace workspace, ChartReading reading)
{
    private const int Days = 30;

    public List<Replay> Search(Project project, JsonElement arguments, int limit, int skip)
    {
        var store = workspace.Events(project);
        var sql = new Sql(store.Properties, project, reading.Now);
        var having = arguments.Items("segmentFilters").SelectMany(segment => segment.Items("conditions")).Select(condition => $"bool_or({Filters.Condition(sql, RawFilters.Condition(condition))})")
            .Concat(arguments.Items("eventCountFilters").Select(filter => Count(sql, filter)));
        var who = Who(sql, arguments);
        return Read(project, sql, $"WHERE {Recent(sql)}{who}", string.Join(" AND ", having.DefaultIfEmpty("TRUE")), $"LIMIT {sql.Value(limit)} OFFSET {sql.Value(skip)}");
    }

    public Replay Find(Project project, string id)
    {
        var slash = id.LastIndexOf('/');
        if (slash < 1 || !long.TryParse(id[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var session))
        {
            throw new ToolErrorException("sessionReplayId: Input should be device_id/session_id");
        }

        var sql = new Sql(workspace.Events(project).Properties, project, reading.Now);
        var found = Read(project, sql, $"WHERE {Recent(sql)} AND device_id = {sql.Value(id[..slash])} AND session_id = {sql.Value(session)}", "TRUE", "");
        return found.Count > 0 ? found[0] : throw new ToolErrorException($"NotFoundError: No session replay {id}");
    }

    public JsonArray Timeline(Project project, Replay replay, int limit) => workspace.Events(project).Read(
        "SELECT event_type, ts FROM events WHERE device_id = $1 AND session_id = $2 ORDER BY seq LIMIT $3", [replay.DeviceId, replay.SessionId, limit],
        reader => new JsonObject
        {
            ["type"] = "event",
            ["name"] = reader.GetString(0),
            ["timestamp"] = Replies.Iso(reader.GetDateTime(1)),
            ["offsetMs"] = (long)(reader.GetDateTime(1) - replay.Start).TotalMilliseconds,
        }).List();

    private string Recent(Sql sql) => $"session_id > 0 AND device_id IS NOT NULL AND {sql.Between(reading.Now.AddDays(-Days), reading.Now)}";

    private static string Who(Sql sql, JsonElement arguments)
    {
        var who = "";
        foreach (var (field, column) in new[] { ("userId", "user_id"), ("deviceId", "device_id"), ("amplitudeId", "CAST(uid AS VARCHAR)") })
        {
            if (arguments.Field(field) is { ValueKind: JsonValueKind.String or JsonValueKind.Number } value)
            {
                who += $" AND {column} = {sql.Value(value.ToString())}";
            }
        }

        return who;
    }

    private static string Count(Sql sql, JsonElement filter)
    {
        var op = (filter.Text("operator") ?? "greater or equal") switch
        {
            "greater or equal" or ">=" => ">=",
            "greater" or ">" => ">",
            "less or equal" or "<=" => "<=",
            "less" or "<" => "<",
            "is" or "=" => "=",
            "is not" or "!=" => "<>",
            var other => throw new ToolErrorException($"operator: {other} is not supported"),
        };
        var text = filter.Field("count").ValueKind == JsonValueKind.Undefined ? "1" : filter.Field("count").ToString();
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? $"count(*) FILTER ({sql.Event(RawFilters.Event(filter.Field("event")))}) {op} {sql.Value(count)}"
            : throw new ToolErrorException("count: Input should be an integer");
    }

    private List<Replay> Read(Project project, Sql sql, string where, string having, string limit) => workspace.Events(project).Read(
        $"SELECT device_id, session_id, min(uid), max(user_id), min(ts), max(ts), count(*) FROM events {where} GROUP BY device_id, session_id HAVING {having} ORDER BY min(ts) DESC, device_id {limit}",
        sql.Parameters, reader => new Replay(reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2), reader.IsDBNull(3) ? null : reader.GetString(3), reader.GetDateTime(4), reader.GetDateTime(5), reader.GetInt64(6)));
}
