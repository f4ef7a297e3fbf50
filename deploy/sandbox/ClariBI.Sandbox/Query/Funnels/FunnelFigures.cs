namespace ClariBI.Sandbox.Query.Funnels;

/// <summary>What a set of paths comes to, step by step. Times are milliseconds since the step before, 0 for the first one.</summary>
internal sealed class FunnelFigures(IReadOnlyCollection<long[]> paths, int steps)
{
    private readonly double[][] times = [.. Enumerable.Range(0, steps).Select(step => step == 0 ? [] : Sorted(paths.Where(path => path.Length > step).Select(path => path[step] - path[step - 1])))];

    public double[] Reached { get; } = [.. Enumerable.Range(0, steps).Select(step => (double)paths.Count(path => path.Length > step))];

    public IEnumerable<double> Medians => times.Select(Median);

    public IEnumerable<double> Averages => times.Select(Average);

    public IEnumerable<double> Percentiles(decimal percent) => times.Select(step => Percentile(step, percent));

    /// <summary>From the first step to the last, of the paths that reached it.</summary>
    public double[] ToConvert() => Sorted(paths.Where(path => path.Length == steps).Select(path => path[^1] - path[0]));

    public static double Average(double[] sorted) => sorted.Length == 0 ? 0 : Math.Round(sorted.Average());

    public static double Median(double[] sorted) => sorted.Length == 0 ? 0 : Math.Round((sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2);

    /// <summary>The smallest value that at least this share of the values does not exceed.</summary>
    public static double Percentile(double[] sorted, decimal percent) =>
        sorted.Length == 0 ? 0 : Math.Round(sorted[Math.Max(0, (int)Math.Ceiling(percent * sorted.Length / 100) - 1)]);

    private static double[] Sorted(IEnumerable<long> microseconds)
    {
        double[] sorted = [.. microseconds.Select(value => value / 1000.0)];
        Array.Sort(sorted);
        return sorted;
    }
}
