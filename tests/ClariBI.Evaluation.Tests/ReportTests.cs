using ClariBI.Evaluation.Grading;
using ClariBI.Evaluation.Reporting;

namespace ClariBI.Evaluation.Tests;

public sealed class ReportTests
{
    [Fact]
    public void The_last_line_is_the_sum_of_what_is_in_sight()
    {
        var lines = Report.Write([Graded("""{"outcome":"answer","text":"So"}"""), Graded("""{"outcome":"answer","text":"Not so"}"""), Graded("""{"outcome":"decline"}""")], [Graded("""{"outcome":"answer","text":"So"}""")]).ToList();

        lines[^1].ShouldBe("right 1, wrong 2, asked 0, declined 0 of 3");
        lines.ShouldContain("Kept aside: right 1, wrong 0, asked 0, declined 0 of 1 (100.0 % right, 0.0 % wrong)");
    }

    [Fact]
    public void Of_what_is_kept_aside_no_question_is_told() =>
        string.Concat(Report.Write([], [Graded("""{"outcome":"answer","text":"Not so"}""")])).ShouldNotContain("How many?");

    [Fact]
    public void A_question_is_one_line_with_what_was_expected_and_got()
    {
        var line = Lines.Print(Graded("""{"outcome":"answer","numbers":[7]}"""));

        line.ShouldBe("""wrong    x-1 "How many?" | expected: answer, numbers 7 | got: answer single_value [5] "So it is." | missing: numbers 7""");
    }

    private static Graded Graded(string expect)
    {
        var (question, reply) = (A.Question(expect), A.Reply(A.Answered("So\nit is.", null, A.Fact(5, "5"))));
        return new Graded(question, reply, Grader.Grade(question, reply));
    }
}
