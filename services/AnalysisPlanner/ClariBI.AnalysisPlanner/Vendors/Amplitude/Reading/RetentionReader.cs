using System.Text.Json;

namespace ClariBI.AnalysisPlanner.Vendors.Amplitude.Reading;

/// <param name="Days">By distance from the start, 0 first.</param>
internal sealed record RetentionSeries(int Segment, string? Group, IReadOnlyList<RetentionDay> Days);

/// <param name="Returned">Users who came back, of <paramref name="Users"/> who could have.</param>
/// <param name="Complete">False where no cohort has lived through this day yet.</param>
internal readonly record struct RetentionDay(double Returned, double Users, bool Complete);

/// <summary>
/// In each cohort index 0 is its size and index n + 1 the n-th day. A share is weighted over the cohorts whose day is over:
/// the youngest ones would pull every later day down.
/// </summary>
internal static class RetentionReader
{
    public static IReadOnlyList<RetentionSeries> Read(JsonElement reply)
    {
        var data = reply.Field("data");
        var json = data.Field("jsonResponse") is { ValueKind: JsonValueKind.Object } wrapped ? wrapped : data;
        if (json.Field("data") is { ValueKind: JsonValueKind.Object } inner)
        {
            json = inner;
        }

        var series = json.Field("series");
        if (series.ValueKind != JsonValueKind.Array)
        {
            throw AmplitudeShapes.Unreadable("retention");
        }

        var metas = json.Field("seriesMeta").Each().ToList();
        return [.. series.Each().Select((item, index) => new RetentionSeries(
            (int)((index < metas.Count ? metas[index] : default).Field("segmentIndex").Number() ?? 0),
            index < metas.Count ? metas[index].Field("groupValue").Text() : null,
            Days(item)))];
    }

    private static List<RetentionDay> Days(JsonElement series)
    {
        var cohorts = series.Field("values") is { ValueKind: JsonValueKind.Object } values
            ? values.EnumerateObject().Select(cohort => cohort.Value.Each().Skip(1).Select(ReadDay).ToList()).ToList()
            : [];
        var days = new List<RetentionDay>();
        for (var day = 0; day < cohorts.Select(cohort => cohort.Count).DefaultIfEmpty(0).Max(); day++)
        {
            var lived = cohorts.Where(cohort => cohort.Count > day).Select(cohort => cohort[day]).ToList();
            var complete = lived.Where(cell => cell.Complete).ToList();
            var counted = complete.Count > 0 ? complete : lived;
            days.Add(new RetentionDay(counted.Sum(cell => cell.Returned), counted.Sum(cell => cell.Users), complete.Count > 0));
        }

        return days;
    }

    private static RetentionDay ReadDay(JsonElement cell) => new(
        cell.Field("count").Number() ?? 0,
        cell.Field("outof").Number() ?? 0,
        cell.Field("incomplete").ValueKind != JsonValueKind.True);
}
