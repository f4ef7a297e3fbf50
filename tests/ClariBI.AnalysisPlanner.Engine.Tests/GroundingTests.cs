using ClariBI.AnalysisPlanner.Answers;
using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.AnalysisPlanner.Engine.Tests;

public sealed class GroundingTests
{
    private static readonly AnalysisQuery Query = Results.Query(QueryKind.SingleValue, new Measure("Purchase", Aggregation.Totals));

    private static readonly ResultTable Table = Results.Table(TableShape.SingleValue, [Results.Number("value")], [1_234]);

    private static readonly Fact Fact = new("value", "Purchases", 1_234, null, "1,230", [new FactCell(0, "value")]);

    [Fact]
    public void A_text_of_facts_and_dates_passes()
    {
        Grounding.Check("Purchase happened 1,230 times. 1\u201331 Oct 2026.", [Fact], Query, Table, "1\u201331 Oct 2026").ShouldAllBe(check => check.Passed);
    }

    [Theory]
    [InlineData("Purchase happened 1,230 times, 17 % more than before.", "17")]
    [InlineData("Purchase happened 1,250 times.", "1,250")]
    [InlineData("Purchase happened 1,230 times, about 3.5 a day.", "3.5")]
    [InlineData("Fewer than 30 purchases of 1,230 failed.", "30")]
    public void An_invented_number_fails_and_is_named(string text, string invented)
    {
        var check = Grounding.Check(text, [Fact], Query, Table, "1\u201331 Oct 2026")[0];

        check.Passed.ShouldBeFalse();
        check.Text.ShouldContain(invented);
    }

    [Fact]
    public void A_fact_that_is_not_its_cell_fails()
    {
        var wrong = Fact with { Value = 4_321 };

        Grounding.Check("", [wrong], Query, Table, "")[1].Passed.ShouldBeFalse();
    }

    [Fact]
    public void A_fact_of_a_cell_that_does_not_exist_fails()
    {
        var astray = Fact with { Cells = [new FactCell(5, "value")] };

        Grounding.Check("", [astray], Query, Table, "")[1].Passed.ShouldBeFalse();
    }

    [Fact]
    public void Digits_in_names_are_not_figures()
    {
        var query = Query with { Filters = [new PropertyFilter("plan", PropertyScope.User, FilterOperator.Is, ["Plan 2023"])] };

        Grounding.Check("Counted only where plan is Plan 2023.", [], query, Table, "")[0].Passed.ShouldBeTrue();
    }

    [Theory]
    [InlineData(999, "999")]
    [InlineData(12_345, "12,300")]
    [InlineData(1_234_567, "1,230,000")]
    [InlineData(2.3456, "2.35")]
    [InlineData(0.012345, "0.0123")]
    [InlineData(0, "0")]
    public void Numbers_in_prose_have_three_significant_digits(double value, string text)
    {
        Figures.Number(value).ShouldBe(text);
    }
}
