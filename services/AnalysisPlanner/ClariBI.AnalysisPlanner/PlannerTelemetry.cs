using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ClariBI.AnalysisPlanner;

internal static class PlannerTelemetry
{
    private const string Name = "ClariBI.AnalysisPlanner";
    private static readonly Meter Meter = new(Name);

    public static readonly ActivitySource Activities = new(Name);

    public static readonly Counter<long> Finished =
        Meter.CreateCounter<long>("claribi.analyses.finished", description: "Analyses that ended, by status.");

    public static readonly Histogram<double> Duration =
        Meter.CreateHistogram<double>("claribi.analysis.duration", "s", "Time from the start of a run to its end.");

    public static readonly Histogram<double> VendorDuration =
        Meter.CreateHistogram<double>("claribi.analysis.vendor.duration", "s", "The vendor's share of a run.");
}
