using ClariBI.Charts.Descriptions;
using ClariBI.Contracts.AnalysisPlanner;
using ClariBI.Contracts.Charts;

namespace ClariBI.Charts.Tests.Descriptions;

public sealed class ChartDescriptionTests
{
    private const string Where = "1 Nov 2026 to 7 Nov 2026 (Europe/London), from Amplitude (sample data).";

    [Fact]
    public void A_line_tells_first_last_highest_and_lowest_and_what_is_not_final()
    {
        var table = A.TimeSeries([A.Users("users", "Users")], [1204], [1400.4], [1100], [3]) with { IncompleteRows = [3] };

        ChartDescription.Write("Users.", ChartType.Line, table, A.Source()).ShouldBe(
            $"Users: line chart, {Where} Users: first 1,204 users on 1 Nov 2026, last 1,100 users on 3 Nov 2026, "
            + "highest 1,400 users on 2 Nov 2026, lowest 1,100 users on 3 Nov 2026. Not complete yet: 4 Nov 2026.");
    }

    [Fact]
    public void Seven_series_are_told_as_six_and_one_more()
    {
        var series = Enumerable.Range(0, 7).Select(index => A.Users($"s{index}", $"S{index}")).ToArray();

        var text = ChartDescription.Write("Users", ChartType.Line, A.TimeSeries(series, [1, 2, 3, 4, 5, 6, 7]), A.Source());

        text.ShouldContain("S5: 6 users on 1 Nov 2026.");
        text.ShouldNotContain("S6");
        text.ShouldEndWith("And 1 more series.");
    }

    [Fact]
    public void Bars_tell_every_value_of_a_few_and_the_ends_of_many()
    {
        ChartDescription.Write("By country", ChartType.Bar, A.Categories(2, row => $"C{row}"), A.Source())
            .ShouldBe($"By country: bar chart, {Where} Users: C0 1,000 users; C1 999 users.");

        ChartDescription.Write("By country", ChartType.HorizontalBar, A.Categories(10, row => $"C{row}") with { TotalRows = 45 }, A.Source())
            .ShouldBe($"By country: horizontal bar chart, {Where} Users of 10 groups: highest C0 1,000 users, lowest C9 991 users, "
                + "first C0 1,000 users, last C9 991 users. Shows 10 of 45 rows.");
    }

    [Fact]
    public void A_funnel_tells_each_step()
    {
        var table = A.Table(
            TableShape.Funnel, [A.Text("step"), A.Users("users"), A.Share("share", "Share")], ["Sign Up", 10000, 1], ["Play", 6123, 0.6123]);

        ChartDescription.Write("Activation", ChartType.Funnel, table, A.Source())
            .ShouldBe($"Activation: funnel, {Where} Share: Sign Up 10,000 users (100 %), then Play 6,123 users (61.2 %).");
    }

    [Theory]
    [InlineData(110, 100, "Users: 110 users, up from 100 users (10 %).")]
    [InlineData(90, 100, "Users: 90 users, down from 100 users (10 %).")]
    [InlineData(90, 90, "Users: 90 users, unchanged from 90 users.")]
    [InlineData(90, 0, "Users: 90 users, up from 0 users.")]
    public void A_figure_tells_its_change(double now, double before, string expected)
    {
        var table = A.Table(TableShape.SingleValue, [A.Users("value", "Users"), A.Users("previous")], [now, before]);

        ChartDescription.Write("Users", ChartType.SingleValue, table, A.Source()).ShouldEndWith(expected);
    }

    [Fact]
    public void The_change_of_a_share_is_in_points()
    {
        var table = A.Table(TableShape.SingleValue, [A.Share("value", "Retention"), A.Share("previous")], [0.342, 0.279]);

        ChartDescription.Write("Retention", ChartType.SingleValue, table, A.Source())
            .ShouldEndWith("Retention: 34.2 %, up from 27.9 % (6.3 points).");
    }

    [Fact]
    public void Nothing_is_said_to_be_nothing()
    {
        ChartDescription.Write("Users", ChartType.Table, A.TimeSeries([A.Users("users")]), A.Source()).ShouldEndWith("There is no data.");
        ChartDescription.Write("Users", ChartType.Line, A.TimeSeries([A.Users("users", "Users")], (double?[])[null]), A.Source())
            .ShouldEndWith("Users: no complete values.");
    }

    [Theory]
    [InlineData(45, "45 s")]
    [InlineData(125, "2 min 5 s")]
    [InlineData(3600, "1 h")]
    [InlineData(90000, "1 d 1 h")]
    public void A_duration_is_said_in_its_two_largest_units(double seconds, string expected) =>
        Figures.Say(seconds, new Column("time", "Time", ColumnType.Duration)).ShouldBe(expected);

    [Theory]
    [InlineData(0.12345, "0.123")]
    [InlineData(1.2345, "1.23")]
    [InlineData(12.345, "12.3")]
    [InlineData(123.45, "123")]
    [InlineData(1234567.8, "1,234,568")]
    [InlineData(-3, "-3")]
    public void A_number_has_three_significant_digits_or_is_whole(double value, string expected) => Figures.Number(value).ShouldBe(expected);
}
