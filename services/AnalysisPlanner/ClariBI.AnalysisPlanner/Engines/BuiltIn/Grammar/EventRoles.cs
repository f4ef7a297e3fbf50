using ClariBI.AnalysisPlanner.Engines.BuiltIn.Linking;
using ClariBI.AnalysisPlanner.Engines.BuiltIn.Words;
using ClariBI.AnalysisPlanner.Taxonomies;

namespace ClariBI.AnalysisPlanner.Engines.BuiltIn.Grammar;

/// <summary>What part an event plays in most products, told from its name.</summary>
internal static class EventRoles
{
    private static readonly HashSet<string> Setup =
        [.. new[] { "profile", "onboarding", "setup", "tutorial", "verify", "verified", "welcome", "preferences", "integration", "connect" }.Select(Stemmer.Stem)];

    private static readonly HashSet<string> Passive =
        [.. new[] { "open", "launch", "session", "page", "screen", "login", "logout", "notification", "push", "email", "view", "viewed", "error", "search", "impression" }.Select(Stemmer.Stem)];

    public static bool IsSignUp(string name) => Expresses(name, "signup");

    public static bool IsPurchase(string name) => Expresses(name, "purchase");

    public static bool IsSetup(string name) => !IsSignUp(name) && Tokenizer.Name(name).Any(Setup.Contains);

    /// <summary>The event most users come for: the most frequent one that is neither signing up, setting up nor merely looking in.</summary>
    public static EventInfo? Core(Taxonomy taxonomy) => taxonomy.Events
        .Where(item => !IsSignUp(item.Name) && !IsSetup(item.Name) && !Tokenizer.Name(item.Name).Any(Passive.Contains))
        .MaxBy(item => item.MonthlyVolume ?? 0);

    public static EventInfo? SignUp(Taxonomy taxonomy) =>
        taxonomy.Events.Where(item => IsSignUp(item.Name)).MaxBy(item => item.MonthlyVolume ?? 0);

    private static bool Expresses(string name, string idea)
    {
        var wanted = Synonyms.ForEvents.Of([Stemmer.Stem(idea)]);
        var stems = Tokenizer.Name(name);
        var adverse = stems.Any(stem => stem is "cancel" or "refund" or "fail" or "start" or "view" or "abandon" or "click");
        return !adverse && Synonyms.ForEvents.In(stems).Any(found => wanted.Contains(found.Concept));
    }
}
