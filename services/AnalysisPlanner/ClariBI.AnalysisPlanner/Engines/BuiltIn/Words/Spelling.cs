using ClariBI.AnalysisPlanner.Engines.BuiltIn.Linking;

namespace ClariBI.AnalysisPlanner.Engines.BuiltIn.Words;

/// <summary>Repairs words that are neither English of analysis nor part of a name, where exactly one known word is near.</summary>
internal static class Spelling
{
    public static (IReadOnlyList<Token> Tokens, IReadOnlyList<Assumption> Repairs) Correct(IReadOnlyList<Token> tokens, TaxonomyIndex index)
    {
        var repaired = new List<Token>(tokens.Count);
        var repairs = new List<Assumption>();
        foreach (var token in tokens)
        {
            if (token.Quote > 0 || IsKnown(token, index) || Nearest(token, index) is not { } nearest)
            {
                repaired.Add(token);
                continue;
            }

            repaired.Add(token with { Word = nearest, Stem = index.Knows(nearest) ? nearest : Stemmer.Stem(nearest) });
            repairs.Add(new Assumption("spelling", $"Read \u201c{token.Text}\u201d as a typing error."));
        }

        return (repaired, repairs);
    }

    private static bool IsKnown(Token token, TaxonomyIndex index) =>
        token.IsNumber
        || Distance.Tolerance(token.Word.Length) == 0
        || token.Word.Length > 24
        || index.Knows(token.Stem)
        || index.Knows(token.Word)
        || Synonyms.Vocabulary.Contains(token.Stem)
        || Lexicon.Vocabulary.Contains(token.Word)
        || Calendar.Vocabulary.Contains(token.Word)
        || Calendar.Month(token.Word) is not null;

    private static string? Nearest(Token token, TaxonomyIndex index)
    {
        // The taxonomy holds stems, the language whole words.
        var stems = index.Vocabulary.Concat(Synonyms.Vocabulary).Select(word => (Word: word, Distance: Between(token.Stem, word)));
        var words = Lexicon.Vocabulary.Concat(Calendar.Vocabulary).Select(word => (Word: word, Distance: Between(token.Word, word)));
        var near = stems.Concat(words).Where(match => match.Distance <= Distance.Tolerance(token.Word.Length)).DistinctBy(match => match.Word).ToList();
        if (near.Count == 0)
        {
            return null;
        }

        var least = near.Min(match => match.Distance);
        var best = near.Where(match => match.Distance == least).Select(match => match.Word).ToList();
        return best.Count == 1 || best.Select(Stemmer.Stem).Distinct().Count() == 1 ? best[0] : null;
    }

    private static int Between(string word, string known) =>
        known.Length < 4 || known[0] != word[0] ? int.MaxValue : Distance.Between(word, known, Distance.Tolerance(word.Length));
}
