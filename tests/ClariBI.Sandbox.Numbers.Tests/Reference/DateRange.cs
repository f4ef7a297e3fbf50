using System.Globalization;
using System.Text.RegularExpressions;

namespace ClariBI.Sandbox.Numbers.Tests.Reference;

/// <summary>Half open, in UTC.</summary>
internal sealed partial record DateRange(DateTime From, DateTime To)
{
    public bool Has(ExportedEvent item) => item.Time >= From && item.Time < To;

    public static DateRange Relative(string text, Calendar calendar, DateTime now)
    {
        var today = calendar.Local(now).Date;
        DateTime Begin(string interval, int back) => calendar.Utc(Calendar.Move(calendar.Start(now, interval), interval, -back));
        if (LastPattern().Match(text) is { Success: true } last)
        {
            return new(Begin(last.Groups[2].Value.ToLowerInvariant(), int.Parse(last.Groups[1].Value, CultureInfo.InvariantCulture) - 1), now);
        }

        return text switch
        {
            "Today" => new(calendar.Utc(today), now),
            "Yesterday" => new(calendar.Utc(today.AddDays(-1)), calendar.Utc(today)),
            _ when text.StartsWith("This ", StringComparison.Ordinal) => new(Begin(text[5..].ToLowerInvariant(), 0), now),
            _ when text.StartsWith("Last ", StringComparison.Ordinal) => new(Begin(text[5..].ToLowerInvariant(), 1), Begin(text[5..].ToLowerInvariant(), 0)),
            _ => throw new ArgumentOutOfRangeException(nameof(text), text, null),
        };
    }

    public static DateRange Absolute(string start, string? end, Calendar calendar, DateTime now) =>
        new(Moment(start, calendar, now, isEnd: false), end is null ? now : Moment(end, calendar, now, isEnd: true));

    private static DateTime Moment(string text, Calendar calendar, DateTime now, bool isEnd)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return DateTimeOffset.FromUnixTimeSeconds(seconds).UtcDateTime;
        }

        if (DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return calendar.Utc(isEnd ? day.AddDays(1) : day);
        }

        return text == "now" ? now : DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).UtcDateTime;
    }

    [GeneratedRegex("^Last ([0-9]+) (Hour|Day|Week|Month|Quarter)s?$")]
    private static partial Regex LastPattern();
}
