namespace ClariBI.Sandbox.Numbers.Tests.Reference;

/// <summary>Charts of how many and how much. Compared is the chart of the range asked for, whose bins an earlier period shares.</summary>
internal sealed class Segmentation(EventFile file, Chart chart, Segments segments, Segmentation? compared = null)
{
    private readonly Buckets buckets = new(chart);
    private readonly Dictionary<string, int[]> active = [];

    /// <summary>The group columns: those of the chart, then those of the events; a column an event does not group by is unset for it.</summary>
    public Property[] Columns { get; } = [.. chart.GroupBy.Concat(Expanded(chart).SelectMany((item, index) => ColumnsOf(chart, item, index))).Distinct()];

    public bool HasEventColumn => chart.Formula is null && Expanded(chart).Length > 1;

    public IEnumerable<Series> Rows(Segment segment, string? name)
    {
        active.Clear();
        if (chart.Formula is not null)
        {
            return FormulaRows(segment, name).Ranked(chart.GroupByLimit);
        }

        return Expanded(chart).SelectMany((item, index) => EventRows(segment, name, item, index).Ranked(chart.GroupByLimit).Select(row => row with { Part = (0, index) }));
    }

    /// <summary>Each member of a comparison is an event of its own.</summary>
    public static EventSpec[] Expanded(Chart chart) =>
        [.. chart.Events.SelectMany(item => item is { Name: "COMPARISON_EVENT", AnyOf: { } members } ? members : [item])];

    private static IEnumerable<Property> ColumnsOf(Chart chart, EventSpec item, int index) => item.GroupBy.Skip(MeasuresProperty(chart, index) ? 1 : 0);

    private static bool MeasuresProperty(Chart chart, int index) => chart.Formula is { } formula
        ? new[] { "SUM", "AVG", "MIN", "MAX", "MEDIAN", "COUNT" }.Any(kind => formula.Replace(" ", "", StringComparison.Ordinal).Contains($"PROP{kind}({(char)('A' + index)})", StringComparison.OrdinalIgnoreCase))
        : Metrics.OfProperty.Contains(chart.Metric);

    private IEnumerable<Series> EventRows(Segment segment, string? name, EventSpec item, int index)
    {
        var label = HasEventColumn ? item.Name : null;
        var measured = MeasuresProperty(chart, index) ? item.GroupBy[0] : null;
        var groups = Groups(segment, item, index);
        if (chart.Metric == "frequency")
        {
            return groups.SelectMany(group => Frequency.Rows(buckets, group.Value).Select(row => row with { Segment = name, Event = label, Groups = [.. Labels(group.Key), .. row.Groups] }));
        }

        if (chart.Metric == "histogram")
        {
            var bins = (compared ?? this).Bins(item, index);
            return groups.SelectMany(group => Histogram.Rows(buckets, group.Value, measured!, bins).Select(row => row with { Segment = name, Event = label, Groups = [.. Labels(group.Key), .. row.Groups] }));
        }

        return groups.Select(group =>
        {
            var values = Values(chart.Metric, segment, group.Key, group.Value, measured);
            return new Series(name, label, Labels(group.Key), values.ByInterval, values.Total);
        });
    }

    /// <summary>The segments share the bins of an event.</summary>
    private (double From, double To, bool Closed)[] Bins(EventSpec item, int index) =>
        Histogram.Bins(chart, buckets.Whole(chart.Segments.SelectMany(segment => Groups(segment, item, index)).SelectMany(group => group.Value)), item.GroupBy[0]);

    private IEnumerable<Series> FormulaRows(Segment segment, string? name)
    {
        var letters = Expanded(chart).Select((item, index) => Groups(segment, item, index)).ToArray();
        var formula = new Formula(chart.Formula!);
        foreach (var key in letters.SelectMany(groups => groups.Keys).Distinct())
        {
            var known = new Dictionary<(string, int), (double[] ByInterval, double Total)>();
            (double[] ByInterval, double Total) Of(string metric, int letter)
            {
                if (!known.TryGetValue((metric, letter), out var values))
                {
                    var measured = MeasuresProperty(chart, letter) ? Expanded(chart)[letter].GroupBy[0] : null;
                    known[(metric, letter)] = values = Values(MetricOf(metric), segment, key, letters[letter].GetValueOrDefault(key, []), measured);
                }

                return values;
            }

            yield return new(name, null, Labels(key),
                [.. Enumerable.Range(0, buckets.Count).Select(index => formula.Evaluate((metric, letter) => Of(metric, letter).ByInterval[index]))],
                formula.Evaluate((metric, letter) => Of(metric, letter).Total));
        }
    }

    private static string MetricOf(string name) => name.ToUpperInvariant() switch
    {
        "UNIQUES" => "unique_users",
        "TOTALS" => "event_totals",
        "AVG" => "avg_per_user",
        "ACTIVE" => "active_pct",
        var property => "property_" + property["PROP".Length..].ToLowerInvariant(),
    };

    private (double[] ByInterval, double Total) Values(string metric, Segment segment, string key, ExportedEvent[] events, Property? measured)
    {
        var denominators = metric == "active_pct" ? Active(segment, key) : null;
        return ([.. buckets.Split(events).Select((bucket, index) => Metrics.Of(metric, bucket, measured, () => denominators![index]))],
            Metrics.Of(metric, buckets.Whole(events), measured, () => denominators![^1]));
    }

    /// <summary>Active users of the segment who are in the same groups of user properties: by interval, and last over the range.</summary>
    private int[] Active(Segment segment, string key)
    {
        var labels = Labels(key);
        var fixedLabels = Columns.Select((property, index) => (property, labels[index])).Where(pair => pair.property.Scope == "user").ToArray();
        var id = string.Join('\u0001', fixedLabels.Select(pair => pair.Item2));
        if (!active.TryGetValue(id, out var known))
        {
            var events = file.All.Where(buckets.Reaches).Where(item => fixedLabels.All(pair => item.Label(pair.property) == pair.Item2) && segments.Has(segment, item)).ToArray();
            active[id] = known = [.. buckets.Split(events).Select(Metrics.Users), Metrics.Users(buckets.Whole(events))];
        }

        return known;
    }

    private Dictionary<string, ExportedEvent[]> Groups(Segment segment, EventSpec item, int index)
    {
        var own = ColumnsOf(chart, item, index).Concat(chart.GroupBy).ToHashSet();
        Property?[] columns = [.. Columns.Select(column => own.Contains(column) ? column : null)];
        var groups = file.All.Where(one => buckets.Reaches(one) && item.Matches(one, file) && segments.Has(segment, one))
            .GroupBy(one => Grouping.Key(one, columns)).ToDictionary(group => group.Key, group => group.ToArray());
        // Without groups there is one row, even of nothing.
        return Columns.Length > 0 || groups.Count > 0 || chart.Metric is "frequency" or "histogram" ? groups : new() { [""] = [] };
    }

    private string[] Labels(string key) => Columns.Length == 0 ? [] : Grouping.Labels(key);
}
