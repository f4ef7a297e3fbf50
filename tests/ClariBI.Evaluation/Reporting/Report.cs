using System.Globalization;

namespace ClariBI.Evaluation.Reporting;

/// <summary>The figures at the end. Of what is kept aside it has the classes and the sum, so that nobody tunes for single questions.</summary>
internal static class Report
{
    public static IEnumerable<string> Write(IReadOnlyList<Graded> seen, IReadOnlyList<Graded> aside)
    {
        foreach (var line in Classes("By class", seen).Append(Times(seen)))
        {
            yield return line;
        }

        if (aside.Count > 0)
        {
            foreach (var line in Classes("Kept aside, by class", aside).Append(Times(aside)))
            {
                yield return line;
            }

            yield return $"Kept aside: {Sum(Tally.Of(aside))}";
        }

        yield return "";
        yield return $"{Share(Tally.Of(seen))}";
        yield return Tally.Of(seen).ToString();
    }

    private static IEnumerable<string> Classes(string title, IReadOnlyList<Graded> graded)
    {
        yield return "";
        yield return $"{title,-24} {"right",6} {"wrong",6} {"asked",6} {"decl.",6} {"of",6}  {"failed",6}";
        foreach (var group in graded.GroupBy(one => one.Question.Class, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var tally = Tally.Of(group);
            yield return $"{group.Key,-24} {tally.Right,6} {tally.Wrong,6} {tally.Asked,6} {tally.Declined,6} {tally.All,6}  {tally.Failed,6}";
        }
    }

    private static string Times(IReadOnlyList<Graded> graded)
    {
        var times = graded.Select(one => one.Reply.Took.TotalMilliseconds).Order().ToArray();
        return times.Length == 0 ? "" : string.Create(
            CultureInfo.InvariantCulture, $"Time to the answer: p50 {times[times.Length / 2]:0} ms, p95 {times[times.Length * 95 / 100]:0} ms, longest {times[^1]:0} ms");
    }

    private static string Sum(Tally tally) => $"{tally} ({Share(tally)})";

    private static string Share(Tally tally) => string.Create(CultureInfo.InvariantCulture, $"{tally.RightPercent:0.0} % right, {tally.WrongPercent:0.0} % wrong");
}
