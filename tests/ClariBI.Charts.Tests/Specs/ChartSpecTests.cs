using System.Text.Json.Nodes;
using ClariBI.Charts.Specs;
using ClariBI.Contracts.AnalysisPlanner;
using ClariBI.Contracts.Charts;

namespace ClariBI.Charts.Tests.Specs;

public sealed class ChartSpecTests
{
    [Fact]
    public void One_series_over_time_is_a_line_over_the_whole_dataset()
    {
        var (type, option) = ChartSpec.Choose(A.TimeSeries([A.Users("users", "Users")], [10], [null], [15]), A.Query());

        type.ShouldBe(ChartType.Line);
        option["dataset"]!.ToJsonString().ShouldBe(
            """{"dimensions":["date","users"],"source":[["2026-11-01",10],["2026-11-02",null],["2026-11-03",15]]}""");
        option["xAxis"]!.ToJsonString().ShouldBe("""{"type":"time"}""");
        option["yAxis"]!.ToJsonString().ShouldBe("""{"type":"value","name":"users"}""");
        option["tooltip"]!["trigger"]!.GetValue<string>().ShouldBe("axis");
        option["legend"].ShouldBeNull();
        var line = option["series"]!.AsArray().ShouldHaveSingleItem()!;
        line["type"]!.GetValue<string>().ShouldBe("line");
        line["name"]!.GetValue<string>().ShouldBe("Users");
        line["encode"]!.ToJsonString().ShouldBe("""{"x":"date","y":"users"}""");
    }

    [Theory]
    [InlineData(Aggregation.Totals, true, ChartType.StackedArea)]
    [InlineData(Aggregation.PropertySum, true, ChartType.StackedArea)]
    [InlineData(Aggregation.UniqueUsers, true, ChartType.Line)]
    [InlineData(Aggregation.PropertyAverage, true, ChartType.Line)]
    [InlineData(Aggregation.Totals, false, ChartType.Line)]
    public void Only_parts_that_add_up_are_stacked(Aggregation aggregation, bool isGrouped, ChartType expected)
    {
        var table = A.TimeSeries([A.Users("de"), A.Users("us")], [1, 2], [3, 4], [5, 6]);

        var (type, option) = ChartSpec.Choose(table, A.Query(aggregation: aggregation, isGrouped: isGrouped));

        type.ShouldBe(expected);
        option["series"]!.AsArray().All(series => (series!["stack"] is not null) == (expected == ChartType.StackedArea)).ShouldBeTrue();
        option["legend"].ShouldNotBeNull();
    }

    [Fact]
    public void Parts_that_are_compared_or_negative_are_not_stacked()
    {
        var query = A.Query(aggregation: Aggregation.Totals, isGrouped: true);

        ChartSpec.Choose(A.TimeSeries([A.Users("a"), A.Users("b")], [1, -2]), query).Type.ShouldBe(ChartType.Line);
        ChartSpec.Choose(A.TimeSeries([A.Users("a"), A.Users("b")], [1, 2]), query with { CompareTo = DateRange.LastDays(7) })
            .Type.ShouldBe(ChartType.Line);
    }

    [Fact]
    public void Periods_that_are_not_over_are_drawn_again_dashed_from_the_last_complete_one()
    {
        var table = A.TimeSeries([A.Users("users", "Users")], [10], [20], [5]) with { IncompleteRows = [2] };

        var option = ChartSpec.Choose(table, A.Query()).Option;

        option["dataset"]![0]!["source"]!.ToJsonString().ShouldBe("""[["2026-11-01",10],["2026-11-02",20]]""");
        option["dataset"]![1]!["source"]!.ToJsonString().ShouldBe("""[["2026-11-02",20],["2026-11-03",5]]""");
        var series = option["series"]!.AsArray();
        series.Count.ShouldBe(2);
        series[0]!["lineStyle"].ShouldBeNull();
        series[1]!["lineStyle"]!["type"]!.GetValue<string>().ShouldBe("dashed");
        series[1]!["datasetIndex"]!.GetValue<int>().ShouldBe(1);
        series[1]!["name"]!.GetValue<string>().ShouldBe("Users");
        option["legend"].ShouldBeNull();
    }

    [Fact]
    public void Two_kinds_of_values_get_an_axis_each_and_three_become_a_table()
    {
        Column[] two = [A.Users("users"), A.Share("share")];

        var option = ChartSpec.Choose(A.TimeSeries(two, [10, 0.1], [20, 0.2]), A.Query()).Option;

        option["yAxis"]!.AsArray().Count.ShouldBe(2);
        option["series"]![1]!["yAxisIndex"]!.GetValue<int>().ShouldBe(1);
        Column[] three = [.. two, new Column("time", "Time", ColumnType.Duration)];
        ChartSpec.Choose(A.TimeSeries(three, [10, 0.1, 30]), A.Query()).Type.ShouldBe(ChartType.Table);
    }

    [Fact]
    public void Five_hundred_series_become_a_table()
    {
        var series = Enumerable.Range(0, 500).Select(index => A.Users($"s{index}")).ToArray();

        ChartSpec.Choose(A.TimeSeries(series, [.. series.Select(_ => (double?)1)]), A.Query()).Type.ShouldBe(ChartType.Table);
    }

    [Fact]
    public void A_funnel_draws_the_share_of_each_step_for_each_segment()
    {
        Column[] columns = [A.Text("step"), A.Users("paid_users"), A.Share("paid_share", "Paid share"), A.Users("organic_users"), A.Share("organic_share", "Organic share")];

        var (type, option) = ChartSpec.Choose(A.Table(TableShape.Funnel, columns, ["Sign Up", 100, 1, 200, 1], ["Play", 61, 0.61, 90, 0.45]), A.Query(QueryKind.Funnel));

        type.ShouldBe(ChartType.Funnel);
        option["series"]!.AsArray().Select(series => series!["name"]!.GetValue<string>()).ShouldBe(["Paid", "Organic"]);
        option["series"]![1]!["encode"]!.ToJsonString().ShouldBe("""{"x":"organic_share","y":"step"}""");
        option["xAxis"]!["max"]!.GetValue<int>().ShouldBe(1);
        option["yAxis"]!["inverse"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public void Retention_draws_the_shares_and_not_the_counts()
    {
        Column[] columns = [new("day", "Day", ColumnType.Number), A.Share("paid", "Paid"), A.Users("paid_users"), A.Share("organic", "Organic"), A.Users("organic_users")];

        var (type, option) = ChartSpec.Choose(A.Table(TableShape.Retention, columns, [0, 1, 50, 1, 80], [1, 0.4, 20, 0.3, 24]), A.Query(QueryKind.Retention));

        type.ShouldBe(ChartType.Retention);
        option["series"]!.AsArray().Select(series => series!["encode"]!["y"]!.GetValue<string>()).ShouldBe(["paid", "organic"]);
    }

    [Fact]
    public void A_figure_and_a_table_are_their_dataset()
    {
        var (figure, option) = ChartSpec.Choose(A.Figure(18204), A.Query(QueryKind.SingleValue));

        figure.ShouldBe(ChartType.SingleValue);
        option.ToJsonString().ShouldBe("""{"dataset":{"dimensions":["value"],"source":[[18204]]}}""");
        ChartSpec.Choose(A.Table(TableShape.Table, [A.Text("name")], ["Sign Up"]), A.Query(QueryKind.List)).Type.ShouldBe(ChartType.Table);
    }

    [Theory]
    [InlineData(TableShape.TimeSeries)]
    [InlineData(TableShape.Categories)]
    [InlineData(TableShape.Funnel)]
    [InlineData(TableShape.Retention)]
    [InlineData(TableShape.SingleValue)]
    public void What_has_no_rows_or_ragged_rows_or_not_the_columns_of_its_shape_is_a_table(TableShape shape)
    {
        Column[] columns = [A.Text("name"), A.Text("other"), A.Text("third")];

        ChartSpec.Choose(A.Table(shape, columns), A.Query()).Type.ShouldBe(ChartType.Table);
        ChartSpec.Choose(A.Table(shape, [A.Date, A.Users("users")], ["2026-11-01"]), A.Query()).Type.ShouldBe(ChartType.Table);
        if (shape != TableShape.SingleValue)
        {
            ChartSpec.Choose(A.Table(shape, columns, ["a", "b", "c"]), A.Query()).Type.ShouldBe(ChartType.Table);
        }
    }

    [Fact]
    public void An_option_has_no_colour()
    {
        var table = A.TimeSeries([A.Users("a"), A.Users("b")], [1, 2], [3, 4], [5, 6]) with { IncompleteRows = [2] };

        Keys(ChartSpec.Choose(table, A.Query(aggregation: Aggregation.Totals, isGrouped: true)).Option)
            .ShouldNotContain(key => key.Contains("color", StringComparison.OrdinalIgnoreCase));
    }

    private static IEnumerable<string> Keys(JsonNode? node) => node switch
    {
        JsonObject inner => inner.SelectMany(pair => Keys(pair.Value).Prepend(pair.Key)),
        JsonArray array => array.SelectMany(Keys),
        _ => [],
    };
}
