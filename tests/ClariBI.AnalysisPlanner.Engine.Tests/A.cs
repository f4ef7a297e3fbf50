using ClariBI.AnalysisPlanner.Taxonomies;
using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.AnalysisPlanner.Engine.Tests;

/// <summary>The taxonomies of three different products.</summary>
internal static class A
{
    public static readonly DateOnly Today = new(2026, 11, 22);

    public static readonly Taxonomy Media = new(
        "Europe/London",
        [
            Event("Open App", 410_000), Event("Sign Up", 6_200), Event("Create Profile", 5_100), Event("Complete Onboarding", 4_300), Event("Search", 95_000),
            Event("Play Content", 210_000), Event("Finish Content", 120_000), Event("Add to Playlist", 31_000), Event("Start Trial", 2_100),
            Event("Purchase", 1_450), Event("Invite Friend", 900), Event("Share Content", 8_800),
        ],
        [
            User("channel", "organic", "paid_search", "paid_social", "referral", "email"), User("plan", "free", "premium", "family"),
            User("platform", "iOS", "Android", "Web"), User("country", "United States", "Germany", "United Kingdom", "France", "Brazil"),
            Number("revenue", "Purchase"), Number("price", "Purchase"), new PropertyInfo("genre", PropertyScope.Event, "Play Content", null, ["drama", "comedy", "news"]),
        ],
        [new CohortInfo("c1", "Power users", null, 1_200)],
        [
            new SavedChartInfo("k1", "Activation funnel", "funnel", new AnalysisQuery
            {
                Kind = QueryKind.Funnel,
                Steps = [new FunnelStep("Sign Up"), new FunnelStep("Create Profile"), new FunnelStep("Complete Onboarding"), new FunnelStep("Play Content")],
                Range = DateRange.LastDays(30),
            }),
            new SavedChartInfo("k2", "Weekly revenue overview", "segmentation", null),
        ]);

    public static readonly Taxonomy Saas = new(
        "America/New_York",
        [
            Event("Workspace Created", 1_900), Event("Teammate Invited", 5_400), Event("Report Exported", 12_000), Event("Report Created", 18_000),
            Event("Dashboard Created", 7_700), Event("Dashboard Viewed", 96_000), Event("Integration Connected", 1_100), Event("Subscription Cancelled", 120),
            Event("User Logged In", 140_000), Event("Plan Upgraded", 340),
        ],
        [
            User("plan_tier", "starter", "growth", "enterprise"), User("industry", "fintech", "retail", "healthcare"), User("region", "EMEA", "AMER", "APAC"),
            new PropertyInfo("seat_count", PropertyScope.User, null, null, [], IsNumeric: true), Number("mrr", "Plan Upgraded"),
        ],
        [],
        []);

    public static readonly Taxonomy Market = new(
        "Europe/Berlin",
        [
            Event("Account Created", 9_000), Event("Listing Viewed", 480_000), Event("Added To Cart", 52_000), Event("Checkout Started", 30_000), Event("Order Placed", 21_000),
            Event("Order Cancelled", 1_300), Event("Review Submitted", 4_000), Event("Seller Contacted", 15_000),
        ],
        [
            Number("gmv", "Order Placed"), User("seller_tier", "gold", "silver", "bronze"), User("city", "Berlin", "Paris", "Madrid", "New York"),
            User("payment_method", "card", "paypal", "invoice"), User("buyer_type", "new", "repeat"),
        ],
        [],
        [
            new SavedChartInfo("m1", "Checkout funnel", "funnel", new AnalysisQuery
            {
                Kind = QueryKind.Funnel,
                Steps = [new FunnelStep("Added To Cart"), new FunnelStep("Checkout Started"), new FunnelStep("Order Placed")],
                Range = DateRange.LastDays(30),
            }),
        ]);

    /// <summary>Many events share properties and values here, and names of charts and cohorts sound like questions.</summary>
    public static readonly Taxonomy Crowded = new(
        "UTC",
        [
            Event("Open App", 300_000), Event("Sign Up", 6_000), Event("Create Profile", 5_000), Event("Complete Onboarding", 4_000), Event("Search", 90_000),
            Event("Play Content", 250_000), Event("Finish Content", 130_000), Event("Add to Playlist", 30_000), Event("Rate Content", 12_000), Event("View Paywall", 20_000),
            Event("Start Trial", 2_000), Event("Purchase", 1_500), Event("Cancel Subscription", 300), Event("Invite Friend", 900), Event("Share Content", 8_000),
        ],
        [
            User("channel", "organic", "paid_search", "paid_social", "referral", "email"), User("plan", "free", "premium", "family"), User("platform", "iOS", "Android", "Web"),
            User("country", "United States", "United Kingdom", "Germany", "France"), User("language", "English", "German", "French"), User("age_group", "18-24", "25-34", "55+"),
            User("favourite_genre", "pop", "rock", "comedy"), User("device_type", "Apple iPhone", "Samsung Galaxy", "Mac"), User("version", "4.1.0", "4.2.0"), User("user_id"),
            Of("Sign Up", "method", "email", "google", "apple"), Of("Search", "search_term_category", "artist", "song", "playlist"), Number("results", "Search"),
            Of("Play Content", "genre", "pop", "rock", "comedy"), Of("Play Content", "content_type", "song", "podcast"), Of("Play Content", "source", "home", "search", "playlist"),
            Of("Finish Content", "genre", "pop", "rock", "comedy"), Of("Finish Content", "content_type", "song", "podcast"), Number("listened_minutes", "Finish Content"),
            Of("Start Trial", "trial_plan", "premium", "family"), Of("Purchase", "product", "premium_monthly", "family_monthly"), Number("price", "Purchase"), Number("$revenue", "Purchase"),
            Of("Cancel Subscription", "reason", "too_expensive", "other"), Of("Invite Friend", "invite_method", "link", "email"), Of("Share Content", "share_target", "instagram", "copy_link"),
        ],
        [new CohortInfo("c1", "Power listeners", null, 800), new CohortInfo("c2", "Paying users", null, 1_100), new CohortInfo("c3", "Inviters", null, 400)],
        [
            Media.SavedCharts[0],
            new SavedChartInfo("k2", "Weekly active users", "segmentation", null), new SavedChartInfo("k3", "7-day retention by channel", "retention", null),
            new SavedChartInfo("k4", "Revenue by plan", "segmentation", null), new SavedChartInfo("k5", "Plays by genre", "segmentation", null),
        ]);

    public static Taxonomy Named(string name) => name switch
    {
        "media" => Media,
        "saas" => Saas,
        "market" => Market,
        "crowded" => Crowded,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such taxonomy."),
    };

    public static EventInfo Event(string name, long volume) => new(name, null, null, volume);

    public static PropertyInfo User(string name, params string[] values) => new(name, PropertyScope.User, null, null, values);

    public static PropertyInfo Of(string owner, string name, params string[] values) => new(name, PropertyScope.Event, owner, null, values);

    public static PropertyInfo Number(string name, string owner) => new(name, PropertyScope.Event, owner, null, [], IsNumeric: true);
}
