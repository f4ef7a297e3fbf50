using System.Globalization;
using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.Charts.Descriptions;

/// <summary>Values as a description says them: whole numbers exact, others with three significant digits, always with the unit.</summary>
internal static class Figures
{
    private static readonly string[] DateForms = ["yyyy-MM-dd", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mm", "yyyy-MM-dd HH:mm:ss"];

    public static string Say(Cell cell, Column column) => cell switch
    {
        { Number: { } number } => Say(number, column),
        { Text: { } text } => column.Type == ColumnType.Date ? Date(text) : text,
        _ => "no value",
    };

    public static string Say(double value, Column column) => column.Type switch
    {
        ColumnType.Percent => Percent(value),
        ColumnType.Duration => Duration(value),
        ColumnType.Number or ColumnType.Currency when column.Unit is { Length: > 0 } unit => $"{Number(value)} {unit}",
        _ => Number(value),
    };

    public static string Number(double value)
    {
        if (value == Math.Floor(value) || Math.Abs(value) >= 1000)
        {
            return value.ToString("N0", CultureInfo.InvariantCulture);
        }

        var decimals = Math.Abs(value) switch { >= 100 => 0, >= 10 => 1, >= 1 => 2, _ => 3 };
        return Math.Round(value, decimals).ToString("0.###", CultureInfo.InvariantCulture);
    }

    public static string Percent(double share) => (share * 100).ToString("#,0.#", CultureInfo.InvariantCulture) + " %";

    public static string Date(string text) =>
        DateTime.TryParseExact(text, DateForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date.ToString(date.TimeOfDay == TimeSpan.Zero ? "d MMM yyyy" : "d MMM yyyy HH:mm", CultureInfo.InvariantCulture)
            : text;

    private static string Duration(double seconds) => Math.Abs(seconds) switch
    {
        < 60 => $"{Number(seconds)} s",
        < 3600 => Two(seconds, 60, "min", 1, "s"),
        < 86400 => Two(seconds, 3600, "h", 60, "min"),
        _ => Two(seconds, 86400, "d", 3600, "h"),
    };

    private static string Two(double seconds, int large, string largeUnit, int small, string smallUnit)
    {
        var whole = (long)Math.Round(seconds / small) * small;
        var rest = Math.Abs(whole % large) / small;
        return rest == 0 ? $"{whole / large} {largeUnit}" : $"{whole / large} {largeUnit} {rest} {smallUnit}";
    }
}
