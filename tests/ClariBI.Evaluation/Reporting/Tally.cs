using ClariBI.Evaluation.Grading;

namespace ClariBI.Evaluation.Reporting;

/// <summary>How many of each; together all that were asked.</summary>
/// <param name="Failed">Of the others: no reply came, because something broke, could not be done or took too long.</param>
internal sealed record Tally(int Right, int Wrong, int Asked, int Declined, int Failed)
{
    public int All => Right + Wrong + Asked + Declined;

    public double RightPercent => All == 0 ? 0 : 100.0 * Right / All;

    public double WrongPercent => All == 0 ? 0 : 100.0 * Wrong / All;

    public static Tally Of(IEnumerable<Graded> graded)
    {
        var all = graded.ToList();
        return new Tally(Count(Mark.Right), Count(Mark.Wrong), Count(Mark.Asked), Count(Mark.Declined), all.Count(one => one.Reply.Outcome is null));

        int Count(Mark mark) => all.Count(one => one.Verdict.Mark == mark);
    }

    public override string ToString() => $"right {Right}, wrong {Wrong}, asked {Asked}, declined {Declined} of {All}";
}
