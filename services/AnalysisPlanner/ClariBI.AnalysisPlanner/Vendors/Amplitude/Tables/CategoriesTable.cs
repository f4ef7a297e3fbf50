using ClariBI.AnalysisPlanner.Vendors.Amplitude.Reading;
using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.AnalysisPlanner.Vendors.Amplitude.Tables;

/// <summary>A row per group, largest first. Segments are a label column of their own; measures without any grouping are rows themselves.</summary>
internal static class CategoriesTable
{
    public static ResultTable Build(AnalysisQuery query, IReadOnlyList<MeasureResult> results) =>
        query.Segments.Count == 0 && query.GroupBy.Count == 0 ? OfMeasures(query, results) : OfGroups(query, results);

    private static ResultTable OfGroups(AnalysisQuery query, IReadOnlyList<MeasureResult> results)
    {
        var skip = query.Segments.Count > 0 ? 0 : 1;
        var slugs = new Slugs();
        var columns = new List<Column>();
        if (skip == 0)
        {
            columns.Add(new Column(Reserved("segment"), "Segment", ColumnType.Text));
        }

        columns.AddRange(query.GroupBy.Select(group => new Column(Reserved(group.Property), Title(group.Property), ColumnType.Text)));
        var labels = columns.Count;
        foreach (var result in results)
        {
            var label = MeasureColumn.Label(result.Measure);
            var name = slugs.Unique(label);
            columns.Add(MeasureColumn.Of(name, label, result.Measure));
            if (result.Previous is not null)
            {
                columns.Add(MeasureColumn.Of(slugs.Unique($"{name}_previous"), $"{label}, previous", result.Measure));
            }
        }

        var keys = results.SelectMany(result => result.Current.Series).Select(series => series.Labels.Skip(skip).ToList())
            .DistinctBy(key => string.Join('\u001f', key)).ToList();
        var rows = keys.Select(key => (IReadOnlyList<Cell>)
            [.. Pad(key, labels).Select(Cell.Of), .. results.SelectMany(result => Values(result, key, skip))]);
        return Cut(query, columns, rows, labels);

        string Reserved(string name)
        {
            slugs.Reserve(name);
            return name;
        }
    }

    private static ResultTable OfMeasures(AnalysisQuery query, IReadOnlyList<MeasureResult> results)
    {
        var first = results[0].Measure;
        var sameMeasure = results.All(result => result.Measure.Aggregation == first.Aggregation && result.Measure.Property == first.Property);
        var value = sameMeasure ? MeasureColumn.Of("value", ValueLabel(first), first) : new Column("value", "Value", ColumnType.Number);
        var columns = new List<Column> { new("measure", sameMeasure ? "Event" : "Measure", ColumnType.Text), value };
        if (results.Any(result => result.Previous is not null))
        {
            columns.Add(value with { Name = "previous", Label = "Previous" });
        }

        var rows = results.Select(result => (IReadOnlyList<Cell>)
            [sameMeasure ? EventName(result.Measure) : MeasureColumn.Label(result.Measure), .. Values(result, [], 1)]);
        return Cut(query, columns, rows, labels: 1);
    }

    private static IEnumerable<Cell> Values(MeasureResult result, List<string> key, int skip)
    {
        yield return Value(result.Current, result.Measure, key, skip);
        if (result.Previous is not null)
        {
            yield return Value(result.Previous, result.Measure, key, skip);
        }
    }

    /// <summary>A group that a measure does not list has none of it: counts are zero, averages are unknown.</summary>
    private static Cell Value(SeriesSet set, Measure measure, List<string> key, int skip)
    {
        var series = set.Series.FirstOrDefault(series => series.Labels.Skip(skip).SequenceEqual(key));
        if (series is null)
        {
            return measure.Aggregation is Aggregation.UniqueUsers or Aggregation.Totals or Aggregation.PropertySum ? Cell.Of(0) : Cell.Empty;
        }

        return MeasureColumn.Scale(SingleValueTable.Total(series, measure), measure) is { } number ? Cell.Of(number) : Cell.Empty;
    }

    private static ResultTable Cut(AnalysisQuery query, List<Column> columns, IEnumerable<IReadOnlyList<Cell>> rows, int labels)
    {
        var ordered = (query.Ascending
            ? rows.OrderBy(row => row[labels].Number ?? double.MaxValue)
            : rows.OrderByDescending(row => row[labels].Number ?? double.MinValue)).ToList();
        var kept = query.Limit is { } limit && limit < ordered.Count ? ordered.GetRange(0, limit) : ordered;
        return new ResultTable(TableShape.Categories, columns, kept, [], kept.Count < ordered.Count ? ordered.Count : null);
    }

    private static IEnumerable<string> Pad(List<string> key, int length) =>
        key.Concat(Enumerable.Repeat("", Math.Max(0, length - key.Count))).Take(length);

    private static string Title(string property)
    {
        var words = property.TrimStart('$').Replace('_', ' ');
        return words.Length == 0 ? property : char.ToUpperInvariant(words[0]) + words[1..];
    }

    private static string EventName(Measure measure) =>
        measure.Event is SpecialEvents.AnyActive or SpecialEvents.NewUser ? MeasureColumn.Label(measure) : measure.Event;

    private static string ValueLabel(Measure measure) => measure.Aggregation switch
    {
        Aggregation.UniqueUsers => "Users",
        Aggregation.Totals => "Events",
        _ => "Value",
    };
}
