namespace ClariBI.Sandbox.Data.Generation.Media;

/// <summary>Most is heard at weekends, and on three days something happened.</summary>
internal sealed class MediaCalendar(SampleCalendar days)
{
    /// <summary>Paid social brought many who did not stay.</summary>
    public const int CampaignDay = 55;

    /// <summary>A broken release lost half of Android's events.</summary>
    public const int LossDay = 41;

    /// <summary>The service was down half of the day.</summary>
    public const int OutageDay = 67;

    private static readonly double[] WeekdaySeason = [1.18, 0.90, 0.92, 0.95, 0.98, 1.08, 1.22];

    public SampleCalendar Days { get; } = days;

    public DateTime Now => Days.Now;

    public DateTime FirstDay => Days.FirstDay;

    public double Season(int day) => WeekdaySeason[(int)Days.Weekday(day)] * (day == OutageDay ? 0.45 : 1);
}
