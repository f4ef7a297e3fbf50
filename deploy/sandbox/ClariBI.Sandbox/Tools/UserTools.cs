using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClariBI.Sandbox.Data;
using ClariBI.Sandbox.Mcp;
using ClariBI.Sandbox.Query;

namespace ClariBI.Sandbox.Tools;

/// <summary>Single users: their profile and what they did.</summary>
internal sealed class UserTools(UserReading users, ChartReading reading) : IToolFamily
{
    private const int MostUsers = 10;
    private static readonly string[] Kinds = ["amplitudeId", "userId", "email", "deviceId"];

    private const string Identifiers = """
        "amplitudeId":{"anyOf":[{"type":"string"},{"type":"integer"}]},"userId":{"type":"string"},"email":{"type":"string"},"deviceId":{"type":"string"}
        """;

    public IEnumerable<InlineTool> Tools =>
    [
        new(ToolDefinition.Read("get_amp_user_data", "Reading users", $$"""
            Tells who up to ten users are and what they did.

            WHEN TO USE:
            - When a question is about one person rather than about many.

            INSTRUCTIONS:
            - Name a user by amplitudeId, userId, email or deviceId; several in users.
            - include decides what comes back: the ids, the profile, the timeline, or both. org tells about the account instead and needs no project.
            """, $$"""
            {"projectId":{{Replies.ProjectId}},
             {{Identifiers}},
             "users":{"type":"array","minItems":1,"maxItems":10,"items":{"type":"object","properties":{ {{Identifiers}} },"additionalProperties":false} },
             "include":{"type":"string","enum":["id","profile","timeline","both","org"],"default":"profile"},
             "eventLimit":{"type":"integer","minimum":1,"maximum":1000,"default":50},"includeEventProperties":{"type":"boolean","default":false},"includeExperimentData":{"type":"boolean","default":false},
             "filterEvents":{"type":"array","items":{"type":"string"} } }
            """), call => call.Text("include") == "org" ? Organisation(call) : Read(call)),
        new(ToolDefinition.Open(ToolDefinition.Read("get_users", "Reading users", """
            Lists users who did an event, or reads one user by id.

            WHEN TO USE:
            - To see examples of users, or what one person did.
            """, $$"""
            {"projectId":{{Replies.ProjectId}},"event":{"type":"object"},"limit":{"type":"integer","minimum":1,"maximum":1000,"default":50},
             "userId":{"type":"string"},"amplitudeId":{"anyOf":[{"type":"string"},{"type":"integer"}]},"includeEvents":{"type":"boolean"},"eventLimit":{"type":"integer","minimum":1,"maximum":1000,"default":50} }
            """)), Users),
    ];

    private static JsonObject Organisation(ToolCall call) => new()
    {
        ["success"] = true,
        ["organization"] = new JsonObject { ["id"] = call.Organisation.Id, ["name"] = call.Organisation.Name },
        ["users"] = new JsonArray(new JsonObject { ["name"] = call.Account.Name, ["email"] = call.Account.Email }),
    };

    private JsonObject Read(ToolCall call)
    {
        var project = call.Project();
        var asked = call.Arguments.Items("users").SelectMany(Named).Concat(Named(call.Arguments)).Distinct().ToArray();
        if (asked.Length is 0 or > MostUsers)
        {
            throw new ToolErrorException(asked.Length == 0 ? "amplitudeId, userId, email or deviceId: Field required" : $"users: Array should have at most {MostUsers} items");
        }

        return new() { ["success"] = true, ["users"] = asked.Select(name => Describe(call, project, name.Kind, name.Value)).List() };
    }

    private static IEnumerable<(string Kind, string Value)> Named(JsonElement item) =>
        Kinds.Where(kind => item.Field(kind).ValueKind is JsonValueKind.String or JsonValueKind.Number).Select(kind => (kind, item.Field(kind).ToString()));

    private JsonObject Describe(ToolCall call, Project project, string kind, string value)
    {
        if (users.Find(project, kind, value) is not { } user)
        {
            return new() { [kind] = value, ["found"] = false };
        }

        var include = call.Text("include") ?? "profile";
        var described = new JsonObject { [kind] = value, ["found"] = true };
        described["amplitudeId"] = user.ToString(CultureInfo.InvariantCulture);
        if (include is "profile" or "both")
        {
            described["profile"] = users.Profile(project, user);
        }

        if (include is "timeline" or "both")
        {
            described["timeline"] = users.Timeline(project, user, new(call.Number("eventLimit", 50), call.Flag("includeEventProperties"), call.Texts("filterEvents")));
        }

        return described;
    }

    private JsonObject Users(ToolCall call)
    {
        var project = call.Project();
        if (Named(call.Arguments).ToArray() is { Length: > 0 } named)
        {
            var user = users.Find(project, named[0].Kind, named[0].Value) ?? throw new ToolErrorException($"NotFoundError: No user {named[0].Value}");
            var one = users.Profile(project, user);
            one["amplitudeId"] = user.ToString(CultureInfo.InvariantCulture);
            if (call.Flag("includeEvents"))
            {
                one["events"] = users.Timeline(project, user, new(call.Number("eventLimit", 50), true, []));
            }

            return new() { ["users"] = new JsonArray(one), ["metadata"] = new JsonObject { ["userCount"] = 1 } };
        }

        var found = users.List(project, RawFilters.Event(call.Arguments.Field("event")), reading.Now, call.Number("limit", 50));
        return new()
        {
            ["users"] = found.Select(user => new JsonObject { ["amplitudeId"] = user.Id.ToString(CultureInfo.InvariantCulture), ["user_id"] = user.UserId }).List(),
            ["metadata"] = new JsonObject { ["userCount"] = found.Count },
        };
    }
}
