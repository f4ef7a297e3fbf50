using ClariBI.AnalysisPlanner.Engines.BuiltIn.Linking;
using Calendar = ClariBI.AnalysisPlanner.Engines.BuiltIn.Words.Calendar;

namespace ClariBI.AnalysisPlanner.Engines.BuiltIn.Grammar;

/// <summary>Periods that hold no data whatever the project: in the future, of no length, or before anything was tracked.</summary>
internal static class ImpossiblePeriods
{
    private const int Years = 10;

    /// <summary>The sentence that names the period that begins at a word, or null where it is none or a possible one.</summary>
    public static string? Find(Reading reading, int start)
    {
        var word = reading.Tokens[start].Word;
        if (word is "last" or "past" or "previous" or "trailing" or "recent" or "prior" or "preceding" && Calendar.Unit(Word(reading, start + 2)) is { } unit)
        {
            return Counted(reading, start, unit);
        }

        if (word is "tomorrow")
        {
            return Future(reading.TextOf(start, start + 1));
        }

        if (word is "next" or "coming" or "upcoming" && FutureEnd(reading, start) is { } end)
        {
            return Future(reading.TextOf(start, end));
        }

        var at = word is "between" or "from" or "since" or "after" ? start + 1 : start;
        return AbsoluteDates.Read(reading, at) is { } date && date.Start > reading.Today ? Future(reading.TextOf(at, date.Next)) : null;
    }

    public static bool IsTooFar(string unit, int count) => count < 1 || (long)count * Days(unit) > Years * 366;

    private static string? Counted(Reading reading, int start, string unit)
    {
        var number = reading.Tokens[start + 1];
        if (!number.IsNumber && Calendar.Number(number.Word) is null)
        {
            return null;
        }

        var text = reading.TextOf(start, start + 3);
        if (IsNegative(reading, number.Start) || Calendar.Number(number.Word) is 0)
        {
            return $"\u201c{text}\u201d is not a period: it needs at least one {unit}.";
        }

        return Calendar.Number(number.Word) is not { } count || IsTooFar(unit, count)
            ? $"\u201c{text}\u201d reaches further back than I can look, which is ten years."
            : null;
    }

    private static bool IsNegative(Reading reading, int at)
    {
        var before = reading.Question.AsSpan(0, at).TrimEnd();
        return before.Length > 0 && before[^1] is '-' or '\u2212' or '\u2013';
    }

    private static int? FutureEnd(Reading reading, int start)
    {
        var at = Calendar.Number(Word(reading, start + 1)) is null ? start + 1 : start + 2;
        return Calendar.Unit(Word(reading, at)) is not null || Calendar.Month(Word(reading, at)) is not null ? at + 1 : null;
    }

    private static string Future(string text) => $"\u201c{text}\u201d lies in the future, and I can only count what has happened.";

    private static int Days(string unit) => unit switch { "week" => 7, "month" => 30, "quarter" => 91, "year" => 366, _ => 1 };

    private static string Word(Reading reading, int position) => reading.IsFree(position) ? reading.Tokens[position].Word : "";
}
