using ClariBI.AnalysisPlanner.Engines.BuiltIn.Words;
using ClariBI.AnalysisPlanner.Taxonomies;
using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.AnalysisPlanner.Engines.BuiltIn.Grammar;

/// <summary>Conversion through named steps, through a saved funnel, or through the activation steps told from the events' names.</summary>
internal static class FunnelRule
{
    public static bool Applies(Draft draft)
    {
        var reading = draft.Reading;
        var events = draft.Events.Select(item => item.Info).Distinct().Count();
        return reading.Has(Cue.Funnel)
            || reading.Has(Cue.Activation)
            || (events >= 2 && draft.Events.Skip(1).Any(item => reading.Before(item.Start)?.Cue is Cue.To) && !draft.IsComparison)
            || (events >= 2 && reading.Has(Cue.Share))
            || (events >= 2 && reading.WindowDays is not null);
    }

    public static Understanding Apply(Draft draft)
    {
        if (Contradiction(draft) is { } refusal)
        {
            return refusal;
        }

        var steps = InOrder(draft);
        if (steps.Count >= 2)
        {
            return Query(draft, steps);
        }

        var saved = SavedFunnels(draft);
        if (saved.Count == 1)
        {
            draft.Assume("funnel", $"Uses the saved chart \u201c{saved[0].Name}\u201d.");
            return SavedChartRule.Apply(draft, saved[0]);
        }

        if (saved.Count > 1 && !draft.Reading.Has(Cue.Activation))
        {
            return Say.Ask("Which funnel do you mean?", saved.Take(5).Select(chart => (chart.Name, $"Show conversion in \"{chart.Name}\"")));
        }

        return draft.Reading.Has(Cue.Activation) ? Activation(draft) : AskForSteps(draft, steps);
    }

    private static Understanding? Contradiction(Draft draft) => draft switch
    {
        { CompareTo: not null } => Say.Cannot("I can show a funnel for one period at a time, not yet two periods side by side."),
        { Interval: not null } => Say.Cannot("I can show a funnel for a whole period, not yet how its conversion changes from day to day."),
        { GroupBy.Count: > 1 } => Say.Cannot("I can split a funnel by one property at a time."),
        { Amount: not null } => Say.Cannot("A funnel counts users from step to step; it has no amounts."),
        _ when draft.Reading.Has(Cue.Trend) => Say.Cannot("I can show a funnel for a whole period, not yet how its conversion changes over time."),
        _ when draft.Reading.Has(Cue.Revenue) || draft.Reading.Has(Cue.Average) || draft.Reading.Has(Cue.Median) =>
            Say.Cannot("I can say what share of users goes from step to step, not yet averages along the way."),
        _ => null,
    };

    /// <summary>"Purchase conversion from search": what stands behind "from" comes first.</summary>
    private static List<EventInfo> InOrder(Draft draft) =>
        [.. draft.Events.OrderBy(item => draft.Reading.Before(item.Start)?.Cue == Cue.From ? 0 : 1).Select(item => item.Info).Distinct()];

    private static List<SavedChartInfo> SavedFunnels(Draft draft)
    {
        var reading = draft.Reading;
        var funnels = reading.Index.Taxonomy.SavedCharts
            .Where(chart => chart.Query?.Kind == QueryKind.Funnel || chart.Type.Contains("funnel", StringComparison.OrdinalIgnoreCase))
            .ToList();
        if (draft.Events.Count == 0 && !reading.Has(Cue.Activation))
        {
            return funnels;
        }

        var words = draft.Events.SelectMany(item => reading.Tokens.Skip(item.Start).Take(item.End - item.Start)).Select(token => token.Stem).ToHashSet();
        if (reading.Has(Cue.Activation))
        {
            words.Add(Stemmer.Stem("activation"));
        }

        return [.. funnels.Where(chart => words.IsSubsetOf(Tokenizer.Name(chart.Name)))];
    }

    private static Understanding Activation(Draft draft)
    {
        var taxonomy = draft.Reading.Index.Taxonomy;
        if (EventRoles.SignUp(taxonomy) is not { } signUp || EventRoles.Core(taxonomy) is not { } core)
        {
            return Say.Cannot("I cannot tell which events make up activation here. Name the steps, for example \u201cconversion from one event to another\u201d.");
        }

        var setup = taxonomy.Events.Where(item => EventRoles.IsSetup(item.Name)).OrderByDescending(item => item.MonthlyVolume ?? 0).Take(2);
        List<EventInfo> steps = [signUp, .. setup, core];
        draft.Assume("steps", $"No saved activation funnel was found, so activation is taken as {string.Join(", then ", steps.Select(step => step.Name))}.");
        return Query(draft, steps);
    }

    private static Understanding AskForSteps(Draft draft, List<EventInfo> steps)
    {
        var taxonomy = draft.Reading.Index.Taxonomy;
        if (steps is [var only])
        {
            var options = new List<(string, string)>();
            if (EventRoles.SignUp(taxonomy) is { } signUp && signUp != only)
            {
                options.Add(($"From {signUp.Name} to {only.Name}", $"Conversion from \"{signUp.Name}\" to \"{only.Name}\""));
            }

            options.Add(($"Share of active users who did {only.Name}", $"Share of active users who did \"{only.Name}\""));
            return Say.Ask($"Conversion to {only.Name} from where?", options);
        }

        return EventRoles.SignUp(taxonomy) is { } start && EventRoles.Core(taxonomy) is { } core
            ? Say.Ask("A conversion needs at least two steps, and the question names none. For example:", ($"From {start.Name} to {core.Name}", $"Conversion from \"{start.Name}\" to \"{core.Name}\""))
            : Say.Cannot("A conversion needs at least two events as steps, and the question names none of this project\u2019s events.");
    }

    private static Understanding Query(Draft draft, IReadOnlyList<EventInfo> steps)
    {
        var window = draft.Reading.WindowDays ?? 7;
        if (draft.Reading.WindowDays is null)
        {
            draft.Assume("window", "Users have 7 days from the first step to finish.");
        }

        return Answerable.From(draft, new AnalysisQuery
        {
            Kind = QueryKind.Funnel,
            Steps = [.. steps.Select(step => new FunnelStep(step.Name))],
            ConversionWindowDays = window,
            Filters = draft.Filters,
            GroupBy = draft.Groups,
            Segments = draft.Segments,
            Range = draft.Range,
            Limit = draft.GroupBy.Count > 0 ? draft.Reading.TopCount : null,
            Ascending = draft.IsBottom,
        });
    }
}
