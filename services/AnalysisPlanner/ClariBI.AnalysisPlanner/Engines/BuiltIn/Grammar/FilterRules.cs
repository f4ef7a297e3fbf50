using ClariBI.AnalysisPlanner.Engines.BuiltIn.Linking;
using ClariBI.AnalysisPlanner.Engines.BuiltIn.Words;
using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.AnalysisPlanner.Engines.BuiltIn.Grammar;

/// <summary>Makes filters of values, or segments where two values of one property are compared.</summary>
internal static class FilterRules
{
    public static Outcome Apply(Draft draft, List<ChosenValue> values, bool compares)
    {
        foreach (var group in values.GroupBy(value => (value.Value.Of, value.IsNegated)))
        {
            var distinct = group.DistinctBy(value => value.Value).ToList();
            if (compares && !group.Key.IsNegated && distinct.Count > 1)
            {
                if (draft.Segments.Count > 0)
                {
                    return Outcome.Stop(Say.Cannot("I can compare the values of one property at a time, and this question compares two."));
                }

                draft.Segments.AddRange(distinct.Select(value => new Segment(Name(draft.Reading, value), [Filter(value.Value, false)])));
                draft.IsComparison = true;
                Explain(draft, distinct);
            }
            else
            {
                draft.Filters.AddRange(distinct.Where(value => value.Value.Excluded).Select(value => Filter(value.Value, group.Key.IsNegated)));
                var plain = distinct.Where(value => !value.Value.Excluded).SelectMany(value => value.Value.Values).Distinct().ToList();
                if (plain.Count > 0)
                {
                    draft.Filters.Add(new PropertyFilter(group.Key.Of.Name, group.Key.Of.Scope, group.Key.IsNegated ? FilterOperator.IsNot : FilterOperator.Is, plain));
                }

                Explain(draft, distinct);
            }
        }

        return NumericFilters(draft) ?? Leftover(draft, values) ?? Outcome.Go(draft);
    }

    private static PropertyFilter Filter(Entity.Value value, bool isNegated) => new(
        value.Of.Name, value.Of.Scope, value.Excluded != isNegated ? FilterOperator.IsNot : FilterOperator.Is, value.Values);

    private static string Name(Reading reading, ChosenValue value)
    {
        if (value.Value is { Excluded: false, Values: [var only] })
        {
            return only;
        }

        var text = reading.TextOf(value.Link.Start, value.Link.End);
        return char.ToUpperInvariant(text[0]) + text[1..];
    }

    private static void Explain(Draft draft, IEnumerable<ChosenValue> values)
    {
        foreach (var value in values.Where(value => value.Value.Values.Count > 1 || value.Value.Excluded || IsSynonym(draft.Reading, value)))
        {
            var phrase = draft.Reading.TextOf(value.Link.Start, value.Link.End);
            draft.Assume("segment", $"\u201c{phrase}\u201d means {value.Value.Of.Name} {(value.Value.Excluded ? "other than " : "")}{string.Join(" or ", value.Value.Values)}.");
        }
    }

    private static bool IsSynonym(Reading reading, ChosenValue value)
    {
        var stems = Tokenizer.Name(value.Value.Values[0]);
        return reading.Tokens.Skip(value.Link.Start).Take(value.Link.End - value.Link.Start).All(token => !stems.Contains(token.Stem));
    }

    /// <summary>"price over 20": a numeric property, a bound and a number.</summary>
    private static Outcome? NumericFilters(Draft draft)
    {
        var reading = draft.Reading;
        foreach (var hit in reading.Cues.Where(hit => hit.Cue is Cue.Over or Cue.Under or Cue.AtLeast).ToList())
        {
            if (draft.Amount is not { } property || !reading.IsFree(hit.End) || Calendar.Number(reading.Tokens[hit.End].Word) is not { } bound
                || reading.Links.All(link => link.End != hit.Start && reading.Before(hit.Start)?.Start != link.End))
            {
                return Outcome.Stop(Say.Cannot($"I do not know how to apply {Say.Quoted([reading.TextOf(hit.Start, hit.End)])} in this question."));
            }

            var comparison = hit.Cue switch
            {
                Cue.AtLeast => FilterOperator.GreaterOrEqual,
                Cue.Over => FilterOperator.Greater,
                _ => FilterOperator.Less,
            };
            draft.Filters.Add(new PropertyFilter(property.Name, property.Scope, comparison, [bound.ToString(System.Globalization.CultureInfo.InvariantCulture)]));
            reading.Claim(hit.End, hit.End + 1);
            draft.Amount = null;
        }

        return null;
    }

    /// <summary>A negation that found no value to negate would silently turn the question around.</summary>
    private static Outcome? Leftover(Draft draft, List<ChosenValue> values)
    {
        var negations = draft.Reading.Cues.Count(hit => hit.Cue is Cue.Not or Cue.Without);
        return negations > 0 && values.All(value => !value.IsNegated)
            ? Outcome.Stop(Say.Cannot("I can leave out values of a property, such as a plan or a platform, but I cannot yet count those who did not do something."))
            : null;
    }
}
