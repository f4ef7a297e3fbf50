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

    public static Taxonomy Named(string name) => name switch
    {
        "media" => Media,
        "saas" => Saas,
        "market" => Market,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such taxonomy."),
    };

    public static EventInfo Event(string name, long volume) => new(name, null, null, volume);

    public static PropertyInfo User(string name, params string[] values) => new(name, PropertyScope.User, null, null, values);

    public static PropertyInfo Number(string name, string owner) => new(name, PropertyScope.Event, owner, null, [], IsNumeric: true);
}
