using System.Globalization;
using System.Text.Json.Nodes;
using ClariBI.Sandbox.Mcp;

namespace ClariBI.Sandbox.Tools;

/// <summary>Session replays, under the names of both generations.</summary>
internal sealed class ReplayTools(ReplayReading replays) : IToolFamily
{
    private const string Id = """
        "sessionReplayId":{"type":"string","description":"device_id/session_id"}
        """;

    private const string Filters = """
        "segmentFilters":{"type":"array","maxItems":10,"items":{"type":"object","properties":{"conditions":{"type":"array","items":{"type":"object"}}}}},
         "eventCountFilters":{"type":"array","maxItems":10,"items":{"type":"object","properties":{"count":{"type":"string"},"operator":{"type":"string"},"event":{"type":"object"}},"required":["event"]}}
        """;

    public IEnumerable<InlineTool> Tools =>
    [
        new(ToolDefinition.Read("get_amp_session_replay_info", "Reading session replays", """
            Finds session replays of the last 30 days, or tells what happened in one.

            WHEN TO USE:
            - To see how people go through the product, after the numbers have said where to look.

            INSTRUCTIONS:
            - search takes conditions; list takes a user or a device; events and timeline take sessionReplayId.
            """, $$"""
            {"action":{"type":"string","enum":["search","list","events","timeline"],"default":"search"},"projectId":{{Replies.ProjectId}},
             {{Id}},
             {{Filters}},
             "userId":{"type":"string"},"deviceId":{"type":"string"},"amplitudeId":{"anyOf":[{"type":"string"},{"type":"integer"}]},
             "limit":{"type":"integer","minimum":1,"maximum":500,"default":50},"eventLimit":{"type":"integer","minimum":1,"maximum":500,"default":200},"cursor":{"type":"string"} }
            """), call => call.Text("action") is "events" or "timeline" ? Timeline(call) : Search(call)),
        new(ToolDefinition.Read("get_session_replays", "Reading session replays", """
            Finds session replays of the last 30 days.

            WHEN TO USE:
            - To see how people go through the product, after the numbers have said where to look.
            """, $$"""
            {"projectId":{{Replies.ProjectId}},
             {{Filters}},
             "limit":{"type":"integer","minimum":1,"maximum":500,"default":50},"cursor":{"type":"string"} }
            """, "projectId"), Search),
        Single("get_session_replay_timeline", "Reading a replay's timeline", "Tells what happened in a session replay, in order.", Timeline),
        Single("get_session_replay_duration", "Reading a replay's length", "Tells how long a session replay is.", Duration),
        Single("get_session_replay_stream", "Reading a replay's recording", "Gives the recording of a session replay.", call => Without(call, "The sandbox holds no recordings: the timeline is made of the session's events.", "stream")),
        Single("render_amp_session_replay", "Showing a session replay", "Shows a session replay where the client can draw one; elsewhere it answers with the link.", Render),
    ];

    private static InlineTool Single(string name, string title, string about, Func<ToolCall, JsonNode> answer) => new(ToolDefinition.Open(ToolDefinition.Read(name, title, $"""
        {about}

        WHEN TO USE:
        - After get_amp_session_replay_info has found the replay.
        """, $$"""
        {"projectId":{{Replies.ProjectId}},
         {{Id}} }
        """, "sessionReplayId")), answer);

    private JsonObject Search(ToolCall call)
    {
        var project = call.Project();
        if (call.Text("action") == "list" && !call.Arguments.EnumerateObject().Any(field => field.Name is "userId" or "deviceId" or "amplitudeId"))
        {
            throw new ToolErrorException("userId, deviceId or amplitudeId: Field required");
        }

        var start = call.Start();
        var limit = call.Number("limit", 50);
        var found = replays.Search(project, call.Arguments, limit + 1, start);
        var reply = new JsonObject { ["success"] = true, ["sessionReplays"] = found.Take(limit).Select(replay => Describe(call, replay)).List() };
        reply.ContinueAt(start + limit, found.Count > limit);
        return reply;
    }

    private JsonObject Timeline(ToolCall call)
    {
        var project = call.Project();
        var replay = replays.Find(project, call.RequiredText("sessionReplayId"));
        var reply = Describe(call, replay);
        reply["success"] = true;
        reply["timeline"] = replays.Timeline(project, replay, Math.Max(1, call.Number("eventLimit", 200)));
        return reply;
    }

    private JsonObject Duration(ToolCall call)
    {
        var replay = replays.Find(call.Project(), call.RequiredText("sessionReplayId"));
        return new() { ["success"] = true, ["sessionReplayId"] = replay.Id, ["durationMs"] = Length(replay) };
    }

    private JsonObject Without(ToolCall call, string message, string field)
    {
        var replay = replays.Find(call.Project(), call.RequiredText("sessionReplayId"));
        return new() { ["success"] = true, ["sessionReplayId"] = replay.Id, [field] = null, ["message"] = message };
    }

    private JsonObject Render(ToolCall call)
    {
        var replay = replays.Find(call.Project(), call.RequiredText("sessionReplayId"));
        return new() { ["success"] = true, ["shouldRenderUI"] = true, ["sessionReplayId"] = replay.Id, ["url"] = Describe(call, replay)["url"]!.DeepClone() };
    }

    private static long Length(Replay replay) => (long)(replay.End - replay.Start).TotalMilliseconds;

    private static JsonObject Describe(ToolCall call, Replay replay) => new()
    {
        ["sessionReplayId"] = replay.Id,
        ["deviceId"] = replay.DeviceId,
        ["sessionId"] = replay.SessionId,
        ["amplitudeId"] = replay.AmplitudeId.ToString(CultureInfo.InvariantCulture),
        ["userId"] = replay.UserId,
        ["startTime"] = Replies.Iso(replay.Start),
        ["durationMs"] = Length(replay),
        ["eventCount"] = replay.Events,
        ["url"] = call.Link("session-replay", Uri.EscapeDataString(replay.Id)),
    };
}
