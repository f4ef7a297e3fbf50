using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.AnalysisPlanner.Engines.BuiltIn.Words;

/// <param name="Interval">Set for phrases that name an interval: daily, per week, MAU.</param>
internal sealed record Phrase(string[] Words, Cue Cue, Interval? Interval = null);

/// <summary>
/// The English that is about analysis rather than about this project's data. A word that stands neither here nor in the taxonomy is not
/// skipped: the question is declined, because the word may have changed its meaning.
/// </summary>
internal static class Lexicon
{
    private static readonly Dictionary<string, Phrase[]> ByFirstWord = Build();

    public static readonly IReadOnlySet<string> Vocabulary = ByFirstWord.Values.SelectMany(phrases => phrases).SelectMany(phrase => phrase.Words).ToHashSet();

    /// <summary>The longest phrase that begins at a word, or null.</summary>
    public static Phrase? At(IReadOnlyList<Token> tokens, int start, Func<int, bool> isFree)
    {
        if (!ByFirstWord.TryGetValue(tokens[start].Word, out var phrases))
        {
            return null;
        }

        foreach (var phrase in phrases)
        {
            var matches = start + phrase.Words.Length <= tokens.Count;
            for (var i = 0; matches && i < phrase.Words.Length; i++)
            {
                matches = isFree(start + i) && tokens[start + i].Word == phrase.Words[i];
            }

            if (matches)
            {
                return phrase;
            }
        }

        return null;
    }

    private static Dictionary<string, Phrase[]> Build()
    {
        var phrases = LexiconPhrases.All
            .SelectMany(line => line.Phrases.Split('|').Select(text => new Phrase(text.Split(' '), line.Cue, line.Interval)))
            .Concat(from interval in LexiconPhrases.Intervals
                    from text in interval.Phrases.Split('|')
                    select new Phrase(text.Split(' '), interval.Cue, interval.Interval));
        return phrases
            .GroupBy(phrase => phrase.Words[0])
            .ToDictionary(group => group.Key, group => group.OrderByDescending(phrase => phrase.Words.Length).ToArray());
    }
}
