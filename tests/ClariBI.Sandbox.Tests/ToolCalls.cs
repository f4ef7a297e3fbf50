namespace ClariBI.Sandbox.Tests;

/// <summary>One call of every tool that works, over the content of <see cref="ContentServer"/>.</summary>
internal static class ToolCalls
{
    private const string Definition = """{"app":"7","type":"eventsSegmentation","name":"Views","params":{"range":"Last 7 Days","events":[{"event_type":"View"}],"metric":"totals","interval":1}}""";
    private const string Cohort = """{"version":3,"andClauses":[{"negated":false,"orClauses":[{"type":"event","type_value":"View","operator":">=","operator_value":2,"time_type":"rolling","time_value":30}]}]}""";
    private const string Replay = "device1/1000001";

    /// <summary>EDIT stands for an unsaved chart.</summary>
    public static readonly Dictionary<string, string> Gen3 = new()
    {
        ["create_group_types"] = "{}",
        ["create_properties"] = """{"projectId":"7","properties":[{"name":"x"}]}""",
        ["delete_event_properties"] = "{}",
        ["delete_user_properties"] = "{}",
        ["get_agent_results"] = "{}",
        ["get_amp_session_replay_info"] = """{"projectId":"7","eventCountFilters":[{"count":"1","operator":"greater or equal","event":{"event_type":"Order"}}],"limit":5}""",
        ["get_amp_taxonomy"] = """{"projectId":7,"propertyType":"user","limit":2}""",
        ["get_amp_user_data"] = """{"projectId":"7","users":[{"email":"user3@shop.example"},{"amplitudeId":4}],"include":"both","eventLimit":3,"includeEventProperties":true}""",
        ["get_amplitude_agent_analytics_info"] = """{"include":["filter_options"]}""",
        ["get_amplitude_charts"] = """{"chartIds":["orders","views"],"include":"data","includeAdditionalInfo":["chartConfig"]}""",
        ["get_amplitude_context"] = """{"projectId":"7","listContextDocuments":true}""",
        ["get_data_warehouse_destinations"] = "{}",
        ["get_from_url"] = """{"url":"https://app.amplitude.com/analytics/acme/dashboard/sales"}""",
        ["get_group_types"] = """{"projectId":"7"}""",
        ["get_session_replay_duration"] = $$"""{"sessionReplayId":"{{Replay}}"}""",
        ["get_session_replay_stream"] = $$"""{"sessionReplayId":"{{Replay}}"}""",
        ["get_session_replay_timeline"] = $$"""{"sessionReplayId":"{{Replay}}","eventLimit":3}""",
        ["get_tracking_plan_sources"] = "{}",
        ["get_transformations"] = "{}",
        ["manage_amp_context"] = "{}",
        ["manage_amp_entities"] = """{"action":"archive"}""",
        ["manage_amp_events"] = """{"fields":["name","category"],"limit":1}""",
        ["manage_amp_taxonomy"] = """{"action":"get"}""",
        ["query_amplitude_data"] = """{"projectId":"7","chart":{"kind":"segmentation","events":[{"event":"View"}],"date_range":{"relative":"Last 7 Days"}}}""",
        ["rename_chart"] = """{"chartId":"orders","name":"Orders a day"}""",
        ["render_amp_session_replay"] = $$"""{"sessionReplayId":"{{Replay}}"}""",
        ["render_amplitude_chart"] = """{"chartId":"orders","title":"Look"}""",
        ["restore_event_properties"] = "{}",
        ["restore_user_properties"] = "{}",
        ["save_chart_edits"] = """{"charts":[{"editId":"EDIT","name":"Kept"}],"destination":{"kind":"personal"}}""",
        ["search_amp_data_taxonomy"] = """{"projectId":"7","searches":[{"query":"gold"}],"detail":"full"}""",
        ["search_amp_entities"] = """{"queries":["order"]}""",
        ["share_amp_entities"] = "{}",
        ["track_ui_render_response"] = """{"anything":1}""",
        ["update_properties"] = "{}",
        ["use_amp_ai_visibility"] = "{}",
        ["use_amp_comments"] = """{"action":"list"}""",
        ["use_amp_dashboards"] = """{"action":"get","dashboardIds":["sales"]}""",
        ["use_amp_experiments"] = """{"action":"analyze","id":"501","metricIds":["m-buyers","m-revenue"],"groupBy":[{"type":"user","value":"tier"}]}""",
        ["use_amp_flags"] = """{"action":"get","flagIds":["new-checkout"]}""",
        ["use_amp_guides_surveys"] = "{}",
        ["use_amp_notebooks"] = """{"notebookIds":["notes"]}""",
        ["use_amp_skill"] = "{}",
        ["use_amplitude_ai_feedback"] = """{"action":"comments","projectId":"7","dateStart":"2026-11-01","dateEnd":"2026-11-20"}""",
        ["use_amplitude_chart_monitors"] = """{"chartId":"orders"}""",
        ["use_amplitude_cohorts"] = """{"action":"membership","amplitudeId":"3","projectId":"7"}""",
        ["use_amplitude_data_connections"] = "{}",
        ["use_amplitude_metrics"] = """{"metricIds":["m-buyers"],"dateRange":{"relative":"Last 7 Days"},"interval":"day"}""",
    };

    public static readonly Dictionary<string, string> Gen2 = new()
    {
        ["search"] = """{"query":"order","limit":5,"appIds":[7]}""",
        ["get_from_url"] = """{"url":"https://app.eu.amplitude.com/analytics/acme/cohort/buyers"}""",
        ["get_context"] = "{}",
        ["get_charts"] = """{"chartIds":["orders"]}""",
        ["get_dashboard"] = """{"dashboardId":"sales"}""",
        ["get_cohorts"] = """{"cohortIds":["buyers"]}""",
        ["get_experiments"] = """{"ids":["501","banner"]}""",
        ["get_event_properties"] = """{"projectId":"7","eventType":"Order"}""",
        ["get_session_replays"] = """{"projectId":"7","segmentFilters":[{"conditions":[{"type":"property","prop_type":"user","prop":"gp:tier","op":"is","values":["gold"]}]}],"limit":3}""",
        ["get_users"] = """{"projectId":"7","event":{"event_type":"_all","filters":[]},"limit":3}""",
        ["query_chart"] = """{"chartId":"orders"}""",
        ["query_charts"] = """{"chartIds":["orders","views"]}""",
        ["query_dataset"] = $$"""{"projectId":"7","definition":{{Definition}} }""",
        ["query_experiment"] = """{"id":"501"}""",
        ["save_chart_edits"] = """{"charts":[{"editId":"EDIT","name":"Kept"}]}""",
        ["create_chart"] = $$"""{"projectId":"7","definition":{{Definition}} }""",
        ["create_dashboard"] = """{"name":"Mine","rows":[{"height":500,"items":[{"type":"chart","width":12,"chartId":"orders"}]}]}""",
        ["create_notebook"] = """{"name":"Mine","rows":[]}""",
        ["create_experiment"] = """{"projectIds":["7"],"key":"k"}""",
        ["create_cohort"] = $$"""{"app_id":"7","name":"Viewers","definition":{{Cohort}} }""",
        ["get_feedback_insights"] = """{"projectId":"7","types":["complaint"]}""",
        ["get_feedback_comments"] = """{"projectId":"7","search":"slow"}""",
        ["get_feedback_mentions"] = """{"insightId":"i1"}""",
        ["get_feedback_sources"] = """{"projectId":"7"}""",
    };

    /// <summary>What the sandbox does not do, and says so.</summary>
    public static readonly string[] Unsupported =
    [
        "create_group_types", "create_properties", "update_properties", "delete_event_properties", "delete_user_properties", "restore_event_properties", "restore_user_properties",
        "manage_amp_entities", "share_amp_entities", "create_notebook", "create_experiment",
    ];

    /// <summary>Tools that read or write, depending on an action.</summary>
    public static readonly string[] Mixed =
    [
        "manage_amp_context", "manage_amp_events", "manage_amp_taxonomy", "use_amp_comments", "use_amp_dashboards", "use_amp_experiments", "use_amp_flags", "use_amp_guides_surveys",
        "use_amp_notebooks", "use_amplitude_chart_monitors", "use_amplitude_cohorts", "use_amplitude_data_connections", "use_amplitude_metrics",
    ];

    public static readonly string[] Writing = [.. Unsupported, "rename_chart", "save_chart_edits", "create_chart", "create_dashboard", "create_cohort"];
}
