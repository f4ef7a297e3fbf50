using ClariBI.AnalysisPlanner.Engines.BuiltIn.Words;

namespace ClariBI.AnalysisPlanner.Engines.BuiltIn.Linking;

/// <summary>Finds names of the taxonomy in a question: whole names before dates and cues are read, parts of names and synonyms after.</summary>
internal static class EntityLinker
{
    private const int LongestSpan = 6;

    // Words of the language that give way to a name of this project which is exactly that word.
    private static readonly HashSet<Cue> Yielding =
        [Cue.Revenue, Cue.Segment, Cue.Engagement, Cue.Activation, Cue.Events, Cue.Charts, Cue.Cohorts, Cue.Track];

    // Words that may stand inside a name without belonging to it: "accounts were created", "completed their onboarding".
    private static readonly HashSet<string> Between =
        ["their", "my", "our", "your", "his", "her", "some", "any", "this", "were", "was", "are", "is", "been", "being", "be", "have", "has", "had", "got", "get",
            "something", "anything", "it", "them"];

    private static readonly HashSet<string> BesideValues =
        ["vs", "versus", "and", "or", "users", "customers", "accounts", "plan", "tier", "compare", "between", "than"];

    public static void LinkWholeNames(Reading reading)
    {
        var allowsCharts = reading.Tokens.Any(token => token.Quote > 0 || token.Word is "chart" or "charts" or "funnel" or "report" or "dashboard" or "saved" or "graph");
        for (var length = LongestSpan; length >= 1; length--)
        {
            for (var start = 0; start + length <= reading.Tokens.Count; start++)
            {
                if (IsCandidate(reading, start, length) && !IsPlainLanguage(reading, start, length))
                {
                    LinkWholeName(reading, start, length, allowsCharts);
                }
            }
        }
    }

    public static void LinkParts(Reading reading)
    {
        for (var length = LongestSpan; length >= 1; length--)
        {
            for (var start = 0; start + length <= reading.Tokens.Count; start++)
            {
                if (!IsCandidate(reading, start, length) || reading.Tokens[start].IsNumber)
                {
                    continue;
                }

                var candidates = SpanMatcher.Match(reading.Index, Span(reading, start, length))
                    .Where(candidate => candidate.Entity is not Entity.Chart && (candidate.Entity is not Entity.Cohort || candidate.Score > 0.75))
                    .ToList();
                if (candidates.Count > 0)
                {
                    reading.Links.Add(new Link(start, start + length, candidates));
                    reading.Claim(start, start + length);
                }
            }
        }

        reading.Links.Sort((left, right) => left.Start.CompareTo(right.Start));
    }

    private static void LinkWholeName(Reading reading, int start, int length, bool allowsCharts)
    {
        var tokens = Span(reading, start, length);
        var candidates = SpanMatcher.Match(reading.Index, tokens)
            .Where(candidate => candidate.Score > 0.99 && (allowsCharts || candidate.Entity is not Entity.Chart))
            .ToList();
        if (candidates.Count == 0)
        {
            return;
        }

        // A chart's name is longer than the names in it, so where it is spoken of as a chart it is meant.
        if (candidates.Any(candidate => candidate.Entity is Entity.Chart) && length > 1)
        {
            candidates.RemoveAll(candidate => candidate.Entity is not Entity.Chart);
        }

        reading.Links.Add(new Link(start, start + length, candidates));
        reading.Claim(start, start + length);
    }

    private static bool IsCandidate(Reading reading, int start, int length)
    {
        var end = start + length - 1;
        for (var i = start; i <= end; i++)
        {
            if (!reading.IsFree(i) || reading.Tokens[i].Quote != reading.Tokens[start].Quote)
            {
                return false;
            }
        }

        return length == 1 || (IsContent(reading.Tokens[start]) && IsContent(reading.Tokens[end]));
    }

    private static bool IsContent(Token token) => !TaxonomyIndex.IsSmall(token.Word) && !Between.Contains(token.Word);

    private static IReadOnlyList<Token> Span(Reading reading, int start, int length) =>
        [.. reading.Tokens.Skip(start).Take(length).Where(token => length == 1 || !Between.Contains(token.Word))];

    /// <summary>"Active users" is a notion of its own even where an event is called "User Active"; quotation marks make it the name.</summary>
    private static bool IsPlainLanguage(Reading reading, int start, int length)
    {
        if (reading.Tokens[start].Quote > 0)
        {
            return false;
        }

        if (length == 1 && (Calendar.Vocabulary.Contains(reading.Tokens[start].Word) || reading.Tokens[start].IsNumber))
        {
            return true;
        }

        return Lexicon.At(reading.Tokens, start, reading.IsFree) is { } phrase
            && phrase.Words.Length >= length
            && !Yielding.Contains(phrase.Cue)
            && !(phrase.Words.Length == length && phrase.Cue is Cue.Trend or Cue.Change or Cue.NewUsers or Cue.Retention && IsBesideValue(reading, start, length))
            && !(phrase.Cue == Cue.Filler && (IsCountryCode(reading.Tokens[start]) || IsAfterBy(reading, start)));
    }

    // "Enterprise vs growth": the word is one side of a comparison, not a course over time.
    private static bool IsBesideValue(Reading reading, int start, int length) =>
        (start > 0 && BesideValues.Contains(reading.Tokens[start - 1].Word))
        || (start + length < reading.Tokens.Count && BesideValues.Contains(reading.Tokens[start + length].Word));

    // "By product": right behind "by" even a word that otherwise says nothing is a name.
    private static bool IsAfterBy(Reading reading, int start) => start > 0 && reading.Tokens[start - 1].Word is "by" or "per" or "each" or "which" or "across";

    // "US" is a country, "us" is not.
    public static bool IsCountryCode(Token token) => token.Text.Length == 2 && token.Text.All(char.IsAsciiLetterUpper);
}
