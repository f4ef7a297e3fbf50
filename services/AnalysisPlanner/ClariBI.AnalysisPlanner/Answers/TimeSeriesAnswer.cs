using System.Globalization;
using ClariBI.AnalysisPlanner.Engines.BuiltIn.Grammar;
using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.AnalysisPlanner.Answers;

/// <summary>A course over time. Totals are added up; unique users never are, since the same user counts in every interval.</summary>
internal static class TimeSeriesAnswer
{
    public static void Tell(Story story)
    {
        var series = story.Table.Columns.Skip(1).Where(column => column.Type != ColumnType.Text && !column.Label.EndsWith(", previous", StringComparison.Ordinal)).ToList();
        var begun = Enumerable.Range(0, story.Table.Rows.Count).FirstOrDefault(row => series.Exists(column => IsFirstTracked(story, column, row)), -1);
        if (begun >= 0)
        {
            story.Caveats.Add($"The data begins in {When(story, begun)}, which may not be whole and is left out of the averages.");
        }

        if (series is [var only])
        {
            TellOne(story, only);
        }
        else
        {
            TellSeveral(story, series);
        }
    }

    private static void TellOne(Story story, Column column)
    {
        var rows = Complete(story, column);
        var unit = story.Query.Interval.ToString().ToLowerInvariant();
        if (rows.Count == 0)
        {
            story.Sentences.Add($"No {unit} of the period is complete yet.");
            return;
        }

        var cells = rows.Select(row => new FactCell(row, column.Name)).ToList();
        var values = rows.Select(row => story.Number(row, column.Name)!.Value).ToList();
        var average = story.Add("average", $"Average per {unit}", values.Average(), column.Unit, Figures.Of(values.Average(), column), cells);
        var peak = rows.MaxBy(row => story.Number(row, column.Name)!.Value);
        var noun = MeasurePhrases.Noun(story.Query, column.Label);
        story.Sentences.Add(MeasurePhrases.AddsUp(story.Query)
            ? $"{noun}: {Total(story, column)} in the whole period, {average} per complete {unit} on average."
            : $"{noun}: {average} per complete {unit} on average.");
        if (rows.Count > 1)
        {
            story.Sentences.Add(Course(story, column, rows));
            story.Sentences.Add($"The highest {unit} was {When(story, peak)} with {story.Cell("peak", $"Highest {unit}", peak, column.Name)}.");
        }
    }

    private static string Course(Story story, Column column, List<int> rows)
    {
        var (first, last) = (rows[0], rows[^1]);
        var (start, end) = (story.Number(first, column.Name)!.Value, story.Number(last, column.Name)!.Value);
        var startText = story.Cell("first", "First complete value", first, column.Name);
        var endText = story.Cell("last", "Last complete value", last, column.Name);
        var change = story.Change("change", end, start, column, new FactCell(last, column.Name), new FactCell(first, column.Name));
        return start == end
            ? $"It was {startText} on {When(story, first)} and the same on {When(story, last)}."
            : $"It went from {startText} ({When(story, first)}) to {endText} ({When(story, last)}), {change}.";
    }

    private static string Total(Story story, Column column)
    {
        var rows = Enumerable.Range(0, story.Table.Rows.Count).Where(row => story.Number(row, column.Name) is not null).ToList();
        var total = rows.Sum(row => story.Number(row, column.Name)!.Value);
        return story.Add("total", "Total", total, column.Unit, Figures.Of(total, column), [.. rows.Select(row => new FactCell(row, column.Name))]);
    }

    private static void TellSeveral(Story story, List<Column> series)
    {
        var unit = story.Query.Interval.ToString().ToLowerInvariant();
        var averages = series
            .Select(column => (Column: column, Rows: Complete(story, column)))
            .Where(entry => entry.Rows.Count > 0)
            .Select(entry => (entry.Column, entry.Rows, Average: entry.Rows.Average(row => story.Number(row, entry.Column.Name)!.Value)))
            .OrderByDescending(entry => entry.Average)
            .ToList();
        if (averages.Count == 0)
        {
            story.Sentences.Add($"No {unit} of the period is complete yet.");
            return;
        }

        var (top, bottom) = (averages[0], averages[^1]);
        story.Sentences.Add($"{top.Column.Label} is the highest of {story.Count("series", "Series", averages.Count)} with {Average(story, "top.average", top.Column, top.Rows, top.Average)} per complete {unit} on average.");
        if (averages.Count > 1)
        {
            story.Sentences.Add($"{bottom.Column.Label} is the lowest with {Average(story, "bottom.average", bottom.Column, bottom.Rows, bottom.Average)}.");
        }

        if (top.Rows.Count > 1)
        {
            var course = Course(story, top.Column, top.Rows);
            story.Sentences.Add($"{top.Column.Label}: {char.ToLowerInvariant(course[0])}{course[1..]}");
        }
    }

    private static string Average(Story story, string name, Column column, List<int> rows, double average) =>
        story.Add(name, column.Label, average, column.Unit, Figures.Of(average, column), [.. rows.Select(row => new FactCell(row, column.Name))]);

    /// <summary>Rows with a whole interval behind them; zeros before the first event are from before tracking began.</summary>
    private static List<int> Complete(Story story, Column column) =>
        [.. Enumerable.Range(0, story.Table.Rows.Count)
            .Where(row => !story.Table.IncompleteRows.Contains(row) && story.Number(row, column.Name) is not null)
            .SkipWhile(row => story.Number(row, column.Name) == 0)
            .Where(row => !IsFirstTracked(story, column, row))];

    /// <summary>The first week or month after nothing at all is seldom whole: tracking began somewhere within it.</summary>
    private static bool IsFirstTracked(Story story, Column column, int row) =>
        row > 0 && row < story.Table.Rows.Count - 1 && story.Query.Interval is Interval.Week or Interval.Month or Interval.Quarter
        && story.Number(row, column.Name) > 0 && Enumerable.Range(0, row).All(earlier => story.Number(earlier, column.Name) is 0 or null);

    private static string When(Story story, int row)
    {
        var text = story.Table.Rows[row][0].Text ?? "";
        if (!DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at))
        {
            return text;
        }

        var day = DateOnly.FromDateTime(at);
        return story.Query.Interval switch
        {
            Interval.Hour => $"{QueryWords.Dates((day, day))} {at.ToString("HH:mm", CultureInfo.InvariantCulture)}",
            Interval.Week => $"the week of {QueryWords.Dates((day, day))}",
            Interval.Month => at.ToString("MMMM yyyy", CultureInfo.InvariantCulture),
            Interval.Quarter => $"the quarter from {QueryWords.Dates((day, day))}",
            _ => QueryWords.Dates((day, day)),
        };
    }
}
