using ClariBI.Policy.Classify;

namespace ClariBI.Policy.Tests.Inventory;

/// <summary>Forms of names in which a noun looks like a verb, or the other way round.</summary>
public sealed class NameTests
{
    private const string ReadOnly = """{"readOnlyHint":true}""";

    /// <summary>A service's name stands first, then the resource, then the verb.</summary>
    [Theory]
    [InlineData("monitor_table_list")]
    [InlineData("deploy_app_logs_get")]
    [InlineData("monitor_workspace_log_query")]
    [InlineData("compute_disk_get")]
    [InlineData("release_notes")]
    public void A_path_that_ends_in_a_reading_verb_reads(string tool) => Judge(tool, "").ShouldBe("allow");

    [Theory]
    [InlineData("compute_disk_update")]
    [InlineData("deploy_app_delete")]
    [InlineData("monitor_alert_create")]
    [InlineData("deploy_and_get_logs")]
    public void A_path_that_ends_in_another_verb_does_not(string tool) => Judge(tool, "").ShouldBe("deny");

    /// <summary>Vendors keep what they make of it: the name alone does not say.</summary>
    [Theory]
    [InlineData("summarize_conversation")]
    [InlineData("suggest_action_items")]
    [InlineData("claim_verify")]
    [InlineData("marketplace_list_product")]
    public void A_verb_that_changes_something_with_some_vendors_needs_their_word(string tool)
    {
        Judge(tool, "").ShouldBe("deny");
        Judge(tool, ReadOnly).ShouldBe("allow");
    }

    /// <summary>A pipeline may end in a stage that writes, whatever the vendor says of it.</summary>
    [Theory]
    [InlineData("aggregate", "deny")]
    [InlineData("aggregate-db", "deny")]
    [InlineData("aggregate_spans", "allow")]
    public void An_aggregation_of_a_whole_store_is_refused_though_it_is_marked_as_reading(string tool, string expected) => Judge(tool, ReadOnly).ShouldBe(expected);

    private static string Judge(string tool, string annotations) =>
        Classifier.Classify(new StringReader($"someone\t{tool}\t{annotations}"))[0].Split('\t')[2];
}
