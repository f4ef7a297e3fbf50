using ClariBI.AnalysisPlanner.Engines.BuiltIn.Words;
using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.AnalysisPlanner.Engines.BuiltIn.Grammar;

/// <summary>"And by country?", "only premium", "make it weekly": the last query of the conversation, changed in what the question names.</summary>
internal static class FollowUps
{
    private static readonly HashSet<Cue> Openers = [Cue.FollowUp, Cue.And, Cue.Only, Cue.Not, Cue.By];

    private static readonly Cue[] OwnQuestions =
        [Cue.HowMany, Cue.Retention, Cue.Funnel, Cue.Average, Cue.Share, Cue.Revenue, Cue.NewUsers, Cue.Engagement, Cue.Events, Cue.Activation, Cue.PerUser];

    public static Understanding? Apply(Draft draft, IReadOnlyList<PastTurn> conversation, bool hasSubject)
    {
        var reading = draft.Reading;
        if (conversation.LastOrDefault(turn => turn.Query is not null)?.Query is not { } last)
        {
            return reading.Has(Cue.FollowUp) && !hasSubject ? Say.Cannot("This reads like a follow-up, but there is no earlier answer in this conversation to change.") : null;
        }

        var opens = reading.Cues.Where(hit => hit.Cue is not Cue.Filler).MinBy(hit => hit.Start) is { } first && Openers.Contains(first.Cue)
            && reading.Links.All(link => link.Start > first.Start);
        var isOwn = draft.Events.Count > 1 || OwnQuestions.Any(reading.Has) || draft.Amount is not null || draft.Chart is not null;
        var changesOnly = !hasSubject && (draft.GroupBy.Count > 0 || draft.Filters.Count > 0 || draft.Segments.Count > 0 || draft.HasRange || draft.Interval is not null || draft.CompareTo is not null);
        if (isOwn || !(opens || changesOnly) || !IsChange(draft))
        {
            return null;
        }

        if (last.Kind is QueryKind.List or QueryKind.Cohort or QueryKind.SavedChart)
        {
            return Say.Cannot("The last answer cannot be split or filtered. Ask the whole question instead.");
        }

        var changed = Changed(draft, last);
        if (changed is null)
        {
            return Say.Cannot("I cannot change the last answer in this way. Ask the whole question instead.");
        }

        if (!draft.HasRange)
        {
            draft.Assumptions.RemoveAll(assumption => assumption.Field == "range");
        }

        draft.HasRange = true;
        draft.Assume("conversation", "Everything not named is as in the last answer.");
        return Answerable.From(draft, changed);
    }

    private static bool IsChange(Draft draft) =>
        draft.GroupBy.Count > 0 || draft.Filters.Count > 0 || draft.Segments.Count > 0 || draft.HasRange || draft.Interval is not null
        || draft.CompareTo is not null || draft.Events.Count == 1 || draft.Reading.TopCount is not null;

    private static AnalysisQuery? Changed(Draft draft, AnalysisQuery last)
    {
        var query = draft.Events is [var named] ? WithEvent(last, named.Info.Name) : last;
        if (query is null)
        {
            return null;
        }

        query = Split(draft, query);
        if (draft.Filters.Count > 0)
        {
            var replaced = draft.Filters.Select(filter => filter.Property).ToHashSet();
            query = query with { Filters = [.. query.Filters.Where(filter => !replaced.Contains(filter.Property)), .. draft.Filters] };
        }

        if (draft.HasRange && draft.CompareTo is null)
        {
            query = query with { Range = draft.Range, CompareTo = null, Interval = draft.Interval ?? Ranges.IntervalFor(draft.Range, draft.Reading.Today) };
        }

        if (draft.CompareTo is not null)
        {
            return query.Kind is QueryKind.SingleValue or QueryKind.Trend && query.GroupBy.Count == 0 && query.Segments.Count == 0
                ? query with { Kind = QueryKind.SingleValue, Range = draft.HasRange ? draft.Range : query.Range, CompareTo = draft.HasRange ? draft.CompareTo : Ranges.Previous(query.Range, draft.Reading.Today) }
                : null;
        }

        return draft.Interval is { } interval ? WithInterval(draft, query, interval) : query;
    }

    private static AnalysisQuery? WithEvent(AnalysisQuery last, string name) => last switch
    {
        { Kind: QueryKind.Funnel or QueryKind.Retention } => null,
        { Measures: [{ Property: null } only] } => last with
        {
            Measures = [only with { Event = name, Aggregation = only.Event is SpecialEvents.AnyActive or SpecialEvents.NewUser ? Aggregation.UniqueUsers : only.Aggregation }],
            ObjectId = null,
            ObjectName = null,
        },
        _ => null,
    };

    private static AnalysisQuery Split(Draft draft, AnalysisQuery query)
    {
        var limit = draft.Reading.TopCount ?? query.Limit;
        if (draft.Segments.Count > 0)
        {
            query = query with { Segments = draft.Segments, GroupBy = [], Kind = query.Kind is QueryKind.SingleValue or QueryKind.Breakdown ? QueryKind.Comparison : query.Kind, CompareTo = null };
        }

        if (draft.GroupBy.Count > 0)
        {
            query = query with
            {
                GroupBy = draft.Groups,
                Segments = [],
                Kind = query.Kind is QueryKind.SingleValue or QueryKind.Comparison ? QueryKind.Breakdown : query.Kind,
                CompareTo = null,
            };
        }

        return query with { Limit = query.GroupBy.Count > 0 ? limit : null, Ascending = draft.IsBottom || (query.Ascending && !draft.IsTop) };
    }

    private static AnalysisQuery? WithInterval(Draft draft, AnalysisQuery query, Interval interval)
    {
        if (query.Kind is QueryKind.Funnel or QueryKind.Retention)
        {
            return query.Kind == QueryKind.Retention && interval == Interval.Week && query.Retention?.Day is null
                ? query with { Interval = Interval.Week, Range = Ranges.Default(Interval.Week) with { Offset = 1 } }
                : null;
        }

        var (start, end) = query.Range.Resolve(draft.Reading.Today);
        var days = end.DayNumber - start.DayNumber + 1;
        var isTooShort = interval switch { Interval.Week => days < 28, Interval.Month => days < 90, Interval.Quarter => days < 270, _ => false };
        return query with { Kind = QueryKind.Trend, Interval = interval, CompareTo = null, Range = !draft.HasRange && isTooShort ? Ranges.Default(interval) : query.Range };
    }
}
