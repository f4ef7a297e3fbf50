using ClariBI.Contracts.AnalysisPlanner;
using ClariBI.Contracts.Charts;

namespace ClariBI.Charts.Tests;

/// <summary>Results, queries and charts as the planner makes them.</summary>
internal static class A
{
    public static Column Text(string name) => new(name, char.ToUpperInvariant(name[0]) + name[1..], ColumnType.Text);

    public static Column Users(string name, string? label = null) => new(name, label ?? name, ColumnType.Number, "users");

    public static Column Share(string name, string? label = null) => new(name, label ?? name, ColumnType.Percent);

    public static Column Date => new("date", "Date", ColumnType.Date);

    public static ResultTable Table(TableShape shape, Column[] columns, params Cell[][] rows) => new(shape, columns, rows, []);

    /// <summary>Days from 1 November 2026.</summary>
    public static ResultTable TimeSeries(Column[] series, params double?[][] rows) =>
        Table(TableShape.TimeSeries, [Date, .. series], [.. rows.Select((values, day) =>
            (Cell[])[$"2026-11-{day + 1:00}", .. values.Select(value => value is { } number ? Cell.Of(number) : Cell.Empty)])]);

    public static ResultTable Categories(int rows, Func<int, string> label) => Table(
        TableShape.Categories, [Text("country"), Users("users", "Users")],
        [.. Enumerable.Range(0, rows).Select(row => (Cell[])[label(row), 1000d - row])]);

    public static ResultTable Figure(double value) => Table(TableShape.SingleValue, [Users("value", "Weekly active users")], [value]);

    public static AnalysisQuery Query(QueryKind kind = QueryKind.Trend, Aggregation aggregation = Aggregation.UniqueUsers, bool isGrouped = false) => new()
    {
        Kind = kind,
        Measures = [new Measure("Video Watched", aggregation)],
        GroupBy = isGrouped ? [new GroupBy("country", PropertyScope.User)] : [],
        Range = DateRange.LastDays(7),
    };

    public static ChartSource Source(Guid? dataSourceId = null) => new(
        dataSourceId ?? Guid.CreateVersion7(), "Amplitude", "Acme", "Web (prod)", Sandbox: true, "query_amplitude_data",
        new DateOnly(2026, 11, 1), new DateOnly(2026, 11, 7), "Europe/London");

    public static DrawChart Drawing(Guid workspaceId, ResultTable? table = null, ChartSource? source = null, DateTimeOffset? at = null) => new(
        workspaceId, Guid.CreateVersion7(), "How many users watched a video?", "Users who watched a video", Query(),
        table ?? TimeSeries([Users("users", "Users")], [10], [20], [15]), source ?? Source(),
        at ?? new DateTimeOffset(2026, 11, 22, 9, 12, 0, TimeSpan.Zero));

    public static QueryCompleted Result(ResultTable table, DateTimeOffset at) => new(
        table, "query_dataset", "{}", new DateOnly(2026, 11, 2), new DateOnly(2026, 11, 8), "Europe/London", TimeSpan.FromMilliseconds(800), at);
}
