using ClariBI.Connector.Tools.Naming;

namespace ClariBI.Connector.Tests.Tools;

public sealed class NameReaderTests
{
    [Theory]
    [InlineData("get_issue")]
    [InlineData("jira_get_issue")]
    [InlineData("JIRA_GET_ISSUE")]
    [InlineData("GetIssue")]
    [InlineData("amplitude.charts.list")]
    [InlineData("github/list_issues")]
    [InlineData("mcp__github__list_issues")]
    [InlineData("issues_list")]
    [InlineData("user-lookup")]
    [InlineData("accountInfo")]
    [InlineData("order_status")]
    [InlineData("message_history")]
    [InlineData("conversations.history")]
    [InlineData("whoami")]
    [InlineData("version")]
    [InlineData("listusers")]
    [InlineData("pull_request_read")]
    [InlineData("tag_list")]
    [InlineData("list_archived_projects")]
    [InlineData("get_create_meta")]
    [InlineData("run_report")]
    [InlineData("run_soql_query")]
    [InlineData("resolve-library-id")]
    [InlineData("s3_list_buckets")]
    [InlineData("my_work_items")]
    [InlineData("get_session_replay")]
    [InlineData("list_session_replays")]
    [InlineData("query_session_replay")]
    [InlineData("session_replay_search")]
    [InlineData("getEventReplay")]
    [InlineData("monitor_table_list")]
    [InlineData("deploy_plan_get")]
    internal void A_name_that_says_that_it_reads(string name) => NameReader.Judge(name).Form.ShouldBe(NameForm.Reading);

    [Theory]
    [InlineData("list.create")]
    [InlineData("query_delete")]
    [InlineData("view_update")]
    [InlineData("search_replace")]
    [InlineData("search_and_archive")]
    [InlineData("find_or_update")]
    [InlineData("mark_as_read")]
    [InlineData("getorcreate")]
    [InlineData("set_status")]
    [InlineData("checkOut")]
    [InlineData("check_in_guest")]
    [InlineData("synchronise_data")]
    [InlineData("redeploy_service")]
    [InlineData("unschedule_job")]
    [InlineData("transition_issue")]
    [InlineData("resolve_incident")]
    [InlineData("replay_events")]
    [InlineData("replay_session")]
    [InlineData("webhook_delivery_replay")]
    [InlineData("update_session_replay")]
    [InlineData("get_and_replay")]
    [InlineData("change_default_search")]
    [InlineData("change_saved_search")]
    [InlineData("deploy_saved_query")]
    [InlineData("tag_saved_search")]
    [InlineData("label_saved_search")]
    [InlineData("flag_user_query")]
    internal void A_name_that_says_that_it_writes(string name) => NameReader.Judge(name).Form.ShouldBe(NameForm.Writing);

    [Theory]
    [InlineData("execute_sql")]
    [InlineData("run_workflow")]
    [InlineData("call_tool")]
    [InlineData("invoke")]
    internal void A_name_of_what_runs_anything(string name) => NameReader.Judge(name).Form.ShouldNotBe(NameForm.Reading);

    [Theory]
    [InlineData("mysql_query")]
    [InlineData("query")]
    [InlineData("export_report")]
    [InlineData("generate_summary")]
    [InlineData("summarise_document")]
    [InlineData("find_and_frobnicate")]
    [InlineData("get_upload_url")]
    [InlineData("verify_email")]
    internal void A_name_that_leaves_it_open(string name) => NameReader.Judge(name).Form.ShouldBe(NameForm.Doubtful);

    [Fact]
    public void The_vendors_own_name_is_no_verb()
    {
        NameReader.Judge("close_list_leads", "close").Form.ShouldBe(NameForm.Reading);
        NameReader.Judge("close_list_leads").Form.ShouldBe(NameForm.Writing);
        NameReader.Judge("git_show", "git").Form.ShouldBe(NameForm.Reading);
        NameReader.Judge("show", "git").Form.ShouldBe(NameForm.Doubtful);
        NameReader.Judge("close_lead", "close").Form.ShouldBe(NameForm.Writing);
    }

    [Theory]
    [InlineData("gеt_issue")]
    [InlineData("get\u200b_issue")]
    [InlineData("ｇｅｔ_issue")]
    [InlineData("get_\u202eissue")]
    [InlineData("get_issue\n")]
    internal void Letters_that_are_not_what_they_seem(string name) => NameReader.Judge(name).Form.ShouldBe(NameForm.Malformed);
}
