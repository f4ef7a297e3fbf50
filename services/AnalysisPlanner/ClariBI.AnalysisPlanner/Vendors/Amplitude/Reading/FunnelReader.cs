using System.Text.Json;

namespace ClariBI.AnalysisPlanner.Vendors.Amplitude.Reading;

/// <param name="Segment">Index of the asked segment.</param>
/// <param name="Users">Users who reached each step.</param>
/// <param name="MedianSeconds">Median time from the step before; empty where the vendor does not say.</param>
internal sealed record FunnelSeries(int Segment, string? Group, IReadOnlyList<string> Steps, IReadOnlyList<double> Users, IReadOnlyList<double> MedianSeconds);

internal static class FunnelReader
{
    public static IReadOnlyList<FunnelSeries> Read(JsonElement reply)
    {
        var data = reply.Field("data");
        var json = data.Field("jsonResponse") is { ValueKind: JsonValueKind.Object } wrapped ? wrapped : data;
        var series = json.Field("data").Each().Concat(json.Each()).Where(item => item.Field("cumulativeRaw").ValueKind == JsonValueKind.Array).ToList();
        return series.Count > 0 ? [.. series.Select(Series)] : throw AmplitudeShapes.Unreadable("a funnel");
    }

    /// <summary>Times come in milliseconds.</summary>
    private static FunnelSeries Series(JsonElement item) => new(
        (int)(item.Field("meta").Field("segmentIndex").Number() ?? 0),
        item.Field("groupValue").Text(),
        [.. item.Field("events").Each().Select(step => step.Text() ?? "")],
        [.. item.Field("cumulativeRaw").Each().Select(count => count.Number() ?? 0)],
        [.. item.Field("medianTransTimes").Each().Select(time => (time.Number() ?? 0) / 1000)]);
}
