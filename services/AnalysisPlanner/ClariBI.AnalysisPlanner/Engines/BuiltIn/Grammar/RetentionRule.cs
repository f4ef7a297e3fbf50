using ClariBI.AnalysisPlanner.Engines.BuiltIn.Linking;
using ClariBI.AnalysisPlanner.Engines.BuiltIn.Words;
using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.AnalysisPlanner.Engines.BuiltIn.Grammar;

/// <summary>Who comes back: after N days or weeks, as a curve, by segment.</summary>
internal static class RetentionRule
{
    private const int UsualDay = 7;

    public static Understanding Apply(Draft draft)
    {
        var reading = draft.Reading;
        var interval = reading.IsRetentionInWeeks || draft.Interval is Interval.Week
            ? Interval.Week
            : draft.Interval is Interval.Month ? Interval.Month : Interval.Day;
        if (Contradiction(draft, interval) is { } refusal)
        {
            return refusal;
        }

        var day = reading.RetentionDay;
        var ranks = draft.IsTop || draft.IsBottom || draft.Segments.Count > 0;
        if (day is null && ranks)
        {
            day = interval == Interval.Day ? UsualDay : 4;
            draft.Assume("day", $"No day was named, so segments are compared {(interval == Interval.Day ? "on day" : "in period")} {day}.");
        }

        var (start, comesBack) = Events(draft);
        if (!draft.HasRange)
        {
            draft.Range = RangeFor(interval, day);
        }

        return Answerable.From(draft, new AnalysisQuery
        {
            Kind = QueryKind.Retention,
            Retention = new RetentionSpec(start, comesBack, day),
            Filters = draft.Filters,
            GroupBy = draft.Groups,
            Segments = draft.Segments,
            Range = draft.Range,
            Interval = interval,
            Limit = draft.GroupBy.Count > 0 ? reading.TopCount : null,
            Ascending = draft.IsBottom,
        });
    }

    private static Understanding? Contradiction(Draft draft, Interval interval) => draft switch
    {
        { CompareTo: not null } => Say.Cannot("I can show retention for one period at a time, not yet two periods side by side."),
        { Events.Count: > 2 } => Say.Cannot("Retention goes from one event to one other, and this question names more."),
        { GroupBy.Count: > 1 } => Say.Cannot("I can split retention by one property at a time."),
        { GroupBy.Count: 0, Segments.Count: 0 } when draft.IsTop || draft.IsBottom =>
            Say.Cannot("To say who comes back more, I need groups to compare: name a property, such as a country or a plan, or two of its values."),
        { Amount: not null } => Say.Cannot("Retention counts users who come back; it has no amounts."),
        _ when draft.Reading.Has(Cue.Funnel) || draft.Reading.Has(Cue.Revenue) => Say.Cannot("This question asks for retention and for something else at once. Ask one after the other."),
        _ when draft.Reading.RetentionDay is not null && draft.Interval is not null && interval != Interval.Week =>
            Say.Cannot("I can show the retention of one group of users over its days, not yet how retention changes from period to period."),
        _ => null,
    };

    private static (string Start, string Return) Events(Draft draft)
    {
        var reading = draft.Reading;
        if (draft.Events.Count == 2)
        {
            return (draft.Events[0].Info.Name, draft.Events[1].Info.Name);
        }

        if (draft.Events.Count == 0 && IsOfActiveUsers(reading))
        {
            draft.Assume("event", "Retention starts with any active event, and any active event counts as coming back.");
            return (SpecialEvents.AnyActive, SpecialEvents.AnyActive);
        }

        if (draft.Events.Count == 0)
        {
            draft.Assume("event", "Retention starts with a user\u2019s first event, and any active event counts as coming back.");
            return (SpecialEvents.NewUser, SpecialEvents.AnyActive);
        }

        var named = draft.Events[0];
        if (reading.Before(named.Start) is { Cue: Cue.To } && reading.First(Cue.Retention)!.Start < named.Start)
        {
            draft.Assume("event", $"Retention starts with a user\u2019s first event; doing {named.Info.Name} counts as coming back.");
            return (SpecialEvents.NewUser, named.Info.Name);
        }

        draft.Assume("event", $"Retention starts with {named.Info.Name}, and any active event counts as coming back.");
        return (named.Info.Name, SpecialEvents.AnyActive);
    }

    /// <summary>"The retention of active users" starts with any activity; "users who stay active" does not.</summary>
    private static bool IsOfActiveUsers(Reading reading) =>
        !reading.Has(Cue.NewUsers) && reading.Cues.Any(hit => hit.Cue == Cue.ActiveUsers && !reading.Cues.Any(other => other.Cue == Cue.Retention && other.End == hit.Start));

    /// <summary>Ends early enough that the day asked about has passed for everybody in the range.</summary>
    private static DateRange RangeFor(Interval interval, int? day) => interval switch
    {
        Interval.Week => DateRange.Calendar(Interval.Week, (day ?? 4) + 1, 8),
        Interval.Month => DateRange.Calendar(Interval.Month, (day ?? 2) + 1, 6),
        _ => new DateRange { Last = 30, Offset = (day ?? UsualDay) + 1 },
    };
}
