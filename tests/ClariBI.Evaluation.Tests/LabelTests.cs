using ClariBI.Evaluation.Grading;

namespace ClariBI.Evaluation.Tests;

public sealed class LabelTests
{
    [Theory]
    [InlineData("iOS", "Most of them use IOS.", true)]
    [InlineData("US", "Most users came back.", false)]
    [InlineData("US", "US: 12", true)]
    [InlineData("1-10", "11-100", false)]
    [InlineData("11-50", "Company size 11-50 leads.", true)]
    [InlineData("Order", "Orders per day", true)] // a plural
    [InlineData("Order", "Ordered items", false)]
    [InlineData("iOS", "iOSs", false)] // too short for one
    [InlineData("O'Neil SAS", "O’Neil  SAS", true)]
    [InlineData("Kaffee ☕ AG", "led by Kaffee ☕ AG.", true)]
    [InlineData("apple_pay", "Apple Pay", false)]
    [InlineData("premium", "", false)]
    [InlineData("(none)", "(none)", true)]
    public void A_name_stands_by_itself(string label, string text, bool named) => LabelMatch.IsNamed(label, text).ShouldBe(named);

    [Fact]
    public void It_may_stand_in_the_text_a_fact_or_the_table()
    {
        const string expect = """{"outcome":"answer","labels":["iOS","Web"]}""";
        var table = A.Table([A.Column("Platform", "text"), A.Column("Web", "number")], ["iOS", 10]);

        A.IsRight(expect, A.Answered("iOS is ahead of Web.")).ShouldBeTrue();
        A.IsRight(expect, A.Answered(table: table)).ShouldBeTrue();
        A.IsRight(expect, A.Answered("iOS leads.", null, A.Fact(3, "3", label: "Web users"))).ShouldBeTrue();
        A.Verdict(expect, A.Answered("iOS leads.")).Missing.ShouldBe(["labels Web"]);
    }
}
