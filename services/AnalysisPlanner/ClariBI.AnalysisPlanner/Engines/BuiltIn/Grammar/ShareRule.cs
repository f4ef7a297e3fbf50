using ClariBI.AnalysisPlanner.Engines.BuiltIn.Linking;
using ClariBI.AnalysisPlanner.Engines.BuiltIn.Words;
using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.AnalysisPlanner.Engines.BuiltIn.Grammar;

/// <summary>
/// "What share of sign ups came from organic?" divides sign ups by channel. "What share of users signed up?" divides users, and is left to
/// <see cref="CountRule"/>.
/// </summary>
internal static class ShareRule
{
    private static readonly HashSet<string> OfUsersByItself = ["users", "adoption", "penetration"];

    public static bool Applies(Draft draft) =>
        draft.Reading.Has(Cue.Share) && draft.Amount is null && !draft.Reading.Has(Cue.Revenue) && draft.Events is [var only] && !IsOfUsers(draft.Reading, only);

    public static Understanding Apply(Draft draft)
    {
        var item = draft.Events[0];
        if (Divisor(draft, item) is not { } divisor)
        {
            return Refuse(draft, item, "I can say what share of it each value of one property has, and cannot tell which property is meant here.");
        }

        if (draft.CompareTo is not null || draft.Interval is not null || draft.Reading.Has(Cue.Trend) || draft.Reading.Has(Cue.Change))
        {
            return Refuse(draft, item, "I can say it for one period as a whole, but not yet how a share changes.");
        }

        if (draft.IsTop || draft.IsBottom || draft.Reading.TopCount is not null)
        {
            return Refuse(draft, item, "A share needs all groups, so I cannot limit it to the highest or lowest ones.");
        }

        return Answerable.From(draft, new AnalysisQuery
        {
            Kind = QueryKind.Breakdown,
            Measures = [new Measure(item.Info.Name, Aggregation.Totals)],
            Filters = [.. draft.Filters.Except(divisor.Asked)],
            GroupBy = [divisor.By],
            Range = draft.Range,
            Interval = Ranges.IntervalFor(draft.Range, draft.Reading.Today),
            Shares = divisor.Values,
        });
    }

    /// <summary>True where users are divided: "share of users who…", "percentage who purchased", "adoption of search".</summary>
    private static bool IsOfUsers(Reading reading, NamedEvent item)
    {
        var word = reading.Tokens[item.Start].Text;
        return reading.Cues.Any(hit => hit.Start < item.Start && hit.Cue is Cue.Users or Cue.ActiveUsers or Cue.NewUsers or Cue.Who)
            || reading.Cues.Any(hit => hit.Cue == Cue.Share && Enumerable.Range(hit.Start, hit.End - hit.Start).Any(at => OfUsersByItself.Contains(reading.Tokens[at].Word)))
            || (word.EndsWith("ed", StringComparison.OrdinalIgnoreCase) && !item.Info.Name.StartsWith(word, StringComparison.OrdinalIgnoreCase));
    }

    private static Division? Divisor(Draft draft, NamedEvent item)
    {
        switch (draft)
        {
            case { GroupBy: [var property], Segments.Count: 0 }:
                return draft.Filters.Any(filter => filter.Property == property.Name) ? null : new Division(draft.Groups[0], [], []);
            case { GroupBy.Count: 0, Segments.Count: > 0, Filters.Count: 0 }:
                var sides = draft.Segments.SelectMany(segment => segment.Filters).ToList();
                return IsPlain(sides) ? new Division(Group(sides[0]), [], Values(sides)) : null;
            case { GroupBy.Count: 0, Segments.Count: 0, Filters: [var only] } when IsPlain([only]) && !IsPartOfTheWhole(draft.Reading, item):
                return new Division(Group(only), [only], Values([only]));
            default:
                return null;
        }
    }

    /// <summary>In "share of organic sign ups" organic says of what, not which share.</summary>
    private static bool IsPartOfTheWhole(Reading reading, NamedEvent item)
    {
        var share = reading.First(Cue.Share)!;
        return reading.Links.Any(link => link.Best is Entity.Value && share.End <= link.Start && link.End <= item.Start);
    }

    private static bool IsPlain(List<PropertyFilter> filters) =>
        filters.Select(filter => filter.Property).Distinct().Count() == 1 && filters.TrueForAll(filter => filter.Operator == FilterOperator.Is);

    private static List<string> Values(IEnumerable<PropertyFilter> filters) => [.. filters.SelectMany(filter => filter.Values).Distinct()];

    private static GroupBy Group(PropertyFilter filter) => new(filter.Property, filter.Scope);

    private static Understanding.CannotAnswer Refuse(Draft draft, NamedEvent item, string text)
    {
        var named = draft.GroupBy.Select(property => property.Name).Concat(draft.Filters.Concat(draft.Segments.SelectMany(segment => segment.Filters)).Select(filter => filter.Property));
        var properties = named.Append(Segmenting.Best(draft.Reading.Index.Taxonomy)?.Name).OfType<string>().Distinct().Take(2);
        return new Understanding.CannotAnswer(text, [.. properties.Select(property => $"\"{item.Info.Name}\" by \"{property}\"")]);
    }

    /// <param name="Asked">The filters that only named the groups.</param>
    private sealed record Division(GroupBy By, IReadOnlyList<PropertyFilter> Asked, IReadOnlyList<string> Values);
}
