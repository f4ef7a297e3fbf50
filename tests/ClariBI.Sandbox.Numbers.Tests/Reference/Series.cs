namespace ClariBI.Sandbox.Numbers.Tests.Reference;

/// <summary>A row of a segmentation: its labels, a value for each interval, the value over the range. Event is null where the chart has one series of events.</summary>
internal sealed record Series(string? Segment, string? Event, string[] Groups, double[] Values, double Total)
{
    /// <summary>Rows are ranked and cut with those of the same segment and event: by their places, for names can be equal.</summary>
    public (int Segment, int Event) Part { get; init; }
}

/// <summary>A set of events by group: the labels, joined, to the events.</summary>
internal static class Grouping
{
    private const char Separator = '\u0001';

    public static string Key(ExportedEvent item, IEnumerable<Property?> properties) =>
        string.Join(Separator, properties.Select(property => property is null ? Value.None : item.Label(property)));

    public static string[] Labels(string key) => key.Split(Separator);

    /// <summary>Falling by the value over the range, then by label, and cut.</summary>
    public static IEnumerable<Series> Ranked(this IEnumerable<Series> series, int limit) =>
        series.OrderByDescending(one => Math.Round(one.Total, 6)).ThenBy(one => one.Groups, Labels()).Take(limit);

    public static IComparer<string[]> Labels() => Comparer<string[]>.Create((left, right) =>
        left.Zip(right, string.CompareOrdinal).FirstOrDefault(sign => sign != 0));
}
