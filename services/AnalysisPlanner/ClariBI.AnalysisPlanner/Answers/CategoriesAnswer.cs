using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.AnalysisPlanner.Answers;

/// <summary>Groups ranked by a measure: the first, the one behind it, the last.</summary>
internal static class CategoriesAnswer
{
    public static void Tell(Story story)
    {
        var labels = story.Table.Columns.TakeWhile(column => column.Type is ColumnType.Text or ColumnType.Date).Count();
        if (labels == 0 || labels == story.Table.Columns.Count)
        {
            TableAnswer.Tell(story);
            return;
        }

        var measure = story.Table.Columns[labels];
        var rows = Enumerable.Range(0, story.Table.Rows.Count)
            .Where(row => story.Number(row, measure.Name) is not null)
            .OrderBy(row => (story.Query.Ascending ? 1 : -1) * story.Number(row, measure.Name)!.Value)
            .ToList();
        if (story.Query.Shares is not null && labels == 1)
        {
            ShareAnswer.Tell(story, rows, measure);
            return;
        }

        if (rows.Count == 1)
        {
            story.Sentences.Add($"{Label(story, rows[0], labels)}: {story.Cell("top.value", measure.Label, rows[0], measure.Name)}, the only group ({Noun(story, measure)}).");
            return;
        }

        Lead(story, rows, labels, measure);
        Total(story, rows, labels, measure);
    }

    private static void Lead(Story story, List<int> rows, int labels, Column measure)
    {
        var (first, second, last) = (rows[0], rows[1], rows[^1]);
        if (rows.TrueForAll(row => story.Number(row, measure.Name) == story.Number(first, measure.Name)))
        {
            var all = rows.Count <= 3 ? string.Join(" and ", rows.Select(row => Label(story, row, labels))) : $"All {story.Count("groups", "Groups shown", rows.Count)} groups";
            story.Sentences.Add($"{all} have the same: {story.Cell("top.value", Label(story, first, labels), first, measure.Name)} ({Noun(story, measure)}).");
            return;
        }

        var (top, next) = (story.Number(first, measure.Name)!.Value, story.Number(second, measure.Name)!.Value);
        var topText = story.Cell("top.value", Label(story, first, labels), first, measure.Name);
        var nextText = story.Cell("second.value", Label(story, second, labels), second, measure.Name);
        var rank = story.Query.Ascending ? "lowest" : "highest";
        var count = story.Count("groups", "Groups shown", rows.Count);
        story.Sentences.Add(rows.Count == 2
            ? $"{Label(story, first, labels)} is the {(story.Query.Ascending ? "lower" : "higher")} with {topText} ({Noun(story, measure)}); {Label(story, second, labels)} has {nextText}{Gap(story, top, next, measure, first, second)}."
            : $"{Label(story, first, labels)} is the {rank} of {count} with {topText} ({Noun(story, measure)}), then {Label(story, second, labels)} with {nextText}{Gap(story, top, next, measure, first, second)}.");
        if (rows.Count > 2)
        {
            story.Sentences.Add($"The {(story.Query.Ascending ? "highest" : "lowest")} shown is {Label(story, last, labels)} with {story.Cell("last.value", Label(story, last, labels), last, measure.Name)}.");
        }
    }

    private static string Gap(Story story, double top, double next, Column measure, int first, int second) => top == next
        ? ", the same"
        : $", {story.Change("gap", next, top, measure, new FactCell(second, measure.Name), new FactCell(first, measure.Name))}";

    private static void Total(Story story, List<int> rows, int labels, Column measure)
    {
        if (!MeasurePhrases.AddsUp(story.Query) || labels != 1 || story.Table.TotalRows is not null || story.Query.Segments.Count > 0)
        {
            return;
        }

        var cells = rows.Select(row => new FactCell(row, measure.Name)).ToList();
        var total = rows.Sum(row => story.Number(row, measure.Name)!.Value);
        var share = total == 0 ? 0 : story.Number(rows[0], measure.Name)!.Value / total;
        if (total > 0)
        {
            var totalText = story.Add("total", "All groups", total, measure.Unit, Figures.Of(total, measure), cells);
            story.Sentences.Add($"{Label(story, rows[0], labels)} makes up {story.Add("top.share", "Share of the first group", share, null, Figures.Percent(share), cells)} of the total of {totalText}.");
        }
    }

    private static string Noun(Story story, Column measure) => MeasurePhrases.Noun(story.Query, measure.Label);

    private static string Label(Story story, int row, int labels)
    {
        var parts = story.Table.Rows[row].Take(labels).Select(cell => cell.Text ?? "").Where(text => text.Length > 0);
        return string.Join(", ", parts) is { Length: > 0 } text ? text : "(none)";
    }
}
