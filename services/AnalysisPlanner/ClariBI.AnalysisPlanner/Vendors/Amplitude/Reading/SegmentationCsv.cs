using System.Globalization;
using System.Text.Json;

namespace ClariBI.AnalysisPlanner.Vendors.Amplitude.Reading;

/// <summary>
/// Amplitude's CSV inside JSON: rows of metadata, then one or more blocks, each with a header that begins with "Segment".
/// Text cells start with a tab. A block is a series per row, or, where its header ends in "Total", one number per row.
/// </summary>
internal static class SegmentationCsv
{
    private const string TotalHeader = "Total";

    public static SeriesSet Read(JsonElement csv)
    {
        var periods = new List<string>();
        var series = new Dictionary<string, Series>(StringComparer.Ordinal);
        Header? header = null;
        foreach (var row in Rows(csv))
        {
            if (row.Count > 0 && row[0].StartsWith("Segment", StringComparison.OrdinalIgnoreCase))
            {
                header = Header.Read(row);
                periods = periods.Count == 0 ? header.Periods : periods;
            }
            else if (header is not null && row.Any(cell => cell.Length > 0))
            {
                var read = ReadRow(row, header);
                var key = string.Join('\u001f', read.Labels);
                series[key] = series.TryGetValue(key, out var known) ? Merge(known, read) : read;
            }
        }

        return new SeriesSet(periods, [.. series.Values]);
    }

    private static Series ReadRow(List<string> row, Header header)
    {
        var labels = row.Take(header.Labels).ToList();
        var values = header.Periods.Select((_, index) => Number(row, header.Labels + index)).ToList();
        double? total = header.TotalColumn is { } column ? Number(row, column) : null;
        if (labels.FindIndex(label => label == TotalHeader) is var marker and >= 0)
        {
            // A row that is itself the total of the group named before it.
            labels.RemoveAt(marker);
            total ??= values.FirstOrDefault(value => value is not null);
            values = [];
        }

        return new Series(labels, values, total);
    }

    private static Series Merge(Series one, Series other) =>
        new(one.Labels, one.Values.Count > 0 ? one.Values : other.Values, one.Total ?? other.Total);

    private static double? Number(List<string> row, int column) =>
        column < row.Count && double.TryParse(row[column].TrimEnd('%'), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The rows come as arrays, or as one text.</summary>
    private static IEnumerable<List<string>> Rows(JsonElement csv)
    {
        if (csv.ValueKind == JsonValueKind.Object)
        {
            csv = csv.Field("data");
        }

        return csv.ValueKind == JsonValueKind.String
            ? CsvText.Parse(csv.GetString()!).Select(Clean)
            : csv.Each().Select(row => Clean(row.Each().Select(cell => cell.Text() ?? "")));
    }

    private static List<string> Clean(IEnumerable<string> cells) => [.. cells.Select(cell => cell.Trim())];

    private sealed record Header(int Labels, List<string> Periods, int? TotalColumn)
    {
        public static Header Read(List<string> row)
        {
            var labels = 1;
            while (labels < row.Count && !IsPeriod(row[labels]) && !IsTotal(row[labels]))
            {
                labels++;
            }

            var total = row.FindIndex(labels, IsTotal);
            return new Header(labels, [.. row.Skip(labels).TakeWhile(IsPeriod)], total < 0 ? null : total);
        }

        private static bool IsTotal(string cell) => cell.Equals(TotalHeader, StringComparison.OrdinalIgnoreCase);

        private static bool IsPeriod(string cell) =>
            cell.Length >= 8 && DateTime.TryParse(cell, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
    }
}
