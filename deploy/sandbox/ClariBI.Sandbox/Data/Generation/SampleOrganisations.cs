using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ClariBI.Sandbox.Data.Generation;

/// <summary>org.json of the sample data: one organisation with one project, one with two.</summary>
internal static class SampleOrganisations
{
    public const string MainEvents = "100001.jsonl";
    public const string StagingEvents = "200002.jsonl";

    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    public static OrganisationFile Build() => new(new("Sam Sandbox", "sam@sandbox.example"),
    [
        new("northwind", "Northwind Media", [Project("100001", "Northwind Media – App (prod)", "UTC", MainEvents, "n")]),
        new("harbour", "Harbour Radio",
        [
            Project("200001", "Harbour Radio – App (prod)", "America/New_York", MainEvents, "h"),
            Project("200002", "Harbour Radio – App (staging)", "UTC", StagingEvents, "s"),
        ]),
    ]);

    private static Project Project(string id, string name, string zone, string events, string prefix) => new(id, name, zone)
    {
        Events = events,
        Description = "A music and podcast app. Sample data of the sandbox.",
        Charts = SampleContent.Charts(prefix),
        Cohorts = SampleContent.Cohorts(prefix),
        Taxonomy = SampleContent.Taxonomy(),
    };
}

internal static class SampleContent
{
    public static SavedChart[] Charts(string prefix) =>
    [
        Chart(prefix + "1actfunl", "Activation funnel", "How many new users get from sign-up to their first play within a week.", """
            {"kind":"funnel","steps":[{"event":"Sign Up"},{"event":"Create Profile"},{"event":"Complete Onboarding"},{"event":"Play Content"}],
             "conversion_window":{"value":7,"unit":"day"},"date_range":{"relative":"Last 30 Days"}}
            """),
        Chart(prefix + "2weekact", "Weekly active users", "People who did anything active, by week.", """
            {"kind":"segmentation","events":[{"event":"_active"}],"measured_as":{"as":"unique_users"},"interval":"week","date_range":{"relative":"Last 12 Weeks"}}
            """),
        Chart(prefix + "3ret7chn", "7-day retention by channel", "New users who come back, by acquisition channel.", """
            {"kind":"retention","start_event":{"event":"_new"},"return_events":[{"event":"_active"}],"retention_method":"nday",
             "group_by":[{"property":"channel","scope":"user"}],"date_range":{"relative":"Last 30 Days"}}
            """),
        Chart(prefix + "4revplan", "Revenue by plan", "Sum of revenue by the plan at the time of purchase.", """
            {"kind":"segmentation","events":[{"event":"Purchase","group_by":[{"property":"$revenue","scope":"event"}]}],"measured_as":{"as":"property_sum"},
             "group_by":[{"property":"plan","scope":"user"}],"interval":"week","date_range":{"relative":"Last 12 Weeks"}}
            """),
        Chart(prefix + "5playgnr", "Plays by genre", "What people listen to.", """
            {"kind":"segmentation","events":[{"event":"Play Content"}],"measured_as":{"as":"event_totals"},"group_by":[{"property":"genre","scope":"event"}],
             "interval":"day","date_range":{"relative":"Last 30 Days"}}
            """),
    ];

    public static Cohort[] Cohorts(string prefix) =>
    [
        Cohort(prefix + "c1power", "Power listeners", "Played something 20 times or more in the last 30 days.", "Play Content", ">=", 20, 30),
        Cohort(prefix + "c2paying", "Paying users", "Bought or renewed a plan in the last 90 days.", "Purchase", ">=", 1, 90),
        Cohort(prefix + "c3invite", "Inviters", "Invited at least one friend in the last 90 days.", "Invite Friend", ">=", 1, 90),
    ];

    public static Taxonomy Taxonomy() => new()
    {
        Events = new()
        {
            ["Open App"] = new("The app came to the front", "Session"),
            ["Sign Up"] = new("An account was created", "Activation"),
            ["Create Profile"] = new("Name and picture were saved", "Activation"),
            ["Complete Onboarding"] = new("The last onboarding step was finished", "Activation"),
            ["Search"] = new("A search was sent", "Discovery"),
            ["Play Content"] = new("A song, podcast or audiobook started", "Engagement"),
            ["Finish Content"] = new("Something was heard to its end", "Engagement"),
            ["Add to Playlist"] = new("An item was added to a playlist", "Engagement"),
            ["Rate Content"] = new("A rating from 1 to 5 was given", "Engagement"),
            ["View Paywall"] = new("The page with the plans was shown", "Monetization"),
            ["Start Trial"] = new("A seven-day trial began", "Monetization"),
            ["Purchase"] = new("A plan was bought or renewed", "Monetization"),
            ["Cancel Subscription"] = new("A plan was cancelled", "Monetization"),
            ["Invite Friend"] = new("An invitation was sent", "Growth"),
            ["Share Content"] = new("An item was shared outside the app", "Growth"),
        },
        EventProperties = new()
        {
            ["genre"] = new("Genre of the content"),
            ["content_type"] = new("Song, podcast or audiobook"),
            ["source"] = new("Where the play was started"),
            ["listened_minutes"] = new("Minutes heard"),
            ["search_term_category"] = new("What kind of thing was searched"),
            ["results"] = new("Number of search results"),
            ["$revenue"] = new("Revenue of the purchase"),
            ["price"] = new("Price paid"),
            ["currency"] = new("Currency of the price"),
            ["product"] = new("Product bought"),
            ["rating"] = new("Rating from 1 to 5"),
            ["method"] = new("How the account was created"),
            ["opened_from"] = new("What opened the app"),
            ["trial_plan"] = new("Plan that was tried"),
            ["invite_method"] = new("How the invitation was sent"),
            ["share_target"] = new("Where it was shared"),
            ["reason"] = new("Reason given for cancelling"),
            ["has_avatar"] = new("Whether a picture was set"),
            ["steps_completed"] = new("Onboarding steps done"),
        },
        UserProperties = new()
        {
            ["channel"] = new("Acquisition channel: organic, paid_search, paid_social, referral or email"),
            ["plan"] = new("Plan: free, premium or family"),
            ["age_group"] = new("Age group"),
            ["favourite_genre"] = new("Genre heard most"),
            ["platform"] = new("iOS, Android or Web"),
            ["country"] = new("Country"),
            ["version"] = new("Version of the app"),
            ["language"] = new("Language"),
            ["device_type"] = new("Type of device"),
        },
    };

    private static SavedChart Chart(string id, string name, string description, string chart) =>
        new(id, name) { Description = description, IsOfficial = true, Chart = JsonNode.Parse(chart)!.AsObject() };

    private static Cohort Cohort(string id, string name, string description, string eventType, string op, int count, int days) => new(id, name, new()
    {
        ["version"] = 3,
        ["andClauses"] = new JsonArray(new JsonObject
        {
            ["negated"] = false,
            ["orClauses"] = new JsonArray(new JsonObject
            {
                ["type"] = "event",
                ["metric"] = null,
                ["offset"] = 0,
                ["group_by"] = new JsonArray(),
                ["interval"] = 1,
                ["operator"] = op,
                ["time_type"] = "rolling",
                ["time_value"] = days,
                ["type_value"] = eventType,
                ["operator_value"] = count,
            }),
        }),
    })
    { Description = description };
}
