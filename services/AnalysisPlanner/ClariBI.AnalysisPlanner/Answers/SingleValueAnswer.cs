using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.AnalysisPlanner.Answers;

/// <summary>One number, and the change where it is compared with an earlier one.</summary>
internal static class SingleValueAnswer
{
    public static void Tell(Story story)
    {
        if (story.Number(0, "value") is not { } value)
        {
            story.Sentences.Add("The data source returned no value for this question.");
            return;
        }

        var figure = story.Cell("value", story.Column("value").Label, 0, "value");
        if (story.Query.Kind == QueryKind.Cohort)
        {
            story.Sentences.Add($"The cohort {story.Query.ObjectName} has {figure} users.");
            return;
        }

        var clause = story.Query.Measures is [var measure] ? MeasurePhrases.Clause(measure, figure) : $"{story.Column("value").Label}: {figure}";
        if (story.Table.Columns.All(column => column.Name != "previous") || story.Number(0, "previous") is not { } previous)
        {
            story.Sentences.Add(clause + ".");
            return;
        }

        var before = story.Cell("previous", story.Column("previous").Label, 0, "previous");
        var change = story.Change("change", value, previous, story.Column("value"), new FactCell(0, "value"), new FactCell(0, "previous"));
        story.Sentences.Add(value == previous ? $"{clause}, the same as in the {Before(story)}." : $"{clause}, {change} than in the {Before(story)} ({before}).");
        if (story.Query.CompareTo is { } earlier && Periods.AreUneven(story, earlier))
        {
            var now = story.Count("days", "Days of the period", Periods.Days(story.Query.Range, story.Today));
            var then = story.Count("previous.days", "Days of the earlier period", Periods.Days(earlier, story.Today));
            story.Sentences.Add($"The two periods differ in length: {now} days against {then}.");
        }
    }

    /// <summary>August is not the period before October.</summary>
    private static string Before(Story story) =>
        story.Query.CompareTo?.Resolve(story.Today).End.AddDays(1) == story.Query.Range.Resolve(story.Today).Start ? "period before" : "earlier period";
}
