using System.Text.Json;
using ClariBI.AnalysisPlanner.Vendors.Amplitude.Reading;
using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.AnalysisPlanner.Vendors.Amplitude.Tables;

/// <summary>
/// Gives the asked segments their names back. Amplitude labels a segment with its conditions, or with the name where the form
/// has one; the definition that comes with a reply lists those labels in the order asked.
/// </summary>
internal static class SegmentNames
{
    public static SeriesSet Rename(SeriesSet set, JsonElement reply, IReadOnlyList<Segment> segments)
    {
        if (segments.Count == 0)
        {
            return set;
        }

        var labels = reply.Field("data").Field("definition").Field("params").Field("segments").Each()
            .Select(segment => segment.Field("name").Text() ?? "").ToList();
        if (labels.Count != segments.Count || labels.Distinct().Count() != labels.Count)
        {
            labels = [.. set.Series.Select(series => series.Labels[0]).Distinct()];
        }

        return set with { Series = [.. set.Series.Select(series => series with { Labels = [Name(series.Labels[0], labels, segments), .. series.Labels.Skip(1)] })] };
    }

    private static string Name(string label, List<string> labels, IReadOnlyList<Segment> segments)
    {
        if (segments.FirstOrDefault(segment => segment.Name == label) is { } named)
        {
            return named.Name;
        }

        return labels.IndexOf(label) is var index && index >= 0 && index < segments.Count ? segments[index].Name : label;
    }
}
