using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ClariBI.Charts;

internal static class ChartsTelemetry
{
    public static readonly ActivitySource Activities = new("ClariBI.Charts");

    private static readonly Meter Meter = new("ClariBI.Charts");

    public static readonly Counter<long> ChartsDrawn = Meter.CreateCounter<long>("claribi.charts.drawn", "{chart}");

    public static readonly Histogram<double> TileRefresh = Meter.CreateHistogram<double>("claribi.charts.tile_refresh", "s");
}
