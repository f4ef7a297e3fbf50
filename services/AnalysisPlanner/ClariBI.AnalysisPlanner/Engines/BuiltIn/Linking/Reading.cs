using ClariBI.AnalysisPlanner.Engines.BuiltIn.Words;
using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.AnalysisPlanner.Engines.BuiltIn.Linking;

internal sealed record CueHit(Cue Cue, int Start, int End, Interval? Interval);

/// <param name="IsPrevious">True where the words place the period before another one: "the previous 7 days", "the week before".</param>
/// <param name="Length">Of such a period, as named; null for "the previous period", which is as long as the other one.</param>
/// <param name="NeedsOther">True where the words say nothing without the other period: "the week before".</param>
internal sealed record DateHit(
    int Start, int End, DateRange Range, bool IsPrevious = false, (string Unit, int Count)? Length = null, bool NeedsOther = false);

/// <summary>A question taken apart: every word is claimed by a date, a cue of the language or a name of the taxonomy, or is left over.</summary>
internal sealed class Reading(string question, IReadOnlyList<Token> tokens, TaxonomyIndex index, DateOnly today)
{
    private readonly bool[] _claimed = new bool[tokens.Count];

    public string Question { get; } = question;

    public IReadOnlyList<Token> Tokens { get; } = tokens;

    public TaxonomyIndex Index { get; } = index;

    public DateOnly Today { get; } = today;

    public List<CueHit> Cues { get; } = [];

    public List<Link> Links { get; } = [];

    public List<DateHit> Dates { get; } = [];

    public List<Assumption> Assumptions { get; } = [];

    /// <summary>The day or week of "7-day retention", "day 7", "after 4 weeks".</summary>
    public int? RetentionDay { get; set; }

    public bool IsRetentionInWeeks { get; set; }

    /// <summary>Why the period named cannot be looked at: it lies in the future, or has no days.</summary>
    public string? Impossible { get; set; }

    /// <summary>"Within 3 days".</summary>
    public int? WindowDays { get; set; }

    /// <summary>The number of "top 5".</summary>
    public int? TopCount { get; set; }

    public IEnumerable<int> Unclaimed => Enumerable.Range(0, Tokens.Count).Where(i => !_claimed[i]);

    public bool IsFree(int position) => position >= 0 && position < Tokens.Count && !_claimed[position];

    public void Claim(int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            _claimed[i] = true;
        }
    }

    public bool Has(Cue cue) => Cues.Any(hit => hit.Cue == cue);

    public CueHit? First(Cue cue) => Cues.Where(hit => hit.Cue == cue).MinBy(hit => hit.Start);

    /// <summary>The cue that ends right before a position; fillers in between are skipped.</summary>
    public CueHit? Before(int position)
    {
        var hit = Cues.FirstOrDefault(cue => cue.End == position);
        return hit is { Cue: Cue.Filler } ? Before(hit.Start) : hit;
    }

    public CueHit? After(int position)
    {
        var hit = Cues.FirstOrDefault(cue => cue.Start == position);
        return hit is { Cue: Cue.Filler } ? After(hit.End) : hit;
    }

    public string TextOf(int start, int end) => Question[Tokens[start].Start..Tokens[end - 1].End];
}
