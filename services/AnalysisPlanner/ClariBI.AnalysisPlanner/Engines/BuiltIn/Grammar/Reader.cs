using ClariBI.AnalysisPlanner.Engines.BuiltIn.Linking;
using ClariBI.AnalysisPlanner.Engines.BuiltIn.Words;

namespace ClariBI.AnalysisPlanner.Engines.BuiltIn.Grammar;

/// <summary>Takes a question apart. The order matters: what is most specific claims its words first.</summary>
internal static class Reader
{
    private static readonly HashSet<string> PaidPlan = ["paid", "paying", "payers", "payer"];

    private static readonly HashSet<string> YieldingWords =
        ["report", "reports", "dashboard", "dashboards", "account", "accounts", "sales", "group", "groups", "segment", "segments", "value", "member", "members", "visitors"];

    public static Reading Read(string question, TaxonomyIndex index, DateOnly today)
    {
        var (tokens, repairs) = Spelling.Correct(Tokenizer.Question(question), index);
        var reading = new Reading(question, tokens, index, today);
        reading.Assumptions.AddRange(repairs);

        EntityLinker.LinkWholeNames(reading);
        NumberWords.ReadRetention(reading);
        NumberWords.ReadWindow(reading);
        DateExpressions.Read(reading);
        ReadCues(reading);
        NumberWords.ReadTop(reading);
        ReadPaidPlan(reading);
        EntityLinker.LinkParts(reading);
        return reading;
    }

    private static void ReadCues(Reading reading)
    {
        for (var i = 0; i < reading.Tokens.Count; i++)
        {
            if (!reading.IsFree(i) || reading.Tokens[i].Quote > 0 || Lexicon.At(reading.Tokens, i, reading.IsFree) is not { } phrase || IsName(reading, i, phrase))
            {
                continue;
            }

            // "More than free users" compares; only before a number is it a bound.
            var end = i + phrase.Words.Length;
            var isBound = phrase.Cue is not (Cue.Over or Cue.Under) || (end < reading.Tokens.Count && reading.Tokens[end].IsNumber);
            reading.Cues.Add(new CueHit(isBound ? phrase.Cue : Cue.Than, i, end, phrase.Interval));
            reading.Claim(i, i + phrase.Words.Length);
            i += phrase.Words.Length - 1;
        }
    }

    /// <summary>"Reports", "sales" and "accounts" are the project's own where its events are called so; "US" is a country, "us" is not.</summary>
    private static bool IsName(Reading reading, int at, Phrase phrase)
    {
        var token = reading.Tokens[at];
        if (phrase.Words.Length > 1)
        {
            return false;
        }

        return phrase.Cue == Cue.Filler
            ? EntityLinker.IsCountryCode(token) && token.Text != "OK" && reading.Question.Any(char.IsAsciiLetterLower)
            : YieldingWords.Contains(token.Word) && reading.Index.NamesEvent(token.Stem);
    }

    /// <summary>"Paid" and "paying" users are those on any plan but the free one, unless a value says "paid" itself.</summary>
    private static void ReadPaidPlan(Reading reading)
    {
        for (var i = 0; i < reading.Tokens.Count; i++)
        {
            if (!reading.IsFree(i) || !PaidPlan.Contains(reading.Tokens[i].Word))
            {
                continue;
            }

            var plans = reading.Index.Taxonomy.Properties
                .Where(property => property.Scope == Contracts.AnalysisPlanner.PropertyScope.User && property.Values.Count > 1)
                .Select(property => (Property: property, Free: property.Values.FirstOrDefault(value => value.Equals("free", StringComparison.OrdinalIgnoreCase))))
                .Where(plan => plan.Free is not null)
                .Select(plan => new Candidate(new Entity.Value(plan.Property, [plan.Free!], Excluded: true), 0.8))
                .ToList();
            var named = SpanMatcher.Match(reading.Index, [reading.Tokens[i]]).Where(candidate => candidate.Entity is Entity.Value).ToList();
            var candidates = named.Any(candidate => candidate.Score > 0.99) ? named : [.. named.Select(candidate => candidate with { Score = 0.8 }), .. plans];
            if (candidates.Count > 0)
            {
                reading.Links.Add(new Link(i, i + 1, candidates));
                reading.Claim(i, i + 1);
            }
        }
    }
}
