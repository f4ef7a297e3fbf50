using System.Globalization;
using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.AnalysisPlanner.Answers;

/// <summary>Numbers as they stand in prose: three significant digits with separators, counts below 1,000 exact, money below 1,000 to the cent.</summary>
internal static class Figures
{
    private const int Digits = 3;

    /// <summary>A value in the unit of its column.</summary>
    public static string Of(double value, Column column) => column.Type switch
    {
        ColumnType.Percent => Percent(value),
        ColumnType.Duration => Duration(value),
        ColumnType.Currency => Money(value, column.Unit),
        _ => Number(value),
    };

    public static string Number(double value)
    {
        if (value == Math.Floor(value) && Math.Abs(value) < 1000)
        {
            return value.ToString("0", CultureInfo.InvariantCulture);
        }

        var rounded = Rounded(value);
        return rounded.ToString(Math.Abs(rounded) >= 100 ? "#,0" : Math.Abs(rounded) >= 10 ? "0.#" : "0.####", CultureInfo.InvariantCulture);
    }

    /// <param name="share">0..1.</param>
    public static string Percent(double share) => Decimal(share * 100) + "\u00a0%";

    /// <summary>The difference of two shares, without its sign.</summary>
    public static string Points(double difference)
    {
        var points = Decimal(Math.Abs(difference) * 100);
        return points == "1" ? "1 point" : points + " points";
    }

    public static string Money(double value, string? currency)
    {
        // Less than a cent is not nothing.
        var cents = Math.Round(value, 2, MidpointRounding.AwayFromZero);
        var amount = Math.Abs(cents) is >= 0.01 and < 1000 ? cents.ToString("0.00", CultureInfo.InvariantCulture) : Number(value);
        return currency switch
        {
            "USD" => "$" + amount,
            "EUR" => "\u20ac" + amount,
            "GBP" => "\u00a3" + amount,
            null => amount,
            _ => $"{currency} {amount}",
        };
    }

    /// <param name="seconds">Shown in the largest unit of which there is at least one.</param>
    public static string Duration(double seconds) => Math.Abs(seconds) switch
    {
        < 60 => Number(seconds) + " seconds",
        < 3600 => Number(seconds / 60) + " minutes",
        < 86400 => Number(seconds / 3600) + " hours",
        _ => Number(seconds / 86400) + " days",
    };

    private static string Decimal(double value)
    {
        var rounded = Rounded(value);
        return rounded.ToString(Math.Abs(rounded) >= 100 ? "#,0" : Math.Abs(rounded) >= 10 ? "0.#" : Math.Abs(rounded) >= 1 ? "0.##" : "0.####", CultureInfo.InvariantCulture);
    }

    private static double Rounded(double value)
    {
        if (value == 0 || !double.IsFinite(value))
        {
            return 0;
        }

        var scale = Math.Pow(10, Digits - 1 - (int)Math.Floor(Math.Log10(Math.Abs(value))));
        return Math.Round(value * scale, MidpointRounding.AwayFromZero) / scale;
    }
}
