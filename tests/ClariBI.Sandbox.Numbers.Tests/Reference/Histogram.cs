using System.Globalization;

namespace ClariBI.Sandbox.Numbers.Tests.Reference;

/// <summary>How many events have a value in each bin; the last bin includes its end. Bins of nothing are left out.</summary>
internal static class Histogram
{
    public static (double From, double To, bool Closed)[] Bins(Chart chart, IEnumerable<ExportedEvent> events, Property measured)
    {
        var numbers = events.Select(item => item[measured]?.Number).OfType<double>().ToArray();
        if (chart.Bin is null && numbers.Length == 0)
        {
            return [];
        }

        var (min, max) = chart.Bin is { } given ? (given.Min, given.Max) : (numbers.Min(), numbers.Max());
        var size = chart.Bin?.Size ?? (max - min) / 10;
        var count = size <= 0 ? 1 : (int)Math.Ceiling(Math.Round((max - min) / size, 9));
        return [.. Enumerable.Range(0, count).Select(index => (min + (index * size), index == count - 1 ? max : min + ((index + 1) * size), index == count - 1))];
    }

    public static IEnumerable<Series> Rows(Buckets buckets, ExportedEvent[] events, Property measured, (double From, double To, bool Closed)[] bins)
    {
        var byInterval = buckets.Split(events);
        var whole = buckets.Whole(events);
        return bins.Select(bin => new Series(null, null, [$"[{Label(bin.From)}, {Label(bin.To)}{(bin.Closed ? ']' : ')')}"],
            [.. byInterval.Select(bucket => (double)bucket.Count(item => Has(bin, item[measured]?.Number)))], whole.Count(item => Has(bin, item[measured]?.Number))))
            .Where(row => row.Total > 0 || row.Values.Any(value => value > 0));
    }

    private static string Label(double number) => number.ToString("0.######", CultureInfo.InvariantCulture);

    private static bool Has((double From, double To, bool Closed) bin, double? number) => number >= bin.From && (number < bin.To || (bin.Closed && number == bin.To));
}
