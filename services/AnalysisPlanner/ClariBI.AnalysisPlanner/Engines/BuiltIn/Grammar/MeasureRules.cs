using ClariBI.AnalysisPlanner.Engines.BuiltIn.Linking;
using ClariBI.AnalysisPlanner.Engines.BuiltIn.Words;
using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.AnalysisPlanner.Engines.BuiltIn.Grammar;

/// <summary>Decides what is counted: users, events, per user, a share, or an amount.</summary>
internal static class MeasureRules
{
    private static readonly HashSet<string> AgentNouns = ["buyer", "buyers", "purchaser", "purchasers", "viewer", "viewers"];

    /// <returns>The measures, or the refusal or question back.</returns>
    public static (IReadOnlyList<Measure> Measures, Understanding? Early) Choose(Draft draft)
    {
        var reading = draft.Reading;
        if (draft.Amount is not null || reading.Has(Cue.Revenue))
        {
            return AmountMeasure.Choose(draft);
        }

        if (draft.Events.Count > 0 && reading.Has(Cue.NewUsers))
        {
            return Early(Say.Cannot($"I cannot yet limit {draft.Events[0].Info.Name} to users who were new in the period."));
        }

        if (draft.Events.Count > 0 && reading.Tokens.Any(token => token.Word == "list"))
        {
            return Early(Say.Cannot("I can list this project\u2019s events, properties, cohorts and saved charts, but not single things that users made."));
        }

        if (reading.Has(Cue.Median) || reading.Has(Cue.Minimum) || reading.Has(Cue.Maximum))
        {
            return Early(Say.Cannot("A median, a minimum or a maximum needs a property with numbers, and the question names none."));
        }

        return draft.Events.Count switch
        {
            0 => WithoutEvent(draft),
            1 => ([new Measure(draft.Events[0].Info.Name, AggregationOf(draft, draft.Events[0]))], null),
            _ => Several(draft),
        };
    }

    private static (IReadOnlyList<Measure>, Understanding?) Several(Draft draft)
    {
        var (first, second) = (draft.Events[0], draft.Events[1]);
        var areListed = draft.Events.Zip(draft.Events.Skip(1)).All(pair =>
            Enumerable.Range(pair.First.End, pair.Second.Start - pair.First.End).All(position => draft.Reading.Cues.Any(hit =>
                hit.Start <= position && position < hit.End && hit.Cue is Cue.And or Cue.Compare or Cue.Filler or Cue.To)));
        if (areListed && !draft.Reading.Has(Cue.Share) && !draft.Reading.Has(Cue.Who) && (draft.IsComparison || draft.Segments.Count == 0))
        {
            var aggregation = AggregationOf(draft, first);
            return ([.. draft.Events.Select(item => new Measure(item.Info.Name, aggregation))], null);
        }

        return Early(Say.Ask(
            $"The question names {Say.Quoted(draft.Events.Select(item => item.Info.Name))}. How do they belong together?",
            ($"Conversion from {first.Info.Name} to {second.Info.Name}", $"Conversion from \"{first.Info.Name}\" to \"{second.Info.Name}\""),
            ($"{first.Info.Name} compared with {second.Info.Name}", $"Compare \"{first.Info.Name}\" and \"{second.Info.Name}\"")));
    }

    private static Aggregation AggregationOf(Draft draft, NamedEvent item)
    {
        var reading = draft.Reading;
        if (reading.Has(Cue.Share))
        {
            var limited = draft.Filters.Count == 0 ? "" : $" and had {string.Join(" and ", draft.Filters.Select(QueryWords.Filter))}";
            draft.Assume("measure", $"The share is of all users who were active in the period{limited}.");
            return Aggregation.ActivePercent;
        }

        if (reading.Has(Cue.PerUser))
        {
            return Aggregation.AveragePerUser;
        }

        if (reading.Has(Cue.HowOften) || (draft.Segments.Count > 0 && reading.Has(Cue.Than) && (draft.IsTop || reading.Tokens.Any(token => token.Word == "more")) && reading.First(Cue.HowMany) is null) || (reading.Has(Cue.Average) && draft.Interval is null))
        {
            draft.Assume("measure", $"Taken as how often each user who did {item.Info.Name} did it, on average.");
            return Aggregation.AveragePerUser;
        }

        return reading.Has(Cue.Times) ? Aggregation.Totals : CountsUsers(reading, item) ? Aggregation.UniqueUsers : Aggregation.Totals;
    }

    /// <summary>
    /// "How many premium users purchased" counts users; "how many purchases did premium users make" counts purchases: what stands first is counted.
    /// </summary>
    private static bool CountsUsers(Reading reading, NamedEvent item)
    {
        if (AgentNouns.Contains(reading.Tokens[item.Start].Word))
        {
            return true;
        }

        var users = reading.Cues.Where(hit => hit.Cue is Cue.Users or Cue.ActiveUsers or Cue.NewUsers).MinBy(hit => hit.Start);
        if (users is not null)
        {
            return users.Start < item.Start;
        }

        var word = reading.Tokens[item.Start].Text;
        return reading.Has(Cue.HowMany) && reading.Before(item.Start)?.Cue is Cue.HowMany or Cue.Who
            && (word.EndsWith("ed", StringComparison.OrdinalIgnoreCase) || word.Equals("bought", StringComparison.OrdinalIgnoreCase)
                || word.StartsWith("signed ", StringComparison.OrdinalIgnoreCase)) && reading.Tokens[item.Start].Quote == 0
            && !IsPartOfName(item, word);
    }

    // In "Order Placed" the past form belongs to the name.
    private static bool IsPartOfName(NamedEvent item, string word) => item.Info.Name.StartsWith(word, StringComparison.OrdinalIgnoreCase);

    private static (IReadOnlyList<Measure>, Understanding?) WithoutEvent(Draft draft)
    {
        var reading = draft.Reading;
        if (reading.Has(Cue.Share))
        {
            return Early(Say.Cannot("For a share I need to know the event that users should have done, and the question names none of this project\u2019s events."));
        }

        if (reading.Has(Cue.NewUsers))
        {
            return ([new Measure(SpecialEvents.NewUser, Aggregation.UniqueUsers)], null);
        }

        if (reading.Has(Cue.Engagement))
        {
            draft.Assume("measure", "Engagement is measured as active events per active user.");
            return ([new Measure(SpecialEvents.AnyActive, Aggregation.AveragePerUser)], null);
        }

        if (reading.Has(Cue.Events))
        {
            var perUser = reading.Has(Cue.PerUser) || reading.Has(Cue.Average);
            return ([new Measure(SpecialEvents.AnyActive, perUser ? Aggregation.AveragePerUser : Aggregation.Totals)], null);
        }

        if (reading.Has(Cue.ActiveUsers) || reading.Has(Cue.Users))
        {
            if (!reading.Has(Cue.ActiveUsers))
            {
                draft.Assume("measure", "Users are those who were active in the period.");
            }

            return ([new Measure(SpecialEvents.AnyActive, Aggregation.UniqueUsers)], null);
        }

        if ((draft.GroupBy.Count > 0 || draft.Segments.Count > 0) && !reading.Has(Cue.Average) && !reading.Has(Cue.PerUser))
        {
            draft.Assume("measure", "No measure was named, so active users are counted.");
            return ([new Measure(SpecialEvents.AnyActive, Aggregation.UniqueUsers)], null);
        }

        return Early(Say.Cannot("The question does not name anything to count in this project\u2019s data."));
    }

    private static (IReadOnlyList<Measure>, Understanding?) Early(Understanding early) => ([], early);
}
