namespace ClariBI.Sandbox.Data.Generation.Marketplace;

/// <summary>Shopping happens at weekends and before holidays, on the clocks of the Pacific coast.</summary>
internal sealed class MarketCalendar(SampleCalendar days)
{
    /// <summary>The payment provider was down: most checkouts ended without an order.</summary>
    public const int PaymentOutageDay = 47;

    private static readonly double[] WeekdaySeason = [1.26, 0.94, 0.86, 0.87, 0.92, 1.0, 1.22];

    public SampleCalendar Days { get; } = days;

    public double Season(int day) => WeekdaySeason[(int)Days.Weekday(day)] * Holiday(Days.Date(day));

    private static double Holiday(DateTime date) => (date.Month, date.Day) switch
    {
        (2, >= 8 and <= 13) => 1.25,
        (5, >= 4 and <= 9) => 1.2,
        (7, 4) => 0.7,
        (10, >= 18 and <= 29) => 1.18,
        (11, >= 20) => 1.25,
        (12, <= 17) => 1.5,
        (12, 24 or 25) => 0.45,
        _ => 1,
    };

    public int StartDay(ref SplitMix random)
    {
        while (true)
        {
            var day = random.Below(SampleCalendar.Days);
            if (random.Chance((1 + (0.8 * day / SampleCalendar.Days)) * Season(day) / 3.6))
            {
                return day;
            }
        }
    }
}
