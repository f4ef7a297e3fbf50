using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.AnalysisPlanner.Answers;

/// <summary>How many get through, and where most are lost.</summary>
internal static class FunnelAnswer
{
    public static void Tell(Story story)
    {
        var shares = story.Table.Columns.Where(column => column.Type == ColumnType.Percent).ToList();
        if (story.Table.Rows.Count < 2 || shares.Count == 0)
        {
            TableAnswer.Tell(story);
        }
        else if (shares is [var only])
        {
            TellOne(story, only);
        }
        else
        {
            TellSegments(story, shares);
        }
    }

    private static void TellOne(Story story, Column share)
    {
        var users = UsersOf(share);
        var last = story.Table.Rows.Count - 1;
        if (story.Number(last, share.Name) is null || story.Number(0, users) is not { } started || started == 0)
        {
            story.Sentences.Add($"No user did {Step(story, 0)}, the first step, in this period.");
            return;
        }

        var group = story.Query.GroupBy.Count > 0 ? $"{Label(share)} is the only group. " : "";
        story.Sentences.Add(
            $"{group}{story.Cell("conversion", "Conversion", last, share.Name)} of the users who did {Step(story, 0)} went on to {Step(story, last)}: "
            + $"{story.Cell("finished", "Users who finished", last, users)} of {story.Cell("started", "Users who started", 0, users)}.");
        LargestDrop(story, users, last);
        Time(story, last);
        if (started < Story.SmallSample)
        {
            story.Caveats.Add("Fewer than 30 users started, so the shares may change a lot with a few more.");
        }
    }

    private static void LargestDrop(Story story, string users, int last)
    {
        var drops = Enumerable.Range(1, last)
            .Where(step => story.Number(step, users) is not null && story.Number(step - 1, users) is > 0)
            .Select(step => (Step: step, Lost: 1 - (story.Number(step, users)!.Value / story.Number(step - 1, users)!.Value)))
            .ToList();
        if (drops.Count < 2 || drops.MaxBy(drop => drop.Lost) is not { Lost: > 0 } worst)
        {
            return;
        }

        var lost = story.Add(
            "drop", "Largest loss", worst.Lost, null, Figures.Percent(worst.Lost), new FactCell(worst.Step - 1, users), new FactCell(worst.Step, users));
        story.Sentences.Add($"The largest loss is between {Step(story, worst.Step - 1)} and {Step(story, worst.Step)}, where {lost} drop out.");
    }

    private static void Time(Story story, int last)
    {
        if (story.Table.Columns.Any(column => column.Name == "median_seconds") && last == 1 && story.Number(last, "median_seconds") is > 0)
        {
            story.Sentences.Add($"The median user takes {story.Cell("median", "Median time", last, "median_seconds")}.");
        }
    }

    private static void TellSegments(Story story, List<Column> shares)
    {
        var last = story.Table.Rows.Count - 1;
        var ranked = shares.Where(share => story.Number(last, share.Name) is not null)
            .OrderByDescending(share => story.Number(last, share.Name)!.Value)
            .ToList();
        var solid = ranked.Where(share => story.Number(0, UsersOf(share)) is null or >= Story.SmallSample).ToList();
        if (solid.Count < ranked.Count)
        {
            story.Caveats.Add($"Fewer than 30 users started in {string.Join(", ", ranked.Except(solid).Select(Label))}; left out of the ranking.");
        }

        if (solid.Count == 0)
        {
            story.Sentences.Add("No group has enough users to compare.");
            return;
        }

        var (best, worst) = (solid[0], solid[^1]);
        var lead = $"{Label(best)} converts best from {Step(story, 0)} to {Step(story, last)}: {story.Cell("top.value", Label(best), last, best.Name)}";
        if (solid.Count == 1)
        {
            story.Sentences.Add(lead + ".");
            return;
        }

        var change = story.Change(
            "gap", story.Number(last, worst.Name)!.Value, story.Number(last, best.Name)!.Value, worst, new FactCell(last, worst.Name), new FactCell(last, best.Name));
        story.Sentences.Add($"{lead}, the highest of {story.Count("groups", "Groups", solid.Count)}; {Label(worst)} is the lowest with {story.Cell("last.value", Label(worst), last, worst.Name)} ({change}).");
    }

    private static string UsersOf(Column share) => share.Name[..^"share".Length] + "users";

    private static string Label(Column share) => share.Label.LastIndexOf(':') is var colon and > 0 ? share.Label[..colon] : share.Label;

    private static string Step(Story story, int row) => story.Table.Rows[row][0].Text ?? "a step";
}
