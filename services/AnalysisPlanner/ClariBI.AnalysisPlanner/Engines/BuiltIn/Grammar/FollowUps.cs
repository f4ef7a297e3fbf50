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
        if (draft.CompareTo is not null && draft.Assumptions.TrueForAll(assumption => assumption.Field != "range"))
        {
            draft.Assume("range", $"The period is {QueryWords.Dates(changed.Range.Resolve(reading.Today))}, compared with {QueryWords.Dates(changed.CompareTo!.Resolve(reading.Today))}.");
        }

        if (last.CompareTo is not null && changed.CompareTo is null)
        {
            draft.Assume("range", "The comparison with the earlier period is left out.");
        }

        var isAllElse = draft.Assumptions.TrueForAll(assumption => assumption.Field is not ("interval" or "range"));
        draft.Assume("conversation", isAllElse ? "Everything not named is as in the last answer." : "Everything else is as in the last answer.");
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

        query = WithoutLostShares(Split(draft, query), last);
        if (draft.Filters.Count > 0)
        {
            var replaced = draft.Filters.Select(filter => filter.Property).ToHashSet();
            query = query with { Filters = [.. query.Filters.Where(filter => !replaced.Contains(filter.Property)), .. draft.Filters] };
        }

        if (draft.HasRange && draft.CompareTo is null)
        {
            query = query with
            {
                Range = draft.Range,
                CompareTo = query.CompareTo is null ? null : Ranges.Previous(draft.Range, draft.Reading.Today),
                Interval = draft.Interval ?? KeptInterval(draft, query),
            };
        }

        if (draft.CompareTo is not null)
        {
            return query.Kind is QueryKind.SingleValue or QueryKind.Trend && query.GroupBy.Count == 0 && query.Segments.Count == 0
                ? query with { Kind = QueryKind.SingleValue, Range = draft.HasRange ? draft.Range : query.Range, CompareTo = draft.HasRange ? draft.CompareTo : Ranges.Previous(query.Range, draft.Reading.Today) }
                : null;
        }

        return draft.Interval is { } interval ? WithInterval(draft, query, interval) : query;
    }

    /// <summary>The interval of the last answer, unless the new period is too short for two of it or far too long.</summary>
    private static Interval KeptInterval(Draft draft, AnalysisQuery last)
    {
        var days = Days(draft.Range, draft.Reading.Today);
        var fitting = Ranges.IntervalFor(draft.Range, draft.Reading.Today);
        if (last.Kind != QueryKind.Trend)
        {
            return last.Kind == QueryKind.Retention ? last.Interval : fitting;
        }

        if (!IsTooShort(last.Interval, days) && (last.Interval != Interval.Hour || days <= 7))
        {
            return last.Interval;
        }

        if (fitting != last.Interval)
        {
            draft.Assume("interval", $"The period does not suit one point per {Name(last.Interval)}, so it is one per {Name(fitting)}.");
        }

        return fitting;
    }

    private static bool IsTooShort(Interval interval, int days) =>
        days < interval switch { Interval.Week => 14, Interval.Month => 56, Interval.Quarter => 180, _ => 1 };

    private static int Days(DateRange range, DateOnly today)
    {
        var (start, end) = range.Resolve(today);
        return end.DayNumber - start.DayNumber + 1;
    }

    private static string Name(Interval interval) => interval.ToString().ToLowerInvariant();

    /// <summary>Shares of one property's values say nothing of another's.</summary>
    private static AnalysisQuery WithoutLostShares(AnalysisQuery query, AnalysisQuery last) => query.Shares is null
        ? query
        : query with { Shares = query.Kind != QueryKind.Breakdown || query.Segments.Count > 0 ? null : query.GroupBy.SequenceEqual(last.GroupBy) ? query.Shares : [] };

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

        var range = query.Range;
        if (!draft.HasRange && IsTooShort(interval, Days(range, draft.Reading.Today)))
        {
            range = Ranges.Default(interval);
            draft.Assume("interval", $"The period of the last answer is too short for one point per {Name(interval)}, so it is now {QueryWords.RangeName(range)}.");
        }

        return query with { Kind = QueryKind.Trend, Interval = interval, CompareTo = null, Shares = null, Range = range };
    }
}
