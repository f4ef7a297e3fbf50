using System.Globalization;
using System.Text.Json.Nodes;
using ClariBI.Sandbox.Data;
using ClariBI.Sandbox.Mcp;
using ClariBI.Sandbox.Query;

namespace ClariBI.Sandbox.Tools;

internal sealed record TimelineScope(int Limit, bool WithProperties, string[] OnlyEvents);

/// <summary>What the events tell of single users.</summary>
internal sealed class UserReading(Workspace workspace)
{
    /// <summary>The Amplitude id of a user named in one of four ways; null when there is none.</summary>
    public long? Find(Project project, string kind, string value)
    {
        var store = workspace.Events(project);
        var column = kind switch
        {
            "amplitudeId" => "CAST(uid AS VARCHAR)",
            "userId" => "user_id",
            "deviceId" => "device_id",
            _ => store.Properties.Find("user", "email")?.Column ?? throw new ToolErrorException("email: the users of this project have no such property"),
        };
        var found = store.Read($"SELECT uid FROM events WHERE {column} = $1 LIMIT 1", [value], reader => reader.GetInt64(0));
        return found.Count == 0 ? null : found[0];
    }

    public List<(long Id, string? UserId)> List(Project project, EventRef did, DateTime now, int limit)
    {
        var store = workspace.Events(project);
        var sql = new Sql(store.Properties, project, now);
        return store.Read($"SELECT uid, max(user_id) FROM events WHERE {sql.Event(did)} GROUP BY uid ORDER BY max(ts) DESC, uid LIMIT {sql.Value(limit)}", sql.Parameters,
            reader => (reader.GetInt64(0), reader.IsDBNull(1) ? null : reader.GetString(1)));
    }

    /// <summary>Counts over all events; properties as on the last one.</summary>
    public JsonObject Profile(Project project, long user)
    {
        var store = workspace.Events(project);
        var totals = store.Read("""
            SELECT count(*), count(DISTINCT session_id) FILTER (session_id > 0), min(ts), max(ts),
              (SELECT coalesce(sum(epoch_ms(last) - epoch_ms(first)), 0)::BIGINT FROM (SELECT min(ts) AS first, max(ts) AS last FROM events WHERE uid = $1 AND session_id > 0 GROUP BY session_id))
            FROM events WHERE uid = $1
            """, [user], reader => (Events: reader.GetInt64(0), Sessions: reader.GetInt64(1), First: reader.GetDateTime(2), Last: reader.GetDateTime(3), Usage: reader.GetInt64(4)))[0];
        Property[] properties = [.. store.Properties.Of("user")];
        var last = store.Read($"SELECT {string.Join(", ", properties.Select(property => property.Column))} FROM events WHERE uid = $1 ORDER BY seq DESC LIMIT 1", [user], reader => Values(reader, properties, 0))[0];
        return new()
        {
            ["user_id"] = last["user_id"]?.DeepClone(),
            ["canonical_amplitude_id"] = user.ToString(CultureInfo.InvariantCulture),
            ["device_id"] = last["device_id"]?.DeepClone(),
            ["num_events"] = totals.Events,
            ["num_sessions"] = totals.Sessions,
            ["usage_time"] = totals.Usage,
            ["first_used"] = Replies.Iso(totals.First),
            ["last_used"] = Replies.Iso(totals.Last),
            ["properties"] = last,
        };
    }

    /// <summary>The newest events first.</summary>
    public JsonArray Timeline(Project project, long user, TimelineScope scope)
    {
        var store = workspace.Events(project);
        var sql = new Sql(store.Properties, project, default);
        Property[] properties = scope.WithProperties ? [.. store.Properties.Of("event")] : [];
        var only = scope.OnlyEvents.Length == 0 ? "" : $" AND event_type IN ({string.Join(", ", scope.OnlyEvents.Select(name => sql.Value(name)))})";
        var columns = string.Concat(properties.Select(property => $", {property.Column}"));
        return store.Read($"SELECT event_type, ts, session_id{columns} FROM events WHERE uid = {sql.Value(user)}{only} ORDER BY seq DESC LIMIT {sql.Value(scope.Limit)}", sql.Parameters, reader =>
        {
            var item = new JsonObject { ["event_type"] = reader.GetString(0), ["event_time"] = Replies.Iso(reader.GetDateTime(1)), ["session_id"] = reader.IsDBNull(2) ? null : reader.GetInt64(2) };
            if (scope.WithProperties)
            {
                item["event_properties"] = Values(reader, properties, 3);
            }

            return item;
        }).List();
    }

    private static JsonObject Values(System.Data.Common.DbDataReader reader, Property[] properties, int first)
    {
        var values = new JsonObject();
        for (var index = 0; index < properties.Length; index++)
        {
            if (!reader.IsDBNull(first + index))
            {
                values[properties[index].Name] = reader.GetString(first + index);
            }
        }

        return values;
    }
}
