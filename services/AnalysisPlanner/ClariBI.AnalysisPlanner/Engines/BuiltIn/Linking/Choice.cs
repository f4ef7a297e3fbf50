using ClariBI.AnalysisPlanner.Engines.BuiltIn.Words;
using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.AnalysisPlanner.Engines.BuiltIn.Linking;

/// <summary>Chooses among the candidates of a link by what stands around it; keeps several where the choice would be a guess.</summary>
internal static class Choice
{
    private const double Tie = 0.06;

    // Where only part of an event's name was said, other events with that part are as likely.
    private const double TieOfParts = 0.3;
    private const double Whole = 0.85;
    private const double Weak = 0.58;

    // A name used this many times as often as its rival is the one people mean.
    private const int Dominance = 20;

    public static IReadOnlyList<Entity> Of(Reading reading, Link link)
    {
        var shared = reading.Links
            .Where(other => other != link && Math.Abs(other.Start - link.Start) <= 3)
            .SelectMany(other => other.Candidates.Where(candidate => candidate.Score > 0.6).Select(candidate => candidate.Entity))
            .ToHashSet();
        var isJoined = IsJoinedToEvent(reading, link);
        var ranked = link.Candidates
            .Select(candidate => (candidate.Entity, Score: candidate.Score + Bonus(reading, link, candidate.Entity) + Belonging(reading, link, candidate.Entity) + (candidate.Entity is Entity.Event ? (shared.Contains(candidate.Entity) ? 0.1 : 0) + (isJoined ? 0.2 : 0) : 0)))
            .OrderByDescending(candidate => candidate.Score)
            .ToList();
        if (link.Candidates[0].Score < Weak)
        {
            return Distinct(ranked.Select(candidate => candidate.Entity));
        }

        var top = ranked[0];
        var tie = top.Entity is Entity.Event && link.Candidates[0].Score < Whole && !shared.Contains(top.Entity) ? TieOfParts : Tie;
        var rivals = Distinct(ranked.Where(candidate => top.Score - candidate.Score < (candidate.Entity is Entity.Event ? tie : Tie)).Select(candidate => candidate.Entity));
        return rivals is [var only] ? [only] : Dominant(rivals);
    }

    private static double Bonus(Reading reading, Link link, Entity entity)
    {
        var (before, after) = (reading.Before(link.Start)?.Cue, reading.After(link.End)?.Cue);
        return entity switch
        {
            Entity.Property when before is Cue.By or Cue.Each or Cue.Which || after is Cue.By => 0.2,
            Entity.Property when before is Cue.Top or Cue.Bottom => 0.15,
            Entity.Value when after is Cue.Users => 0.2,
            Entity.Event when before is Cue.From or Cue.To && reading.Has(Cue.From) && reading.Has(Cue.To) => 0.15,
            Entity.Value when before is Cue.Not or Cue.Only or Cue.From || IsAfterPreposition(reading, link) => 0.15,
            Entity.Event when before is Cue.Who or Cue.HowMany or Cue.Times or Cue.HowOften => 0.15,
            Entity.Event when reading.Tokens[link.Start].Word.EndsWith("ed", StringComparison.Ordinal) => 0.1,
            Entity.Event when before is Cue.Users && after is not Cue.Users => 0.1,
            _ => 0,
        };
    }

    /// <summary>A property of an event is meant where that event is spoken of, and hardly where it is not.</summary>
    private static double Belonging(Reading reading, Link link, Entity entity)
    {
        var property = entity switch { Entity.Value value => value.Of, Entity.Property named => named.Info, _ => null };
        if (property is not { Scope: PropertyScope.Event, Event: { } owner })
        {
            return 0;
        }

        return reading.Links.Any(other => other != link && other.Best is Entity.Event item && item.Info.Name == owner) ? 0.1 : -0.1;
    }

    /// <summary>"Searches and plays", "from search to play": what is joined to an event is most likely one itself.</summary>
    private static bool IsJoinedToEvent(Reading reading, Link link)
    {
        return reading.Links.Any(other => other != link && other.Best is Entity.Event && (Joins(link.End, other.Start) || Joins(other.End, link.Start)));

        bool Joins(int end, int start) =>
            reading.Cues.Any(hit => hit.Start == end && hit.End == start && hit.Cue is Cue.And or Cue.To or Cue.Compare or Cue.Than);
    }

    private static bool IsAfterPreposition(Reading reading, Link link) =>
        link.Start > 0 && reading.Tokens[link.Start - 1].Word is "on" or "in" or "from" or "via" or "among" or "using" or "through";

    /// <summary>The same property on the user and on an event, or on two events, is one thing to the person who asks: the user's comes first.</summary>
    private static List<Entity> Distinct(IEnumerable<Entity> entities) =>
        [.. entities
            .OrderBy(entity => entity is Entity.Property { Info.Scope: PropertyScope.Event } or Entity.Value { Of.Scope: PropertyScope.Event } ? 1 : 0)
            .DistinctBy(Key)];

    private static string Key(Entity entity) => entity switch
    {
        Entity.Event named => "event " + named.Info.Name,
        Entity.Property property => "property " + property.Info.Name,
        Entity.Value value => "value " + value.Of.Name,
        Entity.Cohort cohort => "cohort " + cohort.Info.Id,
        _ => "chart " + entity.Label,
    };

    private static List<Entity> Dominant(List<Entity> rivals)
    {
        if (!rivals.All(rival => rival is Entity.Event))
        {
            return rivals;
        }

        var byVolume = rivals.OrderByDescending(SpanMatcher.Volume).ToList();
        return SpanMatcher.Volume(byVolume[0]) > Dominance * Math.Max(1, SpanMatcher.Volume(byVolume[1])) ? [byVolume[0]] : byVolume;
    }
}
