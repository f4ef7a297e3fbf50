using System.Text.Encodings.Web;

namespace ClariBI.Sandbox.Data.Generation.Saas;

internal enum SaasEvent
{
    PageViewed, PricingViewed, SignedUp, WorkspaceCreated, OnboardingStep, TrialStarted, TrialExtended, TrialExpired, InvitationSent, InvitationAccepted, LoggedIn, DashboardViewed, ProjectCreated, TaskCreated,
    TaskCompleted, CommentAdded, FileUploaded, ReportExported, SearchPerformed, NotificationClicked, IntegrationConnected, IntegrationFailed, AutomationCreated, AutomationRan, ApiKeyCreated, SeatsAdded, RoleChanged,
    PlanUpgraded, PlanDowngraded, InvoicePaid, PaymentFailed, SubscriptionCancelled, TicketOpened, Exposure,
}

/// <summary>Names and shares of the sample service: planning of work for teams. Texts are JSON literals where customers choose them freely.</summary>
internal static class SaasVocabulary
{
    public static readonly string[] EventNames =
    [
        "Page Viewed", "Pricing Viewed", "Signed Up", "Workspace Created", "Onboarding Step Completed", "Trial Started", "Trial Extended", "Trial Expired", "Invitation Sent", "Invitation Accepted", "Logged In",
        "Dashboard Viewed", "Project Created", "Task Created", "Task Completed", "Comment Added", "File Uploaded", "Report Exported", "Search Performed", "Notification Clicked", "Integration Connected",
        "Integration Failed", "Automation Created", "Automation Ran", "API Key Created", "Seats Added", "Role Changed", "Plan Upgraded", "Plan Downgraded", "Invoice Paid", "Payment Failed", "Subscription Cancelled",
        "Support Ticket Opened", "$exposure",
    ];

    public static readonly string[] Sizes = ["1-10", "11-50", "51-200", "201-1000", "1000+"];
    public static readonly double[] SizeShares = [0.44, 0.28, 0.16, 0.08, 0.04];
    public static readonly (int From, int To)[] Teams = [(1, 5), (3, 14), (6, 26), (10, 45), (20, 80)];
    public static readonly double[] MonthlyChurn = [0.055, 0.035, 0.022, 0.012, 0.006];

    public static readonly string[] Plans = ["free", "trial", "starter", "team", "business"];
    public static readonly double[][] PlansBySize = [[0.24, 0, 0.52, 0.2, 0.04], [0.12, 0, 0.34, 0.42, 0.12], [0.06, 0, 0.14, 0.5, 0.3], [0.03, 0, 0.05, 0.4, 0.52], [0.02, 0, 0.02, 0.26, 0.7]];
    public static readonly int[] SeatPrices = [0, 0, 8, 14, 24];

    public static readonly string[] Industries = ["software", "agency", "manufacturing", "retail", "education", "public sector", "health"];
    public static readonly double[] IndustryShares = [0.3, 0.2, 0.14, 0.12, 0.1, 0.06, 0.08];

    public static readonly (string Country, string Language, string Region, string City)[] Places =
    [
        ("Germany", "German", "Berlin", "Berlin"), ("Germany", "German", "Bavaria", "München"), ("Austria", "German", "Vienna", "Wien"), ("Switzerland", "German", "Zurich", "Zürich"),
        ("Czech Republic", "Czech", "Prague", "Praha"), ("France", "French", "Île-de-France", "Paris"), ("Netherlands", "Dutch", "North Holland", "Amsterdam"), ("United Kingdom", "English", "England", "London"),
        ("Poland", "Polish", "Łódź Voivodeship", "Łódź"), ("Sweden", "Swedish", "Stockholm", "Stockholm"),
    ];

    public static readonly double[] PlaceShares = [0.2, 0.16, 0.08, 0.08, 0.09, 0.11, 0.08, 0.1, 0.06, 0.04];

    public static readonly string[] NameStarts = ["Müller", "O'Neil", "Nordlicht", "Škoda", "Lumière", "Apex", "Björk", "Kaffee ☕", "Żuraw", "Van Dijk", "Rhein-Main", "Blue \"Sky\"", "Größe 42", "Pixel & Paper", "Øresund"];
    public static readonly string[] NameEnds = ["GmbH", "AG", "& Söhne", "Labs", "s.r.o.", "Ltd.", "Studio", "SAS", "B.V.", "Consulting"];

    public static readonly string[] Channels = ["organic", "paid_search", "partner", "event", "referral"];
    public static readonly double[] ChannelShares = [0.36, 0.24, 0.16, 0.08, 0.16];

    public static readonly string[] Pages = ["/", "/features", "/customers", "/blog/planning-ohne-meetings", "/integrations"];
    public static readonly string[] Steps = ["create project", "invite team", "connect tool", "set goals"];
    public static readonly string[] Integrations = ["Slack", "GitHub", "Jira", "Google Drive", "SAP", "Personio"];
    public static readonly string[] Views = ["board", "list", "timeline", "calendar"];
    public static readonly string[] Labels = ["bug", "design", "urgent", "kunde", "Q4 🎯", "\"later\""];
    public static readonly string[] Formats = ["pdf", "xlsx", "csv"];
    public static readonly string[] FileTypes = ["image", "document", "sheet", "archive"];
    public static readonly string[] Triggers = ["task due", "status changed", "form sent"];
    public static readonly string[] Reasons = ["too expensive", "missing features", "switched tool", "team closed", "other"];
    public static readonly string[] Topics = ["billing", "login", "integrations", "how to", "bug"];

    public static readonly (string Platform, string Device, string Os, string OsVersion)[] Devices =
        [("Web", "Windows", "Chrome", "141"), ("Web", "Mac", "Safari", "26"), ("Web", "Linux", "Firefox", "144"), ("iOS", "Apple iPhone", "ios", "26.1"), ("Android", "Samsung Galaxy", "android", "16")];

    public static string Quote(string text) => "\"" + JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text) + "\"";

    public static string Quote(IEnumerable<string> texts) => $"[{string.Join(',', texts.Select(Quote))}]";
}
