using ClariBI.Evaluation.Grading;

namespace ClariBI.Evaluation.Tests;

public sealed class DurationTests
{
    [Theory]
    [InlineData(226.3548, "226", "seconds", true)]
    [InlineData(226.3548, "3.77 minutes", "seconds", true)]
    [InlineData(3.772580, "3.77", "minutes", true)]
    [InlineData(226354.8, "226354.8", "ms", true)]
    [InlineData(0.06287633, "0.06", "hours", true)]
    [InlineData(226.3548, "226", "users", false)]
    [InlineData(226.3548, "226", "minutes", false)]
    [InlineData(227, "227", "seconds", false)]
    [InlineData(3.772580, "3.77", null, true)] // no unit is told: it may be any
    [InlineData(227, "227", null, false)]
    public void A_time_may_be_given_in_any_unit(double value, string text, string? unit, bool matches) =>
        DurationMatch.Matches(new Figure(value, text, Unit: unit), 226.3548131).ShouldBe(matches);

    [Theory]
    [InlineData("3.77 minutes", true)]
    [InlineData("3 min 46 s", true)]
    [InlineData("3m 46s", true)]
    [InlineData("4 minutes", false)] // too coarse to tell
    [InlineData("3 min 56 s", false)]
    [InlineData("3.77 hours", false)]
    [InlineData("226 people", false)]
    public void A_time_may_be_written_out(string text, bool matches) =>
        DurationMatch.Matches(new Figure(-1, text, Unit: "users"), 226.3548131).ShouldBe(matches);

    [Fact]
    public void A_label_tells_the_unit() =>
        DurationMatch.Matches(new Figure(226.3548131, "226.3548131", Label: "Length in minutes"), 226.3548131).ShouldBeFalse();

    [Fact]
    public void A_share_is_no_time() => DurationMatch.Matches(new Figure(226.3548131, "", IsShare: true), 226.3548131).ShouldBeFalse();

    [Fact]
    public void A_column_of_durations_is_in_seconds()
    {
        var table = A.Table([A.Column("Platform", "text"), A.Column("Average session length", "duration")], ["iOS", 222.02], ["Web", 224.12]);

        A.IsRight("""{"outcome":"answer","duration_s":[222.02,224.12],"labels":["Web","iOS"]}""", A.Answered(table: table)).ShouldBeTrue();
        A.IsRight("""{"outcome":"answer","duration_s":[222.02,13447.2]}""", A.Answered(table: table)).ShouldBeFalse();
        A.IsRight("""{"outcome":"answer","duration_s":222.02}""", A.Answered(table: table)).ShouldBeTrue();
    }
}
