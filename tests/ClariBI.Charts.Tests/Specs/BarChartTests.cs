using ClariBI.Charts.Specs;
using ClariBI.Contracts.AnalysisPlanner;
using ClariBI.Contracts.Charts;

namespace ClariBI.Charts.Tests.Specs;

public sealed class BarChartTests
{
    private static readonly AnalysisQuery Query = A.Query(QueryKind.Breakdown);

    [Fact]
    public void A_few_short_categories_stand_upright()
    {
        var (type, option) = ChartSpec.Choose(A.Categories(8, row => $"Country {row}"), Query);

        type.ShouldBe(ChartType.Bar);
        option["xAxis"]!["type"]!.GetValue<string>().ShouldBe("category");
        option["series"]![0]!["encode"]!.ToJsonString().ShouldBe("""{"x":"country","y":"users"}""");
    }

    [Fact]
    public void Many_categories_or_long_names_lie_with_the_first_on_top()
    {
        ChartSpec.Choose(A.Categories(9, row => $"C{row}"), Query).Type.ShouldBe(ChartType.HorizontalBar);

        var (type, option) = ChartSpec.Choose(A.Categories(2, row => $"A rather long name of a country {row}"), Query);

        type.ShouldBe(ChartType.HorizontalBar);
        option["yAxis"]!["inverse"]!.GetValue<bool>().ShouldBeTrue();
        option["series"]![0]!["encode"]!.ToJsonString().ShouldBe("""{"x":"users","y":"country"}""");
    }

    [Fact]
    public void More_than_fifty_categories_are_a_table()
    {
        ChartSpec.Choose(A.Categories(50, row => $"C{row}"), Query).Type.ShouldBe(ChartType.HorizontalBar);
        ChartSpec.Choose(A.Categories(51, row => $"C{row}"), Query).Type.ShouldBe(ChartType.Table);
    }

    [Fact]
    public void Measures_of_one_kind_are_grouped_and_another_kind_is_left_to_the_table()
    {
        Column[] columns = [A.Text("plan"), A.Users("value", "Now"), A.Users("previous", "Before"), A.Share("change", "Change")];

        var (type, option) = ChartSpec.Choose(A.Table(TableShape.Categories, columns, ["Free", 10, 8, 0.25], ["Paid", 5, 4, 0.25]), Query);

        type.ShouldBe(ChartType.GroupedBar);
        option["series"]!.AsArray().Select(series => series!["name"]!.GetValue<string>()).ShouldBe(["Now", "Before"]);
    }

    [Fact]
    public void Two_label_columns_are_pivoted_and_a_missing_pair_stays_empty()
    {
        Column[] columns = [A.Text("country"), A.Text("plan"), A.Users("users")];
        var table = A.Table(TableShape.Categories, columns, ["DE", "Free", 10], ["DE", "Paid", 3], ["US", "Free", 20], [Cell.Empty, "Paid", 1]);

        var (type, option) = ChartSpec.Choose(table, Query);

        type.ShouldBe(ChartType.GroupedBar);
        option["dataset"]!["dimensions"]!.ToJsonString().ShouldBe(
            """["country",{"name":"bar0","displayName":"Free"},{"name":"bar1","displayName":"Paid"}]""");
        option["dataset"]!["source"]!.ToJsonString().ShouldBe("""[["DE",10,3],["US",20,null],["(none)",null,1]]""");
        option["series"]![1]!["encode"]!.ToJsonString().ShouldBe("""{"x":"country","y":"bar1"}""");
    }
}
