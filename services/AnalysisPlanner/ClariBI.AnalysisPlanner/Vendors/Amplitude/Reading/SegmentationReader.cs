using System.Text.Json;

namespace ClariBI.AnalysisPlanner.Vendors.Amplitude.Reading;

/// <summary>Reads a segmentation reply, as CSV in JSON or as JSON.</summary>
internal static class SegmentationReader
{
    public static SeriesSet Read(JsonElement reply)
    {
        var data = reply.Field("data");
        var csv = data.Field("csvResponse");
        if (csv.ValueKind != JsonValueKind.Undefined)
        {
            return SegmentationCsv.Read(csv);
        }

        var json = data.Field("jsonResponse") is { ValueKind: JsonValueKind.Object } wrapped ? wrapped : data;
        return json.Field("timeSeries", "overallSeries") is { ValueKind: JsonValueKind.Array }
            ? ReadJson(json)
            : throw AmplitudeShapes.Unreadable("a segmentation result");
    }

    private static SeriesSet ReadJson(JsonElement json)
    {
        var periods = json.Field("xValuesForTimeSeries", "xValues").Each().Select(value => value.Text() ?? "").ToList();
        var values = json.Field("timeSeries").Each().Select(series => series.Each().Select(point => point.Number()).ToList()).ToList();
        var totals = json.Field("overallSeries").Each().Select(point => point.Number()).ToList();
        var labels = json.Field("seriesLabels").Each().Select(Labels).ToList();
        var count = Math.Max(values.Count, totals.Count);
        return new SeriesSet(periods, [.. Enumerable.Range(0, count).Select(index => new Series(
            index < labels.Count ? labels[index] : ["All Users"],
            index < values.Count ? values[index] : [],
            index < totals.Count ? totals[index] : null))]);
    }

    /// <summary>A label is a text, or the segment's index followed by the group's values.</summary>
    private static List<string> Labels(JsonElement label) => label.ValueKind == JsonValueKind.Array
        ? [.. label.Each().Select(part => part.Text() ?? "")]
        : [label.Text() ?? ""];
}

internal static class AmplitudeShapes
{
    public static PlannerProblemException Unreadable(string what) => new(new PlannerProblem(
        "vendor-answer-unreadable", "Amplitude's answer could not be read.", $"It does not hold {what} in a form ClariBI knows. Ask again; if it stays so, report it."));
}
