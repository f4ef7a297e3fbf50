namespace ClariBI.Sandbox.Data.Generation.Saas;

/// <summary>Work is done on weekdays in offices of Central Europe; more companies join every week.</summary>
internal sealed class SaasCalendar(SampleCalendar days)
{
    /// <summary>The login was broken for half a working day.</summary>
    public const int OutageDay = 58;

    private static readonly double[] WeekdaySeason = [0.09, 1.06, 1.12, 1.1, 1.06, 0.86, 0.12];

    public SampleCalendar Days { get; } = days;

    public double Season(int day) => WeekdaySeason[(int)Days.Weekday(day)] * (day == OutageDay ? 0.5 : 1);

    public int StartDay(ref SplitMix random)
    {
        while (true)
        {
            var day = random.Below(SampleCalendar.Days);
            if (random.Chance((1 + (0.9 * day / SampleCalendar.Days)) * Season(day) / 2.2))
            {
                return day;
            }
        }
    }
}
