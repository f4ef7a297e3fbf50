namespace ClariBI.Sandbox.Data.Generation;

/// <summary>The 90 days of the sample data, with a weekly season and three days on which something happened.</summary>
internal sealed class SampleCalendar(DateTimeOffset now)
{
    public const int Days = 90;

    /// <summary>Paid social brought many who did not stay.</summary>
    public const int CampaignDay = 55;

    /// <summary>A broken release lost half of Android's events.</summary>
    public const int LossDay = 41;

    /// <summary>The service was down half of the day.</summary>
    public const int OutageDay = 67;

    private static readonly double[] WeekdaySeason = [1.18, 0.90, 0.92, 0.95, 0.98, 1.08, 1.22];

    public DateTime Now { get; } = now.UtcDateTime;

    public DateTime FirstDay { get; } = now.UtcDateTime.Date.AddDays(1 - Days);

    public double Season(int day) => WeekdaySeason[(int)FirstDay.AddDays(day).DayOfWeek] * (day == OutageDay ? 0.45 : 1);
}
