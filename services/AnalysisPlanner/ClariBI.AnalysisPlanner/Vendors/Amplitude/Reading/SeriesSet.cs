namespace ClariBI.AnalysisPlanner.Vendors.Amplitude.Reading;

/// <summary>A segmentation result, whichever shape it came in.</summary>
/// <param name="Periods">Starts of the intervals, in order; empty where only totals were asked for.</param>
internal sealed record SeriesSet(IReadOnlyList<string> Periods, IReadOnlyList<Series> Series)
{
    public static SeriesSet Empty { get; } = new([], []);
}

/// <param name="Labels">The segment, then the value of each grouping property.</param>
/// <param name="Values">One per period; null where the vendor has none.</param>
/// <param name="Total">The value over the whole range; for users not the sum of the values.</param>
internal sealed record Series(IReadOnlyList<string> Labels, IReadOnlyList<double?> Values, double? Total)
{
    /// <summary>To order by where the vendor gives no total.</summary>
    public double Weight => Total ?? Values.Sum() ?? 0;
}
