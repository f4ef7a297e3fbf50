using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.AnalysisPlanner.Vendors.Amplitude.Tables;

/// <summary>How a measure shows as a column: its words, its type, and the scale of Amplitude's numbers.</summary>
internal static class MeasureColumn
{
    private static readonly HashSet<string> Money = new(["$revenue", "revenue", "price", "amount"], StringComparer.OrdinalIgnoreCase);

    public static string Label(Measure measure) => measure.Aggregation switch
    {
        Aggregation.UniqueUsers when measure.Event == SpecialEvents.AnyActive => "Active users",
        Aggregation.UniqueUsers when measure.Event == SpecialEvents.NewUser => "New users",
        Aggregation.UniqueUsers => $"{Event(measure)}: users",
        Aggregation.Totals => $"{Event(measure)}: events",
        Aggregation.AveragePerUser => $"{Event(measure)}: events per user",
        Aggregation.ActivePercent => $"{Event(measure)}: share of active users",
        Aggregation.PropertySum => $"{Event(measure)}: total {Property(measure)}",
        Aggregation.PropertyAverage => $"{Event(measure)}: average {Property(measure)}",
        Aggregation.PropertyMinimum => $"{Event(measure)}: lowest {Property(measure)}",
        Aggregation.PropertyMaximum => $"{Event(measure)}: highest {Property(measure)}",
        Aggregation.PropertyMedian => $"{Event(measure)}: median {Property(measure)}",
        _ => throw new ArgumentOutOfRangeException(nameof(measure)),
    };

    public static Column Of(string name, string label, Measure measure) => measure switch
    {
        { Aggregation: Aggregation.ActivePercent } => new Column(name, label, ColumnType.Percent),
        { Property: { } property } when Money.Contains(property) => new Column(name, label, ColumnType.Currency, "USD"),
        { Aggregation: Aggregation.UniqueUsers } => new Column(name, label, ColumnType.Number, "users"),
        { Aggregation: Aggregation.Totals } => new Column(name, label, ColumnType.Number, "events"),
        _ => new Column(name, label, ColumnType.Number),
    };

    /// <summary>Amplitude gives percentages as 0..100.</summary>
    public static double? Scale(double? value, Measure measure) => measure.Aggregation == Aggregation.ActivePercent ? value / 100 : value;

    private static string Event(Measure measure) => measure.Event switch
    {
        SpecialEvents.AnyActive => "Any active event",
        SpecialEvents.NewUser => "First event",
        var name => name,
    };

    private static string Property(Measure measure) => measure.Property?.TrimStart('$') ?? "value";
}
