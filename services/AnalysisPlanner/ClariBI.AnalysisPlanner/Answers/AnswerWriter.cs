using ClariBI.AnalysisPlanner.Engines.BuiltIn.Grammar;
using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.AnalysisPlanner.Answers;

/// <summary>Turns a result into facts and two to five sentences, the finding first.</summary>
internal static class AnswerWriter
{
    public static AnswerText Write(AnalysisQuery query, ResultTable table, DateOnly rangeStart, DateOnly rangeEnd, string timeZone, DateOnly today)
    {
        var story = new Story(query, table, rangeEnd, today);
        var earlier = query.CompareTo is { } compared ? $" compared with {QueryWords.Dates(compared.Resolve(today))}" : "";
        var range = $"{QueryWords.Dates((rangeStart, rangeEnd))}{earlier}, {timeZone}";
        var isEmpty = EmptyAnswer.IsEmpty(table);
        if (isEmpty)
        {
            story.Sentences.Add(EmptyAnswer.Sentence(query));
        }
        else
        {
            Tell(story);
        }

        if (query.Filters.Count > 0)
        {
            story.Sentences.Add($"Counted only where {string.Join(" and ", query.Filters.Select(QueryWords.Filter))}.");
        }

        if (query.Kind is not (QueryKind.List or QueryKind.Cohort))
        {
            story.Sentences.Add(range + ".");
        }

        if (!isEmpty)
        {
            Caveats(story);
        }

        var text = string.Join(' ', story.Sentences);
        return new AnswerText(
            text, story.Facts, Grounding.Check(text, story.Facts, query, table, range), story.Caveats,
            isEmpty ? EmptyAnswer.FollowUps(query, today) : FollowUpQuestions.For(query, today), isEmpty);
    }

    private static void Tell(Story story)
    {
        switch (story.Table.Shape)
        {
            case TableShape.TimeSeries:
                TimeSeriesAnswer.Tell(story);
                break;
            case TableShape.Categories:
                CategoriesAnswer.Tell(story);
                break;
            case TableShape.Funnel:
                FunnelAnswer.Tell(story);
                break;
            case TableShape.Retention:
                RetentionAnswer.Tell(story);
                break;
            case TableShape.SingleValue:
                SingleValueAnswer.Tell(story);
                break;
            default:
                TableAnswer.Tell(story);
                break;
        }
    }

    private static void Caveats(Story story)
    {
        var table = story.Table;
        if (table.Shape == TableShape.TimeSeries && table.IncompleteRows.Count > 0)
        {
            var unit = story.Query.Interval.ToString().ToLowerInvariant();
            story.Caveats.Add(table.IncompleteRows.Contains(table.Rows.Count - 1)
                ? $"The last {unit} is not complete, so its figure is not final."
                : $"The first {unit} is only partly in the range.");
        }
        else if (table.Shape is TableShape.SingleValue or TableShape.Categories or TableShape.Funnel && story.RangeEnd >= story.Today && story.Query.Kind is not QueryKind.List)
        {
            story.Caveats.Add("Today is part of the period and is not over yet.");
        }

        if (table.Shape == TableShape.Funnel && story.Query.ConversionWindowDays > 0 && story.RangeEnd.AddDays(story.Query.ConversionWindowDays) > story.Today)
        {
            var open = story.Today.AddDays(-story.Query.ConversionWindowDays);
            story.Caveats.Add($"Users who started after {QueryWords.Dates((open, open))} still have time to finish, so the conversion may rise.");
        }

        if (story.Query.CompareTo is { } earlier && Periods.AreUneven(story, earlier))
        {
            story.Caveats.Add($"The periods differ in length: {Figures.Number(Periods.Days(story.Query.Range, story.Today))} days against {Figures.Number(Periods.Days(earlier, story.Today))}.");
        }

        if (table.TotalRows is { } total && total > table.Rows.Count && table.Shape is TableShape.Categories or TableShape.Table)
        {
            story.Caveats.Add($"Shown are {Figures.Number(table.Rows.Count)} of {Figures.Number(total)} groups.");
        }
        else if (table.TotalRows is { } groups && table.Shape is TableShape.TimeSeries or TableShape.Retention)
        {
            story.Caveats.Add($"There are {Figures.Number(groups)} groups; only the largest are shown.");
        }
    }
}
