using ClariBI.AnalysisPlanner.Engines.BuiltIn.Words;
using ClariBI.AnalysisPlanner.Taxonomies;
using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.AnalysisPlanner.Engines.BuiltIn.Grammar;

/// <summary>Chooses the property to split by where the question says "segment" and names none.</summary>
internal static class Segmenting
{
    private static readonly string[][] Preferred =
    [
        ["segment"], ["channel"], ["plan"], ["tier"], ["source"], ["acquisit"], ["industry"], ["type"], ["role"], ["size"], ["platform"], ["region"], ["country"],
    ];

    public static void Apply(Draft draft)
    {
        if (!draft.Reading.Has(Cue.Segment) || draft.GroupBy.Count > 0 || draft.Segments.Count > 0 || Best(draft.Reading.Index.Taxonomy) is not { } property)
        {
            return;
        }

        draft.GroupBy.Add(property);
        draft.Assume("segment", $"The question does not say how users are divided, so segments are the values of {property.Name}.");
    }

    public static PropertyInfo? Best(Taxonomy taxonomy) => taxonomy.Properties
        .Where(property => property.Scope == PropertyScope.User && !property.IsNumeric && property.Values.Count is 0 or (>= 2 and <= 30))
        .OrderBy(property => property.Values.Count == 0)
        .ThenBy(Rank)
        .FirstOrDefault();

    private static int Rank(PropertyInfo property)
    {
        var stems = Tokenizer.Name(property.Name);
        var rank = Array.FindIndex(Preferred, words => words.Any(word => stems.Contains(Stemmer.Stem(word))));
        return rank < 0 ? Preferred.Length : rank;
    }
}
