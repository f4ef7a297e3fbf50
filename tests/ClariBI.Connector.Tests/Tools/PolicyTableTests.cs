using System.Text.Json;
using ClariBI.Connector.Tools;
using ClariBI.Connector.Vendors;
using Microsoft.Extensions.Options;

namespace ClariBI.Connector.Tests.Tools;

public sealed class PolicyTableTests
{
    private static readonly ToolProfile Amplitude = new VendorCatalogue(Options.Create(new ConnectorOptions()), null!).Find("amplitude")!.Tools!;

    /// <summary>Every tool here claims to be read-only: the name alone has to tell.</summary>
    [Theory]
    [InlineData("create_issue")]
    [InlineData("createIssue")]
    [InlineData("jira-create-issue")]
    [InlineData("CreateChart")]
    [InlineData("createchart")]
    [InlineData("update_page")]
    [InlineData("notion-update-page")]
    [InlineData("API-patch-page")]
    [InlineData("delete_event_properties")]
    [InlineData("deleteObject")]
    [InlineData("remove_member")]
    [InlineData("add_comment")]
    [InlineData("send_message")]
    [InlineData("slack.send")]
    [InlineData("refund_charge")]
    [InlineData("create_refund")]
    [InlineData("save_chart_edits")]
    [InlineData("edit_dashboard")]
    [InlineData("set_org_context")]
    [InlineData("org_set_context")]
    [InlineData("rename_chart")]
    [InlineData("share_amp_entities")]
    [InlineData("restore_user_properties")]
    [InlineData("archive_issue")]
    [InlineData("publish_dashboard")]
    [InlineData("subscribe_to_monitor")]
    [InlineData("unsubscribe_user")]
    [InlineData("manage_amp_events")]
    [InlineData("manage_amp_taxonomy")]
    [InlineData("import_contacts")]
    [InlineData("upload_file")]
    [InlineData("merge_pull_request")]
    [InlineData("close_issue")]
    [InlineData("approve_request")]
    [InlineData("invite_user")]
    [InlineData("get_or_create_user")]
    [InlineData("find_and_replace")]
    [InlineData("get_and_set_value")]
    [InlineData("list_and_archive")]
    [InlineData("replace_dashboard_properties")]
    [InlineData("track_ui_render_response")]
    [InlineData("move_card")]
    [InlineData("trigger_build")]
    [InlineData("cancel_subscription")]
    [InlineData("assign_ticket")]
    [InlineData("tag_user")]
    [InlineData("pull_request_review_write")]
    [InlineData("execute_sql")]
    [InlineData("run_workflow")]
    [InlineData("enable_feature")]
    [InlineData("transfer_funds")]
    [InlineData("pay_invoice")]
    [InlineData("book_flight")]
    [InlineData("reset_password")]
    [InlineData("upsertRecord")]
    [InlineData("HTTPPut_record")]
    [InlineData("сreate_cohort")]
    [InlineData("cre\u200bate_cohort")]
    [InlineData("")]
    public void A_name_that_changes_something_is_refused_whatever_its_annotations_say(string name)
    {
        var verdict = ToolPolicy.Judge(Tool(name, readOnly: true), new PolicyContext([], null));

        (verdict.Verdict, verdict.Layer).ShouldBe((Verdict.Refused, PolicyLayer.Name), verdict.Reason);
    }

    [Theory]
    [InlineData("get_workspace_settings")]
    [InlineData("list_updates")]
    [InlineData("get_share_link")]
    [InlineData("amplitude_get_share_link")]
    [InlineData("list_merge_requests")]
    [InlineData("get_import_status")]
    [InlineData("list_open_issues")]
    [InlineData("search_archive")]
    [InlineData("get_release")]
    [InlineData("list_commits")]
    [InlineData("get_commit")]
    [InlineData("getChangeHistory")]
    [InlineData("list-refunds")]
    [InlineData("get_refund")]
    [InlineData("search")]
    [InlineData("fetch")]
    [InlineData("notion-fetch")]
    [InlineData("query_amplitude_data")]
    [InlineData("get_address")]
    [InlineData("getSetDetails")]
    [InlineData("issue_read")]
    [InlineData("tag_list")]
    [InlineData("report_list")]
    [InlineData("describe_tool")]
    [InlineData("get_comments")]
    [InlineData("verify_chart_definition")]
    [InlineData("dataset")]
    [InlineData("offset_report")]
    public void A_reading_name_that_the_vendor_marks_as_read_only_is_admitted(string name)
    {
        var verdict = ToolPolicy.Judge(Tool(name, readOnly: true), new PolicyContext([], null, new DataClasses(Personal: true, FreeText: true)));

        (verdict.Verdict, verdict.Layer).ShouldBe((Verdict.Allowed, PolicyLayer.Annotations), verdict.Reason);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(false, null)]
    [InlineData(null, false)]
    [InlineData(false, true)]
    public void A_vendor_we_do_not_know_has_to_say_that_a_tool_only_reads(bool? readOnly, bool? destructive)
    {
        var verdict = ToolPolicy.Judge(Tool("get_things", readOnly, destructive), new PolicyContext([], null));

        (verdict.Verdict, verdict.Layer).ShouldBe((Verdict.Refused, PolicyLayer.Annotations));
    }

    [Theory]
    [InlineData("get_things", Verdict.Allowed)]
    [InlineData("things", Verdict.Refused)]
    [InlineData("aggregate", Verdict.Refused)]
    [InlineData("drop_things", Verdict.Refused)]
    internal void What_some_SDKs_mark_as_reading_and_destructive_at_once_reads_where_the_name_says_so(string name, Verdict verdict) =>
        ToolPolicy.Judge(Tool(name, readOnly: true, destructive: true), new PolicyContext([], null)).Verdict.ShouldBe(verdict);

    [Fact]
    public void What_the_catalogue_names_as_reading_needs_no_annotation()
    {
        Judge(Tool("query_amplitude_data", readOnly: null)).Verdict.ShouldBe(Verdict.Allowed);
        Judge(Tool("query_dataset", readOnly: false)).Verdict.ShouldBe(Verdict.Allowed);
        Judge(Tool("query_amplitude_data", readOnly: false, destructive: true)).Verdict.ShouldBe(Verdict.Refused);
        Judge(Tool("query_amplitude_data", readOnly: true, access: ["read", "write"])).Layer.ShouldBe(PolicyLayer.Annotations);
    }

    [Theory]
    [InlineData("get_amp_user_data", DataClass.Personal)]
    [InlineData("get_users", DataClass.Personal)]
    [InlineData("list_session_replays", DataClass.Personal)]
    [InlineData("render_amp_session_replay", DataClass.Personal)]
    [InlineData("get_feedback_comments", DataClass.FreeText)]
    internal void Data_on_single_persons_is_off_until_an_owner_turns_it_on(string name, DataClass data)
    {
        var tool = Tool(name, readOnly: true);
        var context = new PolicyContext([], Amplitude);

        var verdict = ToolPolicy.Judge(tool, context);
        (verdict.Verdict, verdict.Layer, verdict.DataClass).ShouldBe((Verdict.Off, PolicyLayer.DataClass, data));

        var on = ToolPolicy.Judge(tool, context with { DataClasses = new DataClasses(Personal: data == DataClass.Personal, FreeText: data == DataClass.FreeText) });
        (on.Verdict, on.DataClass).ShouldBe((Verdict.Allowed, data));
        var other = ToolPolicy.Judge(tool, context with { DataClasses = new DataClasses(Personal: data != DataClass.Personal, FreeText: data != DataClass.FreeText) });
        other.Verdict.ShouldBe(Verdict.Off);
    }

    [Theory]
    [InlineData("get_users", "", DataClass.Personal)]
    [InlineData("hubspot_search_contacts", "", DataClass.Personal)]
    [InlineData("list_session_replays", "", DataClass.Personal)]
    [InlineData("get_channel_messages", "", DataClass.FreeText)]
    [InlineData("get_comments", "", DataClass.FreeText)]
    [InlineData("get_call", "Returns the transcript of a call.", DataClass.FreeText)]
    [InlineData("find_records", "Finds records with their email addresses.", DataClass.Personal)]
    [InlineData("count_users", "", DataClass.Aggregate)]
    [InlineData("get_user_retention_report", "", DataClass.Aggregate)]
    [InlineData("list_user_properties", "", DataClass.Aggregate)]
    [InlineData("get_current_user", "", DataClass.Aggregate)]
    [InlineData("query_metrics", "Counts events per day.", DataClass.Aggregate)]
    internal void Whose_data_it_is_shows_in_the_name_and_the_description(string name, string description, DataClass data) =>
        DataClasses.Of(Tool(name, readOnly: true) with { Description = description }, null).ShouldBe(data);

    [Fact]
    public void Pin_and_switch_are_asked_after_what_the_definition_says()
    {
        var context = new PolicyContext([], Amplitude);
        var reading = Tool("query_amplitude_data", readOnly: true);

        ToolPolicy.Judge(reading, context, new ToolStanding(PinState.Approved, SwitchedOff: false)).Verdict.ShouldBe(Verdict.Allowed);
        foreach (var pin in new[] { PinState.New, PinState.Changed })
        {
            var quarantined = ToolPolicy.Judge(reading, context, new ToolStanding(pin, SwitchedOff: true));
            (quarantined.Verdict, quarantined.Layer).ShouldBe((Verdict.Quarantined, PolicyLayer.Pin));
        }

        var off = ToolPolicy.Judge(reading, context, new ToolStanding(PinState.Approved, SwitchedOff: true));
        (off.Verdict, off.Layer).ShouldBe((Verdict.Off, PolicyLayer.Switch));
        ToolPolicy.Judge(Tool("create_cohort", readOnly: false), context, new ToolStanding(PinState.New, SwitchedOff: false)).Layer.ShouldBe(PolicyLayer.Name);
    }

    [Fact]
    public void A_tool_beyond_the_granted_scope_is_refused_by_the_scope()
    {
        var verdict = Judge(Tool("get_secret_metrics", readOnly: true, access: ["admin"]), "mcp:read", "offline_access");

        (verdict.Verdict, verdict.Layer).ShouldBe((Verdict.Refused, PolicyLayer.Scope));
    }

    [Fact]
    public void A_mixed_tool_that_nobody_has_sorted_is_refused_whole()
    {
        var tool = Tool("use_things", readOnly: true, schema: """{"properties":{"action":{"enum":["get","create"]}}}""");
        ToolPolicy.Judge(tool, new PolicyContext([], null)).Layer.ShouldBe(PolicyLayer.Profile);

        var union = Tool("use_things", readOnly: true, schema: """{"oneOf":[{"properties":{"operation":{"const":"list"}}},{"properties":{"operation":{"const":"deleteAll"}}}]}""");
        ToolPolicy.Judge(union, new PolicyContext([], null)).Layer.ShouldBe(PolicyLayer.Profile);

        var reading = Tool("use_things", readOnly: true, schema: """{"properties":{"action":{"enum":["get","list"]}}}""");
        ToolPolicy.Judge(reading, new PolicyContext([], null)).Verdict.ShouldBe(Verdict.Allowed);
    }

    [Fact]
    public void A_mixed_tool_is_narrowed_to_the_values_that_read()
    {
        var tool = Tool("use_amplitude_cohorts", readOnly: false, access: ["read", "write"], schema: """
            {"type":"object","properties":{"action":{"type":"string","enum":["list","get","create","sync"],"default":"list"},"name":{"type":"string"}}}
            """);

        var verdict = Judge(tool);

        (verdict.Verdict, verdict.Layer).ShouldBe((Verdict.Narrowed, PolicyLayer.Profile));
        verdict.Admission!.Values.ShouldBe(["list", "get"]);
        var action = ToolSchemas.Narrow(tool.InputSchema, verdict.Admission).GetProperty("properties").GetProperty("action");
        action.GetProperty("enum").EnumerateArray().Select(value => value.GetString()).ShouldBe(["list", "get"]);
        action.TryGetProperty("default", out _).ShouldBeFalse("whoever leaves the action out would be refused");
    }

    [Fact]
    public void Branches_of_a_union_that_only_write_are_dropped()
    {
        var tool = Tool("use_amp_dashboards", readOnly: false, schema: """
            {"anyOf":[{"properties":{"action":{"const":"get"},"dashboardIds":{"type":"array"}}},{"properties":{"action":{"const":"create"},"name":{}}}]}
            """);

        var narrowed = ToolSchemas.Narrow(tool.InputSchema, Judge(tool).Admission!);

        narrowed.GetProperty("anyOf").GetArrayLength().ShouldBe(1);
        narrowed.GetRawText().ShouldNotContain("create");
    }

    [Fact]
    public void A_mixed_tool_with_none_of_the_reading_values_left_is_refused()
    {
        var tool = Tool("use_amp_dashboards", readOnly: false, schema: """{"properties":{"action":{"enum":["create","edit"]}}}""");

        Judge(tool).Verdict.ShouldBe(Verdict.Refused);
    }

    private static ToolVerdict Judge(PublishedTool tool, params string[] scopes) => ToolPolicy.Judge(tool, new PolicyContext(scopes, Amplitude));

    private static PublishedTool Tool(string name, bool? readOnly, bool? destructive = null, string[]? access = null, string schema = "{}") =>
        new(name, null, null, JsonSerializer.Deserialize<JsonElement>(schema), readOnly, destructive, access);
}
