using ClariBI.AnalysisPlanner.Answers;
using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.AnalysisPlanner.Engine.Tests;

/// <summary>Result tables as a vendor adapter makes them.</summary>
internal static class Results
{
    public static readonly DateOnly Start = new(2026, 10, 1);

    public static readonly DateOnly End = new(2026, 10, 31);

    public static readonly AnalysisQuery Base = new() { Kind = QueryKind.SingleValue, Range = DateRange.Between(Start, End) };

    public static AnswerText Write(AnalysisQuery query, ResultTable table) => AnswerWriter.Write(query, table, Start, End, "Europe/London", A.Today);

    public static AnalysisQuery Query(QueryKind kind, Measure measure) => Base with { Kind = kind, Measures = [measure] };

    public static ResultTable Table(TableShape shape, IReadOnlyList<Column> columns, params IReadOnlyList<IReadOnlyList<Cell>> rows) => new(shape, columns, rows, []);

    public static Column Text(string name) => new(name, name, ColumnType.Text);

    public static Column Number(string name, string? label = null) => new(name, label ?? name, ColumnType.Number);

    public static Column Percent(string name, string? label = null) => new(name, label ?? name, ColumnType.Percent);

    public static ResultTable Days(params double[] values) => Table(
        TableShape.TimeSeries,
        [new Column("date", "Date", ColumnType.Date), Number("value", "Purchase: events")],
        [.. values.Select((value, index) => (IReadOnlyList<Cell>)[Start.AddDays(index).ToString("yyyy-MM-dd", null), value])]);

    public static ResultTable Retention(params (string Name, double Share, double Users)[] segments) => Table(
        TableShape.Retention,
        [Number("day", "Day"), .. segments.SelectMany(segment => new[] { Percent(segment.Name), Number(segment.Name + "_users", segment.Name + ": users") })],
        [.. new[] { 0.0, 1, 7 }.Select(day => (IReadOnlyList<Cell>)
            [day, .. segments.SelectMany(segment => new Cell[] { day == 0 ? 1 : day == 1 ? segment.Share * 1.5 : segment.Share, segment.Users })])]);
}
