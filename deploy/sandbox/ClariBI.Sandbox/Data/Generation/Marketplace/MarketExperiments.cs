namespace ClariBI.Sandbox.Data.Generation.Marketplace;

/// <summary>Checkout on one page brings more orders. The carousel changes nothing, and a bug kept some of its users from being counted.</summary>
internal static class MarketExperiments
{
    public const int OnePage = 1;
    public static readonly SampleExperiment Checkout = new("one-page-checkout", 52, 89, [("control", 0.5), ("one-page", 0.5)], 91);
    public static readonly SampleExperiment Carousel = new("similar-items-carousel", 45, 68, [("control", 0.56), ("carousel", 0.44)], 92);
}
