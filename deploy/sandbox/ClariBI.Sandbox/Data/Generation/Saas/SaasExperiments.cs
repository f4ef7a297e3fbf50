namespace ClariBI.Sandbox.Data.Generation.Saas;

/// <summary>The checklist helps new people through the onboarding; the new navigation changes nothing.</summary>
internal static class SaasExperiments
{
    public const int Checklist = 1;
    public static readonly SampleExperiment Onboarding = new("onboarding-checklist", 40, 89, [("control", 0.5), ("checklist", 0.5)], 81);
    public static readonly SampleExperiment Navigation = new("new-navigation", 55, 75, [("control", 0.34), ("sidebar", 0.33), ("top-bar", 0.33)], 82);
}
