using ClariBI.AnalysisPlanner.Engines.BuiltIn.Linking;
using ClariBI.AnalysisPlanner.Engines.BuiltIn.Words;
using ClariBI.AnalysisPlanner.Taxonomies;
using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.AnalysisPlanner.Engines.BuiltIn.Grammar;

/// <summary>Settles what each linked phrase is and which part of the query it fills.</summary>
internal static class Resolver
{
    private static readonly HashSet<Cue> Comparing = [Cue.Compare, Cue.Than, Cue.Top, Cue.Bottom];

    public static Outcome Resolve(Reading reading)
    {
        var draft = new Draft(reading)
        {
            IsComparison = reading.Has(Cue.Compare) || reading.Has(Cue.Than),
            IsTop = reading.Has(Cue.Top),
            IsBottom = reading.Has(Cue.Bottom),
        };
        var links = PairValues(reading);
        var values = new List<ChosenValue>();
        PropertyInfo? named = null;
        for (var i = 0; i < links.Count; i++)
        {
            var link = links[i];
            if (values.Count > 0 && values[^1].Link.End == link.Start && link.Candidates.Any(candidate => candidate.Entity is Entity.Property property && property.Info.Name == values[^1].Value.Of.Name))
            {
                // "Premium plan", "gold sellers": the word behind a value only says what it is a value of.
                continue;
            }

            var chosen = named is null ? Choice.Of(reading, link) : OfProperty(link, named) ?? Choice.Of(reading, link);
            named = null;
            if (chosen.Count > 1 || IsWeak(link))
            {
                return Outcome.Stop(Say.WhichOne(reading, link, chosen));
            }

            switch (chosen[0])
            {
                case Entity.Event item:
                    draft.Events.Add(new NamedEvent(item.Info, link.Start, link.End));
                    ExplainSynonym(draft, link, item.Info);
                    break;
                case Entity.Value value:
                    values.Add(new ChosenValue(value, link, IsNegated(reading, link, values)));
                    break;
                case Entity.Cohort cohort:
                    draft.Cohort = cohort.Info;
                    break;
                case Entity.Chart chart:
                    draft.Chart = chart.Info;
                    break;
                case Entity.Property property when i + 1 < links.Count && IsNaming(reading, link, links[i + 1], property.Info):
                    named = property.Info;
                    break;
                case Entity.Property property when AddProperty(draft, reading, link, property.Info) is { } refusal:
                    return Outcome.Stop(refusal);
            }
        }

        MergeEvents(draft);
        var comparesValues = links.Count > 0 && reading.Cues.Any(hit => Comparing.Contains(hit.Cue));
        return FilterRules.Apply(draft, values, comparesValues);
    }

    /// <summary>Two sides of a comparison come from one property, so "paid and organic" settles what "paid" is.</summary>
    private static List<Link> PairValues(Reading reading)
    {
        var links = reading.Links.OrderBy(link => link.Start).ToList();
        for (var i = 0; i + 1 < links.Count; i++)
        {
            var (left, right) = (links[i], links[i + 1]);
            var isJoined = Enumerable.Range(left.End, right.Start - left.End).All(position => IsJoint(reading, position));
            var both = from one in left.Candidates
                       from other in right.Candidates
                       where one.Entity is Entity.Value && other.Entity is Entity.Value
                       let first = (Entity.Value)one.Entity
                       let second = (Entity.Value)other.Entity
                       where first.Of == second.Of && !first.Equals(second)
                       orderby one.Score + other.Score descending, first.Of.Scope
                       select (first, second);
            if (isJoined && left.Candidates[0].Entity is Entity.Value && both.FirstOrDefault() is { first: { } chosen, second: { } partner })
            {
                links[i] = left.With(chosen);
                links[i + 1] = right.With(partner);
            }
        }

        return links;
    }

    private static bool IsJoint(Reading reading, int position) =>
        reading.Cues.FirstOrDefault(hit => hit.Start <= position && position < hit.End) is { Cue: Cue.And or Cue.Users or Cue.Compare or Cue.Filler or Cue.To or Cue.Than or Cue.Top or Cue.Bottom or Cue.From or Cue.Not or Cue.Engagement or Cue.Retention };

    /// <summary>"channel email", "plan is premium": the property only says which property the value belongs to.</summary>
    private static bool IsNaming(Reading reading, Link link, Link next, PropertyInfo property) =>
        next.Candidates.Any(candidate => candidate.Entity is Entity.Value value && value.Of.Name == property.Name)
        && Enumerable.Range(link.End, next.Start - link.End).All(position => reading.Cues.Any(hit => hit.Start <= position && position < hit.End && hit.Cue is Cue.Filler or Cue.Not));

    private static List<Entity>? OfProperty(Link link, PropertyInfo property)
    {
        var value = link.Candidates.FirstOrDefault(candidate => candidate.Entity is Entity.Value own && own.Of.Name == property.Name);
        return value is null ? null : [value.Entity];
    }

    private static Understanding? AddProperty(Draft draft, Reading reading, Link link, PropertyInfo property)
    {
        var before = reading.Before(link.Start)?.Cue;
        var isGroup = before is Cue.By or Cue.Each;
        if (property.IsNumeric && property.Scope == PropertyScope.Event && (!isGroup || draft.IsTop || draft.IsBottom))
        {
            draft.Amount ??= property;
            return null;
        }

        if (before is Cue.HowMany && !isGroup)
        {
            return Say.Cannot($"I can break numbers down by {property.Name}, but I cannot count how many different values it has.");
        }

        if (draft.GroupBy.All(existing => existing.Name != property.Name))
        {
            draft.GroupBy.Add(property);
        }

        return null;
    }

    private static bool IsNegated(Reading reading, Link link, List<ChosenValue> earlier)
    {
        var before = reading.Before(link.Start);
        if (before is { Cue: Cue.Only or Cue.Users })
        {
            before = reading.Before(before.Start);
        }

        return before?.Cue switch
        {
            Cue.Not or Cue.Without => true,
            Cue.And => earlier.Count > 0 && earlier[^1].IsNegated && earlier[^1].Link.End == before.Start,
            _ => false,
        };
    }

    // A few letters of a longer name are a question back even where no other name has them.
    private static bool IsWeak(Link link) => link.Candidates[0].Score < 0.58;

    private static void ExplainSynonym(Draft draft, Link link, EventInfo item)
    {
        var stems = Tokenizer.Name($"{item.Name} {item.DisplayName}").ToHashSet();
        var words = draft.Reading.Tokens.Skip(link.Start).Take(link.End - link.Start).ToList();
        if (words.All(word => !stems.Contains(word.Stem)) && !string.Concat(stems).Contains(words[0].Stem, StringComparison.Ordinal))
        {
            draft.Assume("event", $"\u201c{draft.Reading.TextOf(link.Start, link.End)}\u201d is taken as {item.Name}.");
        }
    }

    /// <summary>"added it to the cart" may be linked twice: both words mean the same event.</summary>
    private static void MergeEvents(Draft draft)
    {
        for (var i = draft.Events.Count - 1; i > 0; i--)
        {
            var (left, right) = (draft.Events[i - 1], draft.Events[i]);
            if (left.Info == right.Info)
            {
                draft.Events[i - 1] = left with { End = right.End };
                draft.Events.RemoveAt(i);
            }
        }
    }
}

internal sealed record ChosenValue(Entity.Value Value, Link Link, bool IsNegated);
