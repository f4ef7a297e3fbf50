namespace ClariBI.Sandbox.Data.Generation.Media;

internal enum EventKind
{
    OpenApp, SignUp, CreateProfile, CompleteOnboarding, Search, PlayContent, FinishContent, AddToPlaylist, RateContent, ViewPaywall, StartTrial, Purchase, CancelSubscription, InviteFriend, ShareContent, Exposure,
}

/// <summary>Names and shares of the sample app: a music and podcast service.</summary>
internal static class MediaVocabulary
{
    public static readonly string[] EventNames =
    [
        "Open App", "Sign Up", "Create Profile", "Complete Onboarding", "Search", "Play Content", "Finish Content", "Add to Playlist", "Rate Content", "View Paywall", "Start Trial", "Purchase", "Cancel Subscription",
        "Invite Friend", "Share Content", "$exposure",
    ];

    public static readonly string[] Channels = ["organic", "paid_search", "paid_social", "referral", "email"];
    public static readonly double[] ChannelShares = [0.38, 0.20, 0.18, 0.14, 0.10];
    public static readonly double[] ChannelLoyalty = [1.18, 0.88, 0.60, 1.42, 1.06];

    public static readonly string[] Plans = ["free", "premium", "family"];
    public static readonly double[] PlanShares = [0.74, 0.19, 0.07];
    public static readonly double[] PlanLoyalty = [0.86, 1.55, 1.80];

    public static readonly string[] Platforms = ["iOS", "Android", "Web"];
    public static readonly double[] PlatformShares = [0.42, 0.40, 0.18];
    public static readonly double[] PlatformLoyalty = [1.12, 1.0, 0.70];
    public static readonly string[][] DeviceTypes = [["Apple iPhone", "Apple iPad"], ["Samsung Galaxy", "Google Pixel", "Xiaomi"], ["Windows", "Mac", "Chromebook"]];

    public static readonly string[] Countries =
    [
        "United States", "United Kingdom", "Germany", "Brazil", "India", "France", "Canada", "Mexico", "Japan", "Australia", "Spain", "Netherlands",
    ];

    public static readonly double[] CountryShares = [0.30, 0.12, 0.09, 0.10, 0.11, 0.06, 0.06, 0.05, 0.04, 0.03, 0.02, 0.02];
    public static readonly string[] Languages = ["English", "English", "German", "Portuguese", "English", "French", "English", "Spanish", "Japanese", "English", "Spanish", "Dutch"];

    public static readonly string[] AgeGroups = ["18-24", "25-34", "35-44", "45-54", "55+"];
    public static readonly double[] AgeShares = [0.28, 0.34, 0.20, 0.11, 0.07];

    public static readonly string[] Genres = ["pop", "hip hop", "rock", "electronic", "classical", "jazz", "news", "comedy"];
    public static readonly double[] GenreShares = [0.26, 0.18, 0.16, 0.12, 0.05, 0.05, 0.10, 0.08];

    public static readonly string[] ContentTypes = ["song", "podcast", "audiobook"];
    public static readonly double[] ContentTypeShares = [0.72, 0.22, 0.06];

    public static readonly string[] PlaySources = ["home", "search", "playlist", "radio"];
    public static readonly string[] SearchCategories = ["artist", "song", "podcast", "playlist", "genre"];
    public static readonly string[] SignUpMethods = ["email", "google", "apple"];
    public static readonly string[] OpenedFrom = ["icon", "push", "link"];
    public static readonly string[] InviteMethods = ["link", "sms", "email"];
    public static readonly string[] ShareTargets = ["instagram", "whatsapp", "copy_link"];
    public static readonly string[] CancelReasons = ["too_expensive", "not_using", "missing_content", "other"];

    public static readonly string[] Products = ["premium_monthly", "family_monthly", "premium_yearly"];
    public static readonly double[] Prices = [9.99, 14.99, 99.00];
}
