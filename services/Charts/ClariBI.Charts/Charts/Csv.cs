using System.Buffers;
using System.Globalization;
using System.Text;
using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.Charts.Charts;

/// <summary>RFC 4180 with exact values: shares as 0..1, durations in seconds.</summary>
internal static class Csv
{
    private const string LineEnd = "\r\n";

    // A spreadsheet runs text that begins with one of these as a formula. A number may begin with a minus: it is no text.
    private static readonly SearchValues<char> Dangerous = SearchValues.Create("=+-@\t\r\n＝＋－＠");
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n");

    public static string Write(ResultTable table)
    {
        var csv = new StringBuilder();
        csv.AppendJoin(',', table.Columns.Select(column => Text(column.Label))).Append(LineEnd);
        foreach (var row in table.Rows)
        {
            csv.AppendJoin(',', row.Select(Field)).Append(LineEnd);
        }

        return csv.ToString();
    }

    private static string Field(Cell cell) =>
        cell.Number?.ToString("R", CultureInfo.InvariantCulture) ?? (cell.Text is { } text ? Text(text) : "");

    private static string Text(string text)
    {
        var safe = text.Length > 0 && Dangerous.Contains(text[0]) ? "'" + text : text;
        return safe.AsSpan().ContainsAny(Quoted) ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}
