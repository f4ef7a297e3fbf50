namespace ClariBI.Sandbox.Mcp;

/// <summary>A group of the progressive list, and the tools in it.</summary>
internal sealed record ToolCategory(string Name, string About, string Tag, string[] Tools);

/// <summary>Which names each generation publishes.</summary>
internal static class ToolProfiles
{
    /// <summary>
    /// The 24 documented ones: get_users counts; query_metric, get_project_context, get_events, list_session_replays,
    /// get_session_replay_events, create_events and update_event were only seen beside them.
    /// </summary>
    public static readonly ToolCategory[] Gen2 =
    [
        new("context", "Who is signed in, which projects there are, and finding things", "core", ["get_context", "search", "get_from_url"]),
        new("analytics", "Charts, ad-hoc queries, cohorts and users", "chart",
            ["get_charts", "query_chart", "query_charts", "query_dataset", "save_chart_edits", "create_chart", "get_cohorts", "create_cohort", "get_users"]),
        new("dashboards", "Dashboards and notebooks", "dashboard", ["get_dashboard", "create_dashboard", "create_notebook"]),
        new("experiments", "Experiments and their analysis", "experiment", ["get_experiments", "query_experiment", "create_experiment"]),
        new("data_taxonomy", "Events and properties", "taxonomy", ["get_event_properties"]),
        new("session_replay", "Recorded sessions", "session-replay", ["get_session_replays"]),
        new("feedback", "What customers say", "feedback", ["get_feedback_insights", "get_feedback_comments", "get_feedback_mentions", "get_feedback_sources"]),
    ];

    /// <summary>The live list of 2026. It is given as 49, one of which (mcp_auth) belongs to the client that printed it.</summary>
    public static readonly ToolCategory[] Gen3 =
    [
        new("context", "Who is signed in, which projects there are, and finding things", "core",
            ["get_amplitude_context", "search_amp_entities", "get_from_url", "manage_amp_context", "use_amp_skill"]),
        new("analytics", "Charts, ad-hoc queries, metrics, cohorts and users", "chart",
        [
            "query_amplitude_data", "get_amplitude_charts", "render_amplitude_chart", "save_chart_edits", "rename_chart", "use_amplitude_metrics", "use_amplitude_cohorts",
            "use_amplitude_chart_monitors", "get_amp_user_data", "track_ui_render_response",
        ]),
        new("dashboards", "Dashboards, notebooks, comments and sharing", "dashboard",
            ["use_amp_dashboards", "use_amp_notebooks", "use_amp_comments", "share_amp_entities", "manage_amp_entities"]),
        new("experiments", "Experiments, their analysis, and feature flags", "experiment", ["use_amp_experiments", "use_amp_flags"]),
        new("data_taxonomy", "Events, properties and groups", "taxonomy",
        [
            "get_amp_taxonomy", "search_amp_data_taxonomy", "manage_amp_events", "manage_amp_taxonomy", "get_group_types", "get_transformations", "create_group_types",
            "create_properties", "update_properties", "delete_event_properties", "delete_user_properties", "restore_event_properties", "restore_user_properties",
        ]),
        new("data_connections", "Where data comes from and goes to", "data", ["get_data_warehouse_destinations", "get_tracking_plan_sources", "use_amplitude_data_connections"]),
        new("session_replay", "Recorded sessions", "session-replay",
            ["get_amp_session_replay_info", "get_session_replay_duration", "get_session_replay_stream", "get_session_replay_timeline", "render_amp_session_replay"]),
        new("feedback", "What customers say", "feedback", ["use_amplitude_ai_feedback"]),
        new("agent_analytics", "How AI agents are used", "agent-analytics", ["get_agent_results", "get_amplitude_agent_analytics_info"]),
        new("ai_visibility", "How AI assistants speak of a brand", "ai-visibility", ["use_amp_ai_visibility"]),
        new("guides_surveys", "Guides and surveys", "guides", ["use_amp_guides_surveys"]),
    ];

    /// <summary>What the short list of progressive discovery holds besides its own tools.</summary>
    public static readonly string[] Core = ["get_amplitude_context", "search_amp_entities", "get_context", "search"];
}
