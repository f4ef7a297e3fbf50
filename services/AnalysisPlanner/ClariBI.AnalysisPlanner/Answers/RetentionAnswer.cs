using ClariBI.AnalysisPlanner.Engines.BuiltIn.Grammar;
using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.AnalysisPlanner.Answers;

/// <summary>How many come back, ranked at the day asked about.</summary>
internal static class RetentionAnswer
{
    private const int UsualDay = 7;
    private const int UsualPeriod = 4;

    public static void Tell(Story story)
    {
        var unit = story.Query.Interval switch { Interval.Week => "week", Interval.Month => "month", _ => "day" };
        var curves = story.Table.Columns.Where(column => column.Type == ColumnType.Percent).ToList();
        if (Row(story) is not { } row || curves.All(curve => story.Number(row, curve.Name) is null))
        {
            story.Sentences.Add($"No group of users in this period has completed the {unit} asked about yet.");
            return;
        }

        var number = story.Table.Rows[row][0].Number ?? 0;
        var when = $"{unit} {story.Add("day", $"Number of the {unit}", number, null, Figures.Number(number), new FactCell(row, story.Table.Columns[0].Name))}";
        var at = unit == "day" ? $"on {when}" : $"in {when}";
        if (curves is [var only])
        {
            var group = story.Query.GroupBy.Count > 0 ? $"{only.Label} is the only group. " : "";
            story.Sentences.Add($"{group}{story.Cell("retention", $"Retention on {when}", row, only.Name)} of users come back {at}{Of(story, row, only)}.");
            Curve(story, only, row, unit);
        }
        else
        {
            Ranking(story, curves, row, at);
        }

        LateCohorts(story, (int)number, unit);
    }

    private static int? Row(Story story)
    {
        var wanted = story.Query.Retention?.Day ?? (story.Query.Interval is Interval.Week or Interval.Month ? UsualPeriod : UsualDay);
        var rows = Enumerable.Range(0, story.Table.Rows.Count).ToList();
        var exact = rows.Where(row => story.Table.Rows[row][0].Number == wanted).Select(row => (int?)row).FirstOrDefault();

        // Without a day in the question the usual one is a choice of ours, so the last one with data may stand in.
        return exact is not null || story.Query.Retention?.Day is not null
            ? exact
            : rows.Where(row => story.Table.Rows[row].Skip(1).Any(cell => cell.Number is not null)).Select(row => (int?)row).LastOrDefault();
    }

    private static string Of(Story story, int row, Column curve)
    {
        var users = curve.Name + "_users";
        if (story.Number(row, users) is not { } count)
        {
            return "";
        }

        if (count < Story.SmallSample)
        {
            story.Caveats.Add("Fewer than 30 users were counted, so the share may change a lot with a few more.");
        }

        // Everybody has one first event; anything else a user can do on several days.
        var counted = story.Cell("users", "Users counted", row, users);
        return story.Query.Retention is { StartEvent: not SpecialEvents.NewUser } retention
            ? $", of {counted} starts ({QueryWords.EventName(retention.StartEvent)}; a user counts once in every {story.Query.Interval.ToString().ToLowerInvariant()} with it)"
            : $", of {counted} who started";
    }

    private static void Curve(Story story, Column curve, int row, string unit)
    {
        var first = Enumerable.Range(0, story.Table.Rows.Count).FirstOrDefault(index => story.Table.Rows[index][0].Number == 1, -1);
        if (first >= 0 && first != row && story.Number(first, curve.Name) is not null)
        {
            var number = story.Add("first.day", $"First {unit}", 1, null, Figures.Number(1), new FactCell(first, story.Table.Columns[0].Name));
            story.Sentences.Add($"{(unit == "day" ? "On" : "In")} {unit} {number} it is {story.Cell("first", $"Retention in the first {unit}", first, curve.Name)}.");
        }
    }

    private static void Ranking(Story story, List<Column> curves, int row, string at)
    {
        var ranked = curves.Where(curve => story.Number(row, curve.Name) is not null).OrderByDescending(curve => story.Number(row, curve.Name)!.Value).ToList();
        var solid = ranked.Where(curve => story.Number(row, curve.Name + "_users") is null or >= Story.SmallSample).ToList();
        if (solid.Count < ranked.Count)
        {
            story.Caveats.Add($"Fewer than 30 users were counted in {string.Join(", ", ranked.Except(solid).Select(curve => curve.Label))}; left out of the ranking.");
        }

        var missing = curves.Except(ranked).Select(curve => curve.Label).ToList();
        if (missing.Count > 0)
        {
            story.Sentences.Add($"Nobody could be counted in {string.Join(", ", missing)}: users are counted by what they were when they started.");
        }

        if (solid.Count == 0)
        {
            story.Sentences.Add("No group has enough users to compare.");
            return;
        }

        if (solid.Count == 1)
        {
            story.Sentences.Add($"{solid[0].Label}: {story.Cell("top.value", solid[0].Label, row, solid[0].Name)} of users come back {at}.");
            return;
        }

        if (story.Query.Ascending)
        {
            solid.Reverse();
        }

        var (first, second, last) = (solid[0], solid[1], solid[^1]);
        var rank = story.Query.Ascending ? "lowest" : "highest";
        story.Sentences.Add(
            $"{first.Label} keeps {story.Cell("top.value", first.Label, row, first.Name)} of its users {at}, the {rank} of {story.Count("groups", "Segments compared", solid.Count)} segments; "
            + $"{second.Label} {(solid.Count == 2 ? "keeps" : "follows with")} {story.Cell("second.value", second.Label, row, second.Name)} ({Gap(story, "gap", row, second, first)}).");
        if (solid.Count > 2)
        {
            story.Sentences.Add(
                $"The {(story.Query.Ascending ? "highest" : "lowest")} is {last.Label} with {story.Cell("last.value", last.Label, row, last.Name)} ({Gap(story, "last.gap", row, last, first)}).");
        }
    }

    private static string Gap(Story story, string name, int row, Column one, Column other) => story.Change(
        name, story.Number(row, one.Name)!.Value, story.Number(row, other.Name)!.Value, one, new FactCell(row, one.Name), new FactCell(row, other.Name));

    private static void LateCohorts(Story story, int number, string unit)
    {
        // A cohort counts once its day is over, which is the day after.
        var last = unit switch
        {
            "week" => story.Today.AddDays(-7 * (number + 1)),
            "month" => story.Today.AddMonths(-(number + 1)),
            _ => story.Today.AddDays(-(number + 1)),
        };
        if (story.RangeEnd > last)
        {
            story.Caveats.Add($"Users who started after {QueryWords.Dates((last, last))} are not counted: their {unit} is not over yet.");
        }
    }
}
