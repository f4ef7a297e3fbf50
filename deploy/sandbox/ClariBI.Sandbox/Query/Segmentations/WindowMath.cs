namespace ClariBI.Sandbox.Query.Segmentations;

/// <summary>Arithmetic over the values of intervals. The first "before" intervals only serve those after them; NaN marks an interval without a value.</summary>
internal static class WindowMath
{
    public static double[] Sum(double[] cells, int length, int before)
    {
        var prefix = new double[cells.Length + 1];
        for (var index = 0; index < cells.Length; index++)
        {
            prefix[index + 1] = prefix[index] + (double.IsNaN(cells[index]) ? 0 : cells[index]);
        }

        return [.. Enumerable.Range(before, cells.Length - before).Select(index => prefix[index + 1] - prefix[Math.Max(0, index + 1 - length)])];
    }

    /// <summary>The smallest or the largest; 0 where no interval has a value.</summary>
    public static double[] Best(double[] cells, int length, int before, Func<double, double, double> choose) => [.. Enumerable.Range(before, cells.Length - before).Select(index =>
    {
        var found = cells[Math.Max(0, index + 1 - length)..(index + 1)].Where(value => !double.IsNaN(value)).ToArray();
        return found.Length == 0 ? 0 : found.Aggregate(choose);
    })];

    public static double[] Running(double[] changes, int before)
    {
        var sums = new double[changes.Length];
        for (var index = 0; index < changes.Length; index++)
        {
            sums[index] = changes[index] + (index == 0 ? 0 : sums[index - 1]);
        }

        return sums[before..];
    }

    public static double[] Quotient(double[] dividends, double[] divisors) => [.. dividends.Zip(divisors, (dividend, divisor) => divisor == 0 ? 0 : dividend / divisor)];
}
