using System.Text.Json;
using ClariBI.AnalysisPlanner.Vendors.Amplitude.Reading;
using ClariBI.AnalysisPlanner.Vendors.Amplitude.Tables;
using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.AnalysisPlanner.Tests.Vendors;

public sealed class TableTests
{
    private static readonly DateTime Now = new(2026, 11, 22, 9, 30, 0, DateTimeKind.Unspecified);
    private static readonly Measure Users = new("Play Content", Aggregation.UniqueUsers);

    [Fact]
    public void A_week_that_is_not_over_and_one_that_began_before_the_range_are_incomplete()
    {
        var query = Query(QueryKind.Trend) with { Interval = Interval.Week };
        var table = TimeSeriesTable.Build(
            query, [Result(["2026-11-02", "2026-11-09", "2026-11-16"], new Series(["All Users"], [10, 20, 5], null))], new DateOnly(2026, 11, 4), Now);

        table.Shape.ShouldBe(TableShape.TimeSeries);
        table.Columns.Select(column => (column.Name, column.Type)).ShouldBe([("date", ColumnType.Date), ("play_content_users", ColumnType.Number)]);
        table.Rows[0].ShouldBe(["2026-11-02", 10d]);
        table.IncompleteRows.ShouldBe([0, 2]);
    }

    [Fact]
    public void Of_todays_hours_the_past_ones_are_final()
    {
        var table = TimeSeriesTable.Build(
            Query(QueryKind.Trend) with { Interval = Interval.Hour },
            [Result(["2026-11-21T23:00:00", "2026-11-22T08:00:00", "2026-11-22T09:00:00", "2026-11-22T10:00:00"], new Series(["All Users"], [4, 3, 1, 0], null))],
            new DateOnly(2026, 11, 21), Now);

        table.Rows[1][0].Text.ShouldBe("2026-11-22T08:00");
        table.IncompleteRows.ShouldBe([2, 3]);
    }

    [Fact]
    public void A_trend_by_group_keeps_the_largest_groups_and_says_how_many_there_were()
    {
        var query = Query(QueryKind.Trend) with { GroupBy = [new GroupBy("platform", PropertyScope.User)], Limit = 1 };
        var table = TimeSeriesTable.Build(
            query, [Result(["2026-11-20"], new Series(["All Users", "Web"], [3], null), new Series(["All Users", "iOS"], [9], null))], new DateOnly(2026, 11, 20), Now);

        table.Columns.Select(column => column.Label).ShouldBe(["Date", "iOS"]);
        table.TotalRows.ShouldBe(2);
        table.IncompleteRows.ShouldBeEmpty();
    }

    [Fact]
    public void Groups_are_sorted_and_cut_to_the_limit()
    {
        var query = Query(QueryKind.Breakdown) with { GroupBy = [new GroupBy("country", PropertyScope.User)], Limit = 2 };
        var result = Result([], Group("France", 5), Group("Brazil", 9), Group("India", 7));

        CategoriesTable.Build(query, [result]).Rows.ShouldBe([["Brazil", 9d], ["India", 7d]]);
        CategoriesTable.Build(query, [result]).TotalRows.ShouldBe(3);
        CategoriesTable.Build(query with { Ascending = true }, [result]).Rows.ShouldBe([["France", 5d], ["India", 7d]]);
    }

    [Fact]
    public void Two_measures_of_two_segments_share_a_row_per_segment()
    {
        var plays = new Measure("Play Content", Aggregation.AveragePerUser);
        var query = Query(QueryKind.Comparison) with { Measures = [Users, plays], Segments = [new Segment("Paid", []), new Segment("Organic", [])] };
        var table = CategoriesTable.Build(query, [
            Result([], new Series(["Paid"], [], 60), new Series(["Organic"], [], 40)),
            new MeasureResult(plays, new SeriesSet([], [new Series(["Organic"], [], 4.5)]), null)]);

        table.Columns.Select(column => column.Name).ShouldBe(["segment", "play_content_users", "play_content_events_per_user"]);
        table.Rows.ShouldBe([["Paid", 60d, Cell.Empty], ["Organic", 40d, 4.5d]]);
    }

    [Fact]
    public void Events_compared_are_rows()
    {
        var other = new Measure("Search", Aggregation.UniqueUsers);
        var table = CategoriesTable.Build(
            Query(QueryKind.Comparison) with { Measures = [Users, other] },
            [Result([], new Series(["All Users"], [], 60)), new MeasureResult(other, new SeriesSet([], [new Series(["All Users"], [], 80)]), null)]);

        table.Rows.ShouldBe([["Search", 80d], ["Play Content", 60d]]);
    }

    [Fact]
    public void A_compared_value_stands_beside_the_current_one()
    {
        var revenue = new Measure("Purchase", Aggregation.PropertySum, "$revenue");
        var table = SingleValueTable.Build(new MeasureResult(
            revenue, new SeriesSet([], [new Series(["All Users"], [], 120.5)]), new SeriesSet([], [new Series(["All Users"], [], 100)])));

        table.Columns.Select(column => (column.Name, column.Type, column.Unit)).ShouldBe([("value", ColumnType.Currency, "USD"), ("previous", ColumnType.Currency, "USD")]);
        table.Rows.ShouldBe([[120.5d, 100d]]);
    }

    [Fact]
    public void Users_of_several_days_are_never_added_up()
    {
        var days = new Series(["All Users"], [10, 20], null);

        SingleValueTable.Total(days, Users).ShouldBeNull();
        SingleValueTable.Total(days, new Measure("Play Content", Aggregation.Totals)).ShouldBe(30);
    }

    [Fact]
    public void Percentages_become_shares()
    {
        var share = new Measure("Play Content", Aggregation.ActivePercent);
        var table = SingleValueTable.Build(new MeasureResult(share, new SeriesSet([], [new Series(["All Users"], [], 42.5)]), null));

        table.Columns[0].Type.ShouldBe(ColumnType.Percent);
        table.Rows.ShouldBe([[0.425d]]);
    }

    [Fact]
    public void Segments_get_their_names_back_from_the_definition_that_comes_with_the_reply()
    {
        var reply = JsonDocument.Parse("""
            {"data":{"definition":{"params":{"segments":[{"name":"channel is paid"},{"name":"channel is organic"}]}}}}
            """).RootElement;
        var set = new SeriesSet([], [new Series(["channel is organic"], [], 2), new Series(["channel is paid"], [], 1)]);

        var named = SegmentNames.Rename(set, reply, [new Segment("Paid", []), new Segment("Organic", [])]);
        named.Series.Select(series => series.Labels[0]).ShouldBe(["Organic", "Paid"]);
    }

    private static AnalysisQuery Query(QueryKind kind) => new() { Kind = kind, Measures = [Users], Range = DateRange.LastDays(30) };

    private static MeasureResult Result(string[] periods, params Series[] series) => new(Users, new SeriesSet(periods, series), null);

    private static Series Group(string value, double total) => new(["All Users", value], [], total);
}
