using ClariBI.Evaluation.Grading;

namespace ClariBI.Evaluation.Tests;

public sealed class NumberTests
{
    [Theory]
    [InlineData(951, "951", 951, true)]
    [InlineData(0, "0", 0, true)]
    [InlineData(74720, "74,700", 74720, true)] // the fact is exact, its text is not
    [InlineData(74720, "74,700", 74727, true)] // within 1e-4
    [InlineData(74720, "74,700", 74750, false)]
    [InlineData(951, "951", 950, false)]
    [InlineData(1, "1", 0, false)]
    [InlineData(42, "42", 42.31, false)] // a whole number is no rounding
    [InlineData(3.9026315, "3.9", 3.902631579, true)]
    [InlineData(3.9, "3.9", 3.902631579, false)] // two digits say too little
    [InlineData(3.9, "3.90", 3.902631579, true)]
    [InlineData(3.9, "3.90", 3.908, false)]
    [InlineData(-12, "12 fewer", 12, true)] // the words say the direction
    [InlineData(-12, "-12", 12, false)]
    [InlineData(-12, "12 fewer", -12, true)]
    [InlineData(12, "12 more", -12, false)]
    [InlineData(0.4231, "0.423", 42.31, false)] // no share
    public void A_fact_is_the_number(double value, string text, double expected, bool matches) =>
        NumberMatch.Matches(new Figure(value, text, IsFact: true), expected).ShouldBe(matches);

    [Theory]
    [InlineData(0.42312, "42.3 %", 42.31, true)]
    [InlineData(0.42312, "42.3 %", 0.4231, true)]
    [InlineData(42.312, "42.3 %", 0.42312, true)]
    [InlineData(0.423, "42.3 %", 42.31, true)] // the shown rounding
    [InlineData(0.43, "43 %", 42.31, false)]
    [InlineData(0.5769, "57.7 %", 42.31, false)] // the other part
    [InlineData(0.0042312, "0.423 %", 42.31, false)]
    [InlineData(0.0042312, "0.423 %", 0.4231, true)]
    [InlineData(0.5, "50 %", 50, true)]
    [InlineData(1.5, "150 %", 150, true)]
    [InlineData(0.005, "0.5 %", 50, false)]
    public void A_share_is_a_percentage_or_a_fraction(double value, string text, double expected, bool matches) =>
        NumberMatch.Matches(new Figure(value, text, IsShare: true, IsFact: true), expected).ShouldBe(matches);

    [Theory]
    [InlineData(42.3, 42.31, false)] // cells are not rounded to be read
    [InlineData(42.312, 42.3121, true)]
    [InlineData(1e-7, 0, false)]
    [InlineData(1.5e21, 1.5e21, true)]
    public void A_cell_is_the_number(double value, double expected, bool matches) =>
        NumberMatch.Matches(new Figure(value, value.ToString(System.Globalization.CultureInfo.InvariantCulture)), expected).ShouldBe(matches);

    [Fact]
    public void Cells_that_are_written_as_text_count()
    {
        var table = A.Table([A.Column("Name", "text"), A.Column("Size", "text")], ["Buyers", "1,204"], ["Share", "42.31 %"], ["Version", "1.2.3"]);

        A.IsRight("""{"outcome":"answer","numbers":[1204,0.4231]}""", A.Answered(table: table)).ShouldBeTrue();
        A.IsRight("""{"outcome":"answer","numbers":[1.2]}""", A.Answered(table: table)).ShouldBeFalse();
    }

    [Fact]
    public void A_number_in_the_text_alone_is_not_enough() =>
        A.IsRight("""{"outcome":"answer","numbers":[951]}""", A.Answered("951 tasks were created.")).ShouldBeFalse();

    [Fact]
    public void Every_number_has_to_be_there()
    {
        var table = A.Table([A.Column("Platform", "text"), A.Column("Users", "number", "users")], ["iOS", 10], ["Web", 20]);

        A.IsRight("""{"outcome":"answer","numbers":[20,10]}""", A.Answered(table: table)).ShouldBeTrue();
        A.Verdict("""{"outcome":"answer","numbers":[20,10,30]}""", A.Answered(table: table)).Missing.ShouldBe(["numbers 30"]);
    }

    [Fact]
    public void One_reading_has_to_be_there_as_a_whole()
    {
        var table = A.Table([A.Column("Platform", "text"), A.Column("Users", "number", "users")], ["iOS", 10], ["Web", 20]);

        A.IsRight("""{"outcome":"answer","any_of":[[1,2,3],[10,20]]}""", A.Answered(table: table)).ShouldBeTrue();
        A.IsRight("""{"outcome":"answer","any_of":[[10,30],[20,40]]}""", A.Answered(table: table)).ShouldBeFalse();
        A.IsRight("""{"outcome":"answer","numbers":[5],"any_of":[[10],[20]]}""", A.Answered(table: table)).ShouldBeFalse();
    }

    [Fact]
    public void A_column_of_shares_is_known_by_its_type()
    {
        A.IsRight("""{"outcome":"answer","numbers":[42.31]}""", A.Answered(table: A.Table([A.Column("Share", "percent")], [0.42312]))).ShouldBeTrue();
        A.IsRight("""{"outcome":"answer","numbers":[42.31]}""", A.Answered(table: A.Table([A.Column("Weight", "number")], [0.42312]))).ShouldBeFalse();
    }
}
