using ClariBI.AnalysisPlanner.Engines.BuiltIn.Words;
using ClariBI.AnalysisPlanner.Taxonomies;
using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.AnalysisPlanner.Engines.BuiltIn.Grammar;

/// <summary>Sums and averages of a numeric event property, revenue above all.</summary>
internal static class AmountMeasure
{
    // From the surest name for money to the least sure.
    private static readonly string[] MoneyNames = ["revenue", "gmv", "sale", "amount", "total", "mrr", "price", "value"];

    public static (IReadOnlyList<Measure> Measures, Understanding? Early) Choose(Draft draft)
    {
        var reading = draft.Reading;
        if (reading.Has(Cue.PerUser) || reading.Has(Cue.Share) || reading.Has(Cue.NewUsers))
        {
            return ([], Say.Cannot("I can add up or average an amount per event, but not yet per user, as a share or for new users alone."));
        }

        var owner = draft.Events.Count == 1 ? draft.Events[0].Info : null;
        if (draft.Events.Count > 1)
        {
            return ([], Say.Cannot("I can add up an amount over one event at a time, and this question names several."));
        }

        var (property, isAssumed) = draft.Amount is { } named ? (Of(reading.Index.Taxonomy, named.Name, owner) ?? named, false) : (Money(reading.Index.Taxonomy, owner), true);
        if (property is null)
        {
            return ([], Say.Cannot(owner is null ? "I found no property with an amount of money in this project\u2019s data." : $"I found no amount of money on {owner.Name}."));
        }

        var eventName = property.Event ?? owner?.Name ?? Paying(reading.Index.Taxonomy)?.Name;
        if (eventName is null || (owner is not null && eventName != owner.Name))
        {
            return ([], Say.Cannot($"{property.Name} belongs to {property.Event ?? "no event I can tell"}, so I cannot add it up {(owner is null ? "alone" : $"for {owner.Name}")}."));
        }

        var aggregation = AggregationOf(draft);
        if (isAssumed)
        {
            draft.Assume("measure", $"\u201c{Word(draft)}\u201d is taken as {property.Name} of {eventName}.");
        }

        return ([new Measure(eventName, aggregation, property.Name)], null);
    }

    private static Aggregation AggregationOf(Draft draft)
    {
        var reading = draft.Reading;
        if (reading.Has(Cue.Average) && draft.Interval is not null && !reading.Tokens.Any(token => token.Word is "value" or "price" or "size"))
        {
            // "Average daily revenue" is the average of the days' sums; the answer gives it for the series.
            return Aggregation.PropertySum;
        }

        return reading switch
        {
            _ when reading.Has(Cue.Average) || reading.Tokens.Any(token => token.Word == "aov") => Aggregation.PropertyAverage,
            _ when reading.Has(Cue.Median) => Aggregation.PropertyMedian,
            _ when reading.Has(Cue.Minimum) => Aggregation.PropertyMinimum,
            _ when reading.Has(Cue.Maximum) => Aggregation.PropertyMaximum,
            _ => Aggregation.PropertySum,
        };
    }

    private static string Word(Draft draft) => draft.Reading.First(Cue.Revenue) is { } hit ? draft.Reading.TextOf(hit.Start, hit.End) : "amount";

    private static PropertyInfo? Of(Taxonomy taxonomy, string name, EventInfo? owner) => owner is null
        ? taxonomy.Properties.Where(property => property.Name == name && property.IsNumeric).MaxBy(property => Volume(taxonomy, property))
        : taxonomy.Properties.FirstOrDefault(property => property.Name == name && property.Event == owner.Name);

    private static PropertyInfo? Money(Taxonomy taxonomy, EventInfo? owner) => taxonomy.Properties
        .Where(property => property is { IsNumeric: true, Scope: PropertyScope.Event } && (owner is null || property.Event is null || property.Event == owner.Name))
        .Select(property => (Property: property, Rank: Rank(property)))
        .Where(candidate => candidate.Rank >= 0)
        .OrderBy(candidate => candidate.Rank)
        .ThenByDescending(candidate => Volume(taxonomy, candidate.Property))
        .Select(candidate => candidate.Property)
        .FirstOrDefault();

    private static int Rank(PropertyInfo property)
    {
        var stems = Tokenizer.Name(property.Name);
        return Array.FindIndex(MoneyNames, name => stems.Contains(Stemmer.Stem(name)));
    }

    private static EventInfo? Paying(Taxonomy taxonomy) =>
        taxonomy.Events.Where(item => EventRoles.IsPurchase(item.Name)).MaxBy(item => item.MonthlyVolume ?? 0);

    private static long Volume(Taxonomy taxonomy, PropertyInfo property) =>
        taxonomy.Events.FirstOrDefault(item => item.Name == property.Event)?.MonthlyVolume ?? 0;
}
