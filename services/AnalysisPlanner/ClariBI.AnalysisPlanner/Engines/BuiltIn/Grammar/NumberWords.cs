using ClariBI.AnalysisPlanner.Engines.BuiltIn.Linking;
using ClariBI.AnalysisPlanner.Engines.BuiltIn.Words;

namespace ClariBI.AnalysisPlanner.Engines.BuiltIn.Grammar;

/// <summary>Numbers that belong to a rule and not to a date: the 7 of "7-day retention", "within 3 days", "top 5".</summary>
internal static class NumberWords
{
    private static readonly HashSet<string> RetentionWords =
        ["retention", "retain", "retained", "retaining", "retains", "return", "returned", "returning", "returns", "back", "around", "stay", "stayed", "still", "keep", "kept"];

    private static readonly HashSet<string> OfPast = ["last", "past", "previous", "trailing", "recent", "prior"];

    public static void ReadRetention(Reading reading)
    {
        if (!reading.Tokens.Any(token => RetentionWords.Contains(token.Word)) || reading.Tokens.Any(token => token.Word is "ago"))
        {
            return;
        }

        for (var i = 0; i < reading.Tokens.Count && reading.RetentionDay is null; i++)
        {
            if (DayAt(reading, i) is { } day)
            {
                reading.RetentionDay = day.Number;
                reading.IsRetentionInWeeks = day.InWeeks;
                var start = reading.IsFree(i - 1) && reading.Tokens[i - 1].Word is "after" or "on" or "at" or "by" ? i - 1 : i;
                var end = reading.IsFree(day.End) && reading.Tokens[day.End].Word is "later" ? day.End + 1 : day.End;
                reading.Claim(start, end);
            }
        }
    }

    public static void ReadWindow(Reading reading)
    {
        for (var i = 0; i + 2 < reading.Tokens.Count; i++)
        {
            if (reading.IsFree(i) && reading.Tokens[i].Word == "within" && Count(Word(reading, i + 1)) is { } count and > 0 and < 400
                && Calendar.Unit(Word(reading, i + 2)) is "hour" or "day" or "week" or "month")
            {
                reading.WindowDays = Calendar.Unit(Word(reading, i + 2)) switch
                {
                    "hour" => Math.Max(1, (count + 23) / 24),
                    "week" => 7 * count,
                    "month" => 30 * count,
                    _ => count,
                };
                reading.Claim(i, i + 3);
            }
        }
    }

    public static void ReadTop(Reading reading)
    {
        foreach (var hit in reading.Cues.Where(hit => hit.Cue is Cue.Top or Cue.Bottom).ToList())
        {
            foreach (var at in (ReadOnlySpan<int>)[hit.End, hit.Start - 1])
            {
                if (reading.TopCount is null && Calendar.Number(Word(reading, at)) is { } count and > 0 and <= 100)
                {
                    reading.TopCount = count;
                    reading.Claim(at, at + 1);
                }
            }
        }
    }

    private static (int Number, bool InWeeks, int End)? DayAt(Reading reading, int at)
    {
        var (word, next) = (Word(reading, at), Word(reading, at + 1));
        if (at > 0 && OfPast.Contains(reading.Tokens[at - 1].Word))
        {
            return null;
        }

        if (word.Length is > 1 and <= 4 && word[0] is 'd' or 'w' && Count(word[1..]) is { } shortForm && char.IsAsciiDigit(word[1]))
        {
            return (shortForm, word[0] == 'w', at + 1);
        }

        if (Count(word) is { } count && Calendar.Unit(next) is { } unit && InDays(count, unit) is { } length)
        {
            return (length, unit == "week" && count > 1, at + 2);
        }

        return word is "day" or "week" && Count(next) is { } number && char.IsAsciiDigit(next[0]) ? (number, word == "week", at + 2) : null;
    }

    private static int? InDays(int count, string unit) => unit switch
    {
        "day" => count,
        "week" => count == 1 ? 7 : count,
        "month" => 30 * count,
        _ => null,
    };

    private static int? Count(string word) => word is "a" or "an" or "one" ? 1 : Calendar.Number(word) is { } number and < 1000 ? number : null;

    private static string Word(Reading reading, int position) => reading.IsFree(position) ? reading.Tokens[position].Word : "";
}
