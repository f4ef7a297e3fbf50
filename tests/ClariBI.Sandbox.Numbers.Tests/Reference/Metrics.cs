namespace ClariBI.Sandbox.Numbers.Tests.Reference;

/// <summary>A figure of a set of events.</summary>
internal static class Metrics
{
    public static readonly HashSet<string> OfProperty =
        ["property_sum", "property_avg", "property_min", "property_max", "property_median", "property_count", "property_count_avg", "histogram"];

    /// <summary>Active is the number of active users that active_pct divides by.</summary>
    public static double Of(string metric, IReadOnlyCollection<ExportedEvent> events, Property? measured, Func<int> active) => metric switch
    {
        "unique_users" => Users(events),
        "event_totals" => events.Count,
        "avg_per_user" => Divide(events.Count, Users(events)),
        "active_pct" => Divide(100.0 * Users(events), active()),
        "property_count" => Texts(events, measured!).Distinct().Count(),
        "property_count_avg" => Average(events.GroupBy(item => item.User).Select(user => (double)Texts(user, measured!).Distinct().Count()).Where(count => count > 0)),
        _ => OfNumbers(metric, [.. events.Select(item => item[measured!]?.Number).OfType<double>()]),
    };

    public static int Users(IEnumerable<ExportedEvent> events) => events.Select(item => item.User).Distinct().Count();

    public static double Divide(double above, double below) => below == 0 ? 0 : above / below;

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? 0 : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static double OfNumbers(string metric, double[] numbers) => metric switch
    {
        _ when numbers.Length == 0 => 0,
        "property_sum" => numbers.Sum(),
        "property_avg" => numbers.Average(),
        "property_min" => numbers.Min(),
        "property_max" => numbers.Max(),
        "property_median" => Median(numbers),
        _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, null),
    };

    private static IEnumerable<string> Texts(IEnumerable<ExportedEvent> events, Property property) => events.Select(item => item[property]?.Text).OfType<string>();

    private static double Average(IEnumerable<double> values) => values.DefaultIfEmpty(0).Average();
}
