using ClariBI.AnalysisPlanner.Engines.BuiltIn.Grammar;
using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.AnalysisPlanner.Answers;

/// <summary>Each group's part of the total, those that were asked about first.</summary>
internal static class ShareAnswer
{
    private const int MostOthers = 6;

    public static void Tell(Story story, List<int> rows, Column measure)
    {
        var total = rows.Sum(row => story.Number(row, measure.Name)!.Value);
        if (story.Table.TotalRows is not null || total <= 0)
        {
            story.Sentences.Add($"No shares can be given: the data source returned only part of the groups, so their total is not that of all {MeasurePhrases.Noun(story.Query, measure.Label)}.");
            return;
        }

        List<FactCell> cells = [.. rows.Select(row => new FactCell(row, measure.Name))];
        var totalText = story.Add("total", "All groups", total, measure.Unit, Figures.Of(total, measure), cells);
        var noun = $"all {totalText} {QueryWords.Measure(story.Query.Measures[0])}";
        List<(string Label, List<int> Rows)> asked = [.. story.Query.Shares!.Select(value => (value, rows.FindAll(row => Is(Label(story, row), value))))];
        foreach (var (value, found) in asked)
        {
            story.Sentences.Add(found.Count == 0
                ? $"There are no {QueryWords.Measure(story.Query.Measures[0])} with {story.Query.GroupBy[0].Property} {value} in this period."
                : $"{Label(story, found[0])} makes up {Share(story, found[0], measure, total, cells)} of {noun} ({story.Cell("value", Label(story, found[0]), found[0], measure.Name)}).");
        }

        if (asked.Count(one => one.Rows.Count > 0) > 1)
        {
            var together = asked.SelectMany(one => one.Rows).Distinct().Sum(row => story.Number(row, measure.Name)!.Value) / total;
            story.Sentences.Add($"Together they make up {story.Add("together.share", "Share of these groups", together, null, Figures.Percent(together), cells)}.");
        }

        var others = rows.Except(asked.SelectMany(one => one.Rows)).ToList();
        if (others.Count > 0)
        {
            var listed = string.Join(", ", others.Take(MostOthers).Select(row => $"{Label(story, row)} {Share(story, row, measure, total, cells)}"));
            var rest = others.Count > MostOthers ? $" and {story.Count("rest", "Groups not listed", others.Count - MostOthers)} smaller groups" : "";
            story.Sentences.Add(asked.Count == 0 ? $"Of {noun}: {listed}{rest}." : $"The others: {listed}{rest}.");
        }
    }

    private static string Share(Story story, int row, Column measure, double total, List<FactCell> cells)
    {
        var share = story.Number(row, measure.Name)!.Value / total;

        // Computed of all cells, even where there is only one.
        return story.Add("share", $"Share of {Label(story, row)}", share, null, Figures.Percent(share), cells.Count > 1 ? cells : []);
    }

    private static bool Is(string label, string value) => label.Equals(value, StringComparison.OrdinalIgnoreCase);

    private static string Label(Story story, int row) => story.Table.Rows[row][0].Text is { Length: > 0 } text ? text : "(none)";
}
