using ClariBI.AnalysisPlanner.Engines.BuiltIn.Words;

namespace ClariBI.AnalysisPlanner.Engines.BuiltIn.Linking;

/// <summary>What a few neighbouring words can mean in this taxonomy. Every word has to be accounted for.</summary>
internal static class SpanMatcher
{
    private const double Synonym = 0.92;
    private const double Least = 0.4;

    // A name that adds one of these to the words asked for means something else: "orders" are not "Order Cancelled".
    private static readonly HashSet<string> Adverse = [.. new[]
    {
        "cancel", "refund", "fail", "error", "abandon", "return", "remove", "start", "initiate", "begin", "click", "view", "delete", "decline",
        "request", "attempt", "revert", "expire", "unsubscribe", "impression", "reject", "dismiss", "skip", "resend", "update", "edit",
    }.Select(Stemmer.Stem)];

    // And these add nothing: an "Order Placed" is an order.
    private static readonly HashSet<string> Neutral = [.. new[]
    {
        "place", "complete", "submit", "make", "success", "successful", "confirm", "event", "user", "name", "count", "do",
    }.Select(Stemmer.Stem)];

    // What is usually meant when only the thing is named: workspaces are those created.
    private static readonly HashSet<string> Natural = [.. new[] { "create", "add", "start", "install", "publish", "upload", "send" }.Select(Stemmer.Stem)];

    /// <param name="span">Small words inside are allowed and ignored.</param>
    /// <returns>The likeliest first.</returns>
    public static IReadOnlyList<Candidate> Match(TaxonomyIndex index, IReadOnlyList<Token> span)
    {
        var stems = span.Select(token => token.Stem).Where(stem => !TaxonomyIndex.IsSmall(stem)).Distinct().ToArray();
        if (stems.Length == 0)
        {
            stems = [.. span.Select(token => token.Stem)];
        }

        var joined = string.Concat(span.Select(token => token.Stem));
        var found = new List<(Entity Entity, double Score)>();
        foreach (var name in index.Sharing(stems, joined))
        {
            found.Add((name.Entity, Shared(index, name, stems, joined)));
        }

        foreach (var (name, covered) in index.Meaning(stems))
        {
            found.Add((name.Entity, Synonym * Coverage(index, name, covered, stems)));
        }

        var best = found.Where(match => match.Score >= Least)
            .GroupBy(match => match.Entity)
            .Select(group => new Candidate(group.Key, group.Max(match => match.Score)));
        return [.. Grouped(best).OrderByDescending(candidate => candidate.Score).ThenByDescending(candidate => Volume(candidate.Entity))];
    }

    public static long Volume(Entity entity) => entity is Entity.Event { Info.MonthlyVolume: { } volume } ? volume : 0;

    private static double Shared(TaxonomyIndex index, IndexedName name, string[] stems, string joined)
    {
        if (name.Joined == joined)
        {
            return 1;
        }

        var covered = new HashSet<string>();
        var quality = 1.0;
        foreach (var stem in stems)
        {
            if (name.Stems.Contains(stem))
            {
                covered.Add(stem);
                continue;
            }

            var idea = name.Concepts?.Of([stem]) ?? [];
            var other = name.Ideas.FirstOrDefault(own => idea.Contains(own.Concept));
            if (other.Covered is null)
            {
                return 0;
            }

            covered.UnionWith(other.Covered);
            quality = 0.93;
        }

        return quality * Coverage(index, name, covered, stems);
    }

    private static double Coverage(TaxonomyIndex index, IndexedName name, IReadOnlyCollection<string> covered, string[] stems)
    {
        var rest = name.Stems.Where(stem => !covered.Contains(stem)).ToArray();
        if (rest.Length == 0)
        {
            return 1;
        }

        var missing = rest.Sum(stem => index.Weight(stem) * (Neutral.Contains(stem) ? 0.2 : 1));
        var present = name.Stems.Except(rest).Sum(index.Weight);
        return 0.5 + (0.45 * present / (present + missing)) - (ChangesMeaning(name, rest, stems) ? 0.2 : 0);
    }

    /// <summary>"Orders" are not "Order Cancelled", "sellers" are not "Seller Contacted", and a seller is not a "seller_tier".</summary>
    private static bool ChangesMeaning(IndexedName name, string[] rest, string[] stems) => name.Entity switch
    {
        Entity.Event => rest.Any(stem => (Adverse.Contains(stem) && !stems.Contains(stem)) || (name.Deeds.Contains(stem) && !Neutral.Contains(stem) && !Natural.Contains(stem))),
        Entity.Property => rest.Contains(name.Stems[^1]) && !Neutral.Contains(name.Stems[^1]),
        _ => false,
    };

    /// <summary>Several values of one property that share the word become one candidate, unless one of them is the very word.</summary>
    private static IEnumerable<Candidate> Grouped(IEnumerable<Candidate> candidates)
    {
        var all = candidates.ToList();
        foreach (var group in all.Where(candidate => candidate.Entity is Entity.Value).GroupBy(candidate => ((Entity.Value)candidate.Entity).Of))
        {
            var top = group.Max(candidate => candidate.Score);
            var members = top > 0.9 ? group.Where(candidate => candidate.Score == top).ToList() : [.. group];
            var values = members.SelectMany(candidate => ((Entity.Value)candidate.Entity).Values).Distinct();
            yield return new Candidate(new Entity.Value(group.Key, [.. group.Key.Values.Where(values.Contains)]), top);
        }

        foreach (var candidate in all.Where(candidate => candidate.Entity is not Entity.Value))
        {
            yield return candidate;
        }
    }
}
