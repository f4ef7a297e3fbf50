using System.Text.Json.Nodes;
using ClariBI.Sandbox.Mcp;
using ModelContextProtocol.Protocol;

namespace ClariBI.Sandbox.Tools;

/// <summary>
/// Tools of the live list whose schema nobody has published. They take anything, hold nothing to read, and change nothing:
/// reading gives an empty list under the name shown here, writing the refusal all writes get.
/// </summary>
internal sealed class UnpublishedTools : IToolFamily
{
    private static readonly Unpublished[] Table =
    [
        new("get_agent_results", "Reading agent results", "read", "Reads what Amplitude's own agents have found.", "results"),
        new("get_amplitude_agent_analytics_info", "Reading agent analytics", "read", "Tells how AI agents instrumented with Amplitude are used, and how well they do.", "results"),
        new("get_data_warehouse_destinations", "Listing warehouse destinations", "read", "Lists the warehouses data is sent to.", "destinations"),
        new("get_tracking_plan_sources", "Listing tracking plan sources", "read", "Lists the sources of the tracking plan.", "sources"),
        new("get_transformations", "Listing transformations", "read", "Lists transformations of events and properties.", "transformations"),
        new("get_group_types", "Listing group types", "read", "Lists the kinds of groups, such as accounts, that events can be counted by.", "groupTypes"),
        new("use_amp_skill", "Using a skill", "read", "Lists and loads instructions for longer tasks.", "skills"),
        new("use_amp_ai_visibility", "Reading AI visibility", "read", "Tells how AI assistants speak of the organisation's brands.", "reports"),
        new("track_ui_render_response", "Noting that a chart was shown", "read", "Called by the chart widget itself once it has drawn something. It keeps nothing.", null),
        new("use_amp_comments", "Working with comments", "both", "Reads and writes comments on charts and dashboards.", "comments"),
        new("use_amp_guides_surveys", "Working with guides and surveys", "both", "Reads and changes guides and surveys.", "items"),
        new("use_amplitude_data_connections", "Working with data connections", "both", "Reads and changes where data comes from.", "connections"),
        new("manage_amp_taxonomy", "Managing the taxonomy", "both", "Reads and changes the tracking plan.", "changes"),
        new("manage_amp_entities", "Managing content", "write", "Archives, moves and deletes saved content.", null) { Destroys = true },
        new("share_amp_entities", "Sharing content", "write", "Shares saved content with people.", null),
        new("create_group_types", "Creating group types", "write", "Creates kinds of groups.", null),
        new("create_properties", "Creating properties", "write", "Adds properties to the tracking plan.", null),
        new("update_properties", "Changing properties", "write", "Changes descriptions and rules of properties.", null),
        new("delete_event_properties", "Deleting event properties", "write", "Deletes event properties from the tracking plan.", null) { Destroys = true },
        new("delete_user_properties", "Deleting user properties", "write", "Deletes user properties from the tracking plan.", null) { Destroys = true },
        new("restore_event_properties", "Restoring event properties", "write", "Brings deleted event properties back.", null),
        new("restore_user_properties", "Restoring user properties", "write", "Brings deleted user properties back.", null),
    ];

    public IEnumerable<InlineTool> Tools => Table.Select(row => new InlineTool(row.Definition(), row.Answer));

    private sealed record Unpublished(string Name, string Title, string Access, string About, string? Holds)
    {
        public bool Destroys { get; init; }

        public Tool Definition()
        {
            var description = $"""
                {About}

                WHEN TO USE:
                - When the user asks for exactly this{(Access == "read" ? "" : ", and has agreed to any change")}.

                INSTRUCTIONS:
                - Its arguments are not published; the sandbox takes any.
                """;
            var properties = $$"""{"projectId":{{Replies.ProjectId}}{{(Access == "both" ? ",\"action\":{\"type\":\"string\"}" : "")}} }""";
            var tool = Access switch
            {
                "read" => ToolDefinition.Read(Name, Title, description, properties),
                "write" => ToolDefinition.Write(Name, Title, description, properties),
                _ => ToolDefinition.Mixed(Name, Title, description, properties),
            };
            return ToolDefinition.Open(Destroys ? ToolDefinition.Destructive(tool) : tool);
        }

        public JsonObject Answer(ToolCall call)
        {
            if (Access == "write" || (Access == "both" && call.Text("action") is { } action && !Reads(action)))
            {
                return WriteTool.Refuse(call, Title);
            }

            if (call.Arguments.TryGetProperty("projectId", out _))
            {
                _ = call.Project();
            }

            var reply = new JsonObject { ["success"] = true };
            if (Holds is not null)
            {
                reply[Holds] = new JsonArray();
                reply["message"] = "The sandbox holds none of these.";
            }

            return reply;
        }

        private static bool Reads(string action) => action.Split('_')[0] is "get" or "list" or "search" or "find" or "read" or "history";
    }
}
