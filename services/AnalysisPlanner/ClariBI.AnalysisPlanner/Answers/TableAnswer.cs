using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.AnalysisPlanner.Answers;

/// <summary>Lists, cohorts and results without a shape of their own: how many rows, and what leads.</summary>
internal static class TableAnswer
{
    private const int MostNames = 5;

    public static void Tell(Story story)
    {
        var (query, table) = (story.Query, story.Table);
        var label = table.Columns.FirstOrDefault(column => column.Type == ColumnType.Text);
        var number = table.Columns.FirstOrDefault(column => column.Type is ColumnType.Number or ColumnType.Percent or ColumnType.Currency or ColumnType.Duration);
        if (table.Rows.Count == 1 && number is not null && story.Number(0, number.Name) is not null)
        {
            var name = query.ObjectName ?? (label is null ? number.Label : table.Rows[0][IndexOf(table, label)].Text);
            story.Sentences.Add(query.Kind == QueryKind.Cohort
                ? $"The cohort {name} has {story.Cell("value", number.Label, 0, number.Name)} users."
                : $"{name}: {story.Cell("value", number.Label, 0, number.Name)} ({number.Label}).");
            return;
        }

        var total = table.TotalRows ?? table.Rows.Count;
        var count = story.Count("rows", "Rows", total);
        story.Sentences.Add(query.Kind == QueryKind.List
            ? $"This project has {count} {(total == 1 ? query.ObjectName?.TrimEnd('s') : query.ObjectName)}{Names(table, label)}."
            : $"The result has {count} {(total == 1 ? "row" : "rows")}.");
        if (label is not null && number is not null)
        {
            var rows = Enumerable.Range(0, table.Rows.Count).Where(row => story.Number(row, number.Name) is not null).ToList();
            if (rows.Count > 1)
            {
                var top = rows.MaxBy(row => story.Number(row, number.Name)!.Value);
                story.Sentences.Add($"{table.Rows[top][IndexOf(table, label)].Text} is the largest with {story.Cell("top.value", number.Label, top, number.Name)} ({char.ToLowerInvariant(number.Label[0])}{number.Label[1..]}).");
            }
        }
    }

    private static string Names(ResultTable table, Column? label)
    {
        if (label is null)
        {
            return "";
        }

        var names = table.Rows.Take(MostNames).Select(row => row[IndexOf(table, label)].Text).OfType<string>().ToList();
        return names.Count == 0 ? "" : $": {string.Join(", ", names)}{(table.Rows.Count > MostNames ? " and more" : "")}";
    }

    private static int IndexOf(ResultTable table, Column column) => table.Columns.Select((one, index) => (one, index)).First(pair => pair.one == column).index;
}
