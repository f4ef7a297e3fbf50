using System.Globalization;
using ClariBI.AnalysisPlanner.Engines.BuiltIn.Linking;

namespace ClariBI.AnalysisPlanner.Engines.BuiltIn.Grammar;

/// <summary>Questions back and refusals. The suggestions of a refusal are added by the engine.</summary>
internal static class Say
{
    public static Understanding Cannot(string text) => new Understanding.CannotAnswer(text, []);

    public static Understanding Unknown(IReadOnlyList<string> words) =>
        Cannot($"I found nothing in this project\u2019s data for {Quoted(words)}, so I cannot answer this without guessing.");

    /// <summary>Asks which of several names a phrase means; each option is the question with the phrase replaced by that name.</summary>
    public static Understanding WhichOne(Reading reading, Link link, IEnumerable<Entity> candidates)
    {
        var phrase = reading.TextOf(link.Start, link.End);
        var options = candidates.Take(5).Select(entity => new ClarifyingOption(entity.Label, Detail(entity), Replaced(reading, link, entity)));
        return new Understanding.NeedsClarification($"\u201c{phrase}\u201d can mean more than one thing here. Which one do you mean?", [.. options]);
    }

    public static Understanding Ask(string text, params IEnumerable<(string Label, string Question)> options) =>
        new Understanding.NeedsClarification(text, [.. options.Select(option => new ClarifyingOption(option.Label, null, option.Question))]);

    public static string Quoted(IEnumerable<string> words) => string.Join(", ", words.Take(4).Select(word => $"\u201c{(word.Length > 40 ? word[..40] + "\u2026" : word)}\u201d"));

    private static string? Detail(Entity entity) => entity switch
    {
        Entity.Event { Info.MonthlyVolume: { } volume } => $"event, {volume.ToString("N0", CultureInfo.InvariantCulture)} in the last 30 days",
        Entity.Event => "event",
        Entity.Property property => property.Info.Event is { } owner ? $"property of {owner}" : "property",
        Entity.Value => "value",
        Entity.Cohort { Info.Size: { } size } => $"cohort, {size.ToString("N0", CultureInfo.InvariantCulture)} users",
        Entity.Cohort => "cohort",
        _ => "saved chart",
    };

    private static string Replaced(Reading reading, Link link, Entity entity)
    {
        var (start, end) = (reading.Tokens[link.Start].Start, reading.Tokens[link.End - 1].End);
        var name = entity switch
        {
            Entity.Value { Excluded: true } value => $"\"{value.Of.Name}\" not \"{value.Values[0]}\"",
            Entity.Value value => $"\"{value.Of.Name}\" {string.Join(" or ", value.Values.Select(one => $"\"{one}\""))}",
            Entity.Event named => $"\"{named.Info.Name}\"",
            _ => $"\"{entity.Label}\"",
        };
        return string.Concat(reading.Question.AsSpan(0, start), name, reading.Question.AsSpan(end));
    }
}
