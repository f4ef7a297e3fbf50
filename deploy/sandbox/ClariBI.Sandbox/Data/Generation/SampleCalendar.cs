namespace ClariBI.Sandbox.Data.Generation;

/// <summary>The 90 days of the sample data, the last of which is not over. Days are those of a time zone.</summary>
internal sealed class SampleCalendar
{
    public const int Days = 90;
    private readonly DateTime[] starts;

    public SampleCalendar(DateTimeOffset now, string zone = "UTC")
    {
        Now = now.UtcDateTime;
        Zone = TimeZoneInfo.FindSystemTimeZoneById(zone);
        FirstDay = TimeZoneInfo.ConvertTime(now, Zone).Date.AddDays(1 - Days);
        starts = [.. Enumerable.Range(0, Days).Select(day => FirstDay.AddDays(day) - Zone.GetUtcOffset(FirstDay.AddDays(day).AddHours(12)))];
    }

    public DateTime Now { get; }

    public TimeZoneInfo Zone { get; }

    /// <summary>A date of the zone.</summary>
    public DateTime FirstDay { get; }

    public DateTime Date(int day) => FirstDay.AddDays(day);

    public DayOfWeek Weekday(int day) => Date(day).DayOfWeek;

    /// <summary>The moment (UTC) an hour of a day begins on the clocks of the zone; good to an hour on the nights the clocks change.</summary>
    public DateTime At(int day, int hour) => starts[day].AddHours(hour);
}
