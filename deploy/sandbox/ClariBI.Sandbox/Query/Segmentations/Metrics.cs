using ClariBI.Sandbox.Mcp;

namespace ClariBI.Sandbox.Query.Segmentations;

/// <summary>What metrics are called in the typed form, the raw form and formulas.</summary>
internal static class Metrics
{
    private static readonly (Metric Metric, string Typed, string Raw, string? Formula)[] All =
    [
        (Metric.Uniques, "unique_users", "uniques", "UNIQUES"),
        (Metric.Totals, "event_totals", "totals", "TOTALS"),
        (Metric.Average, "avg_per_user", "average", "AVG"),
        (Metric.ActivePercent, "active_pct", "pct_dau", "ACTIVE"),
        (Metric.Frequency, "frequency", "frequency", null),
        (Metric.PropertySum, "property_sum", "sums", "PROPSUM"),
        (Metric.PropertyAverage, "property_avg", "value_avg", "PROPAVG"),
        (Metric.PropertyMin, "property_min", "value_min", "PROPMIN"),
        (Metric.PropertyMax, "property_max", "value_max", "PROPMAX"),
        (Metric.PropertyMedian, "property_median", "value_median", "PROPMEDIAN"),
        (Metric.PropertyCount, "property_count", "value_count", "PROPCOUNT"),
        (Metric.PropertyCountAverage, "property_count_avg", "value_count_avg", null),
        (Metric.Histogram, "histogram", "histogram", null),
        (Metric.Formula, "formula", "formula", null),
    ];

    public static string TypedSchema { get; } = string.Join(',', All.Select(item => $"\"{item.Typed}\""));

    public static string RawSchema { get; } = string.Join(',', All.Select(item => $"\"{item.Raw}\""));

    public static Metric Typed(string? name) =>
        Find(All.Select(item => item.Typed), name ?? "unique_users", "measured_as.as");

    public static Metric Raw(string? name) =>
        Find(All.Select(item => item.Raw), name ?? "uniques", "params.metric");

    public static string RawName(Metric metric) => Array.Find(All, item => item.Metric == metric).Raw;

    /// <summary>Null for a word that formulas do not know.</summary>
    public static Metric? InFormula(string word) => Array.FindIndex(All, item => item.Formula == word) is >= 0 and var index ? All[index].Metric : null;

    public static bool IsOfProperty(Metric metric) => metric is >= Metric.PropertySum and <= Metric.Histogram;

    private static Metric Find(IEnumerable<string> names, string name, string field)
    {
        var index = Array.IndexOf([.. names], name);
        return index >= 0 ? All[index].Metric : throw new ToolErrorException($"{field}: Input should be one of {string.Join(", ", names)}");
    }
}
