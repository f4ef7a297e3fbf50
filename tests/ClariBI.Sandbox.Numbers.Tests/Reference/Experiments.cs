namespace ClariBI.Sandbox.Numbers.Tests.Reference;

internal sealed record Variant(string Key, double Weight);

/// <summary>The variant's users and value; the other figures compare it with the control, which has none.</summary>
internal sealed record VariantResult(string Variant, int Users, double Value, double Difference, double StandardError, double ControlValue)
{
    public double RelativeLift => Difference / ControlValue;

    public double PValue => Statistics.TwoSided(Difference / StandardError);

    public double Low => Difference - (Statistics.Normal975 * StandardError);

    public double High => Difference + (Statistics.Normal975 * StandardError);
}

/// <summary>Who saw which variant of a flag, and what they did from then on.</summary>
internal sealed class Experiments(EventFile file, string flag, DateRange range, Variant[] variants)
{
    private static readonly Property Flag = new("event", "flag_key");
    private static readonly Property Shown = new("event", "variant");

    /// <summary>The first exposure of each user, by the variant seen.</summary>
    private readonly ILookup<string, ExportedEvent> exposures = file.All
        .Where(item => item.Type == "$exposure" && range.Has(item) && item[Flag]?.Text == flag)
        .DistinctBy(item => item.User).ToLookup(item => item.Label(Shown));

    public int Users(Variant variant) => exposures[variant.Key].Count();

    /// <summary>Whether users fell on the variants otherwise than by their weights.</summary>
    public bool HasMismatch()
    {
        var (users, weights) = (variants.Sum(Users), variants.Sum(variant => variant.Weight));
        var distance = variants.Sum(variant => users * variant.Weight / weights is var due ? Math.Pow(Users(variant) - due, 2) / due : 0);
        return distance > 0 && Statistics.ChiSquareAbove(distance, variants.Length - 1) < 0.01;
    }

    public IEnumerable<VariantResult> Results(string metric, EventSpec spec)
    {
        var figures = variants.Select(variant => (variant.Key, Figures: Of(metric, spec, variant))).ToArray();
        var control = figures[0].Figures;
        return figures.Select(item => new VariantResult(item.Key, item.Figures.Users, item.Figures.Value, item.Figures.Value - control.Value,
            Math.Sqrt((item.Figures.Variance / item.Figures.Users) + (control.Variance / control.Users)), control.Value));
    }

    private (int Users, double Value, double Variance) Of(string metric, EventSpec spec, Variant variant)
    {
        var isRate = metric == "unique_users";
        double[] values = [.. exposures[variant.Key].Select(exposure => Figure(metric, spec, [.. file.ByUser[exposure.User].Where(item => item.Time >= exposure.Time && item.Time < range.To && spec.Matches(item, file))]))];
        var mean = values.Average();
        return (values.Length, mean, isRate ? mean * (1 - mean) : values.Sum(value => Math.Pow(value - mean, 2)) / (values.Length - 1));
    }

    private static double Figure(string metric, EventSpec spec, ExportedEvent[] events) => metric switch
    {
        "unique_users" => events.Length > 0 ? 1 : 0,
        "event_totals" or "avg_per_user" => events.Length,
        "property_sum" => events.Sum(item => item[spec.GroupBy[0]]?.Number ?? 0),
        _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, null),
    };
}
