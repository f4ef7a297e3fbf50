using System.Globalization;
using System.Text.Json.Nodes;

namespace ClariBI.Sandbox.Query;

/// <summary>Results in the hosted server's two forms: CSV inside JSON, and JSON.</summary>
internal static class ChartRendering
{
    /// <summary>
    /// A title row, an empty row, then a block whose header starts with "Segment". Groups past the series limit follow in a block
    /// of their own with a single Total column; with a limit of 0 that block is the only one.
    /// </summary>
    public static JsonObject Csv(ChartQuery query, List<Series> all, ChartLimits limits)
    {
        var range = query.Range;
        var labels = new List<string>();
        labels.AddRange(all.Any(series => series.Event is not null) ? ["Event"] : []);
        labels.AddRange(query.GroupBy.Select(key => key.Property));
        labels.AddRange(query is SegmentationQuery { Metric: Metric.Frequency } ? ["Times"] : []);
        var kept = all.GroupBy(series => (series.Segment, series.Event)).Select(part => part.OrderByDescending(series => series.Overall).ThenBy(series => string.Join('\n', series.Group), StringComparer.Ordinal).Take(limits.Groups).ToArray()).ToArray();
        var drawn = kept.SelectMany(part => part.Take(limits.TimeSeries)).ToArray();
        var totals = kept.SelectMany(part => part.Skip(limits.TimeSeries)).ToArray();
        var buckets = range.Buckets.Select((bucket, index) => (bucket, index)).Where(pair => !limits.OnlyComplete || range.IsComplete(pair.bucket)).ToArray();

        var rows = new JsonArray(new JsonArray(Cell(query.Name)));
        if (drawn.Length > 0 || totals.Length == 0)
        {
            rows.Add(new JsonArray());
            rows.Add(Row(["Segment", .. labels], buckets.Select(pair => JsonValue.Create(range.Label(pair.bucket)))));
            foreach (var series in drawn)
            {
                rows.Add(Row(Labels(series), buckets.Select(pair => Number(series.Values[pair.index]))));
            }
        }

        if (totals.Length > 0)
        {
            rows.Add(new JsonArray());
            rows.Add(Row(["Segment", .. labels], [JsonValue.Create("Total")]));
            foreach (var series in totals)
            {
                rows.Add(Row(Labels(series), [Number(series.Overall)]));
            }
        }

        return new() { ["isCsvResponse"] = true, ["csvResponse"] = new JsonObject { ["data"] = rows } };
    }

    public static JsonObject Funnel(FunnelQuery query, List<FunnelResult> results) => Json(new()
    {
        ["data"] = new JsonArray([.. results.Select(result => new JsonObject
        {
            ["meta"] = new JsonObject { ["segmentIndex"] = result.SegmentIndex },
            ["events"] = new JsonArray([.. query.Steps.Select(step => JsonValue.Create(step.Name))]),
            ["cumulativeRaw"] = Numbers(result.Reached.Select(count => (double)count)),
            ["cumulative"] = Numbers(result.Reached.Select(count => Ratio(count, result.Reached[0]))),
            ["stepByStep"] = Numbers(result.Reached.Select((count, step) => Ratio(count, result.Reached[Math.Max(0, step - 1)]))),
            ["medianTransTimes"] = Numbers(result.TransitionMilliseconds.Select(Median)),
            ["avgTransTimes"] = Numbers(result.TransitionMilliseconds.Select(Average)),
            ["dayFunnels"] = Days(query, result, day => day.Reached.Select(count => (double)count), withCompleteness: true),
            ["dayMedianTransTimes"] = Days(query, result, day => day.Transitions.Select(Median), withCompleteness: false),
            ["dayAvgTransTimes"] = Days(query, result, day => day.Transitions.Select(Average), withCompleteness: false),
            ["groupValue"] = result.Group,
        })]),
        ["numSeries"] = results.Count,
        ["wasCached"] = false,
        ["backend"] = "sandbox",
    });

    public static JsonObject Retention(RetentionQuery query, List<RetentionResult> results) => Json(new()
    {
        ["series"] = new JsonArray([.. results.Select(result => RetentionSeries(query, result))]),
        ["seriesMeta"] = new JsonArray([.. results.Select(result => new JsonObject { ["segmentIndex"] = result.SegmentIndex, ["eventIndex"] = 0, ["groupValue"] = result.Group })]),
    });

    private static JsonObject RetentionSeries(RetentionQuery query, RetentionResult result)
    {
        var cohorts = result.Cohorts.Reverse().ToArray();
        var values = new JsonObject();
        foreach (var (cohort, (size, returned)) in cohorts)
        {
            var cells = returned.Select((count, column) => Cell(count, size, Query.Retention.IsIncomplete(query, cohort, column)));
            values[Short(query.Range, cohort)] = new JsonArray([Cell(size, size, false), .. cells]);
        }

        var columns = cohorts.Select(cohort => cohort.Value.Returned.Length).DefaultIfEmpty(0).Max();
        return new()
        {
            ["dates"] = new JsonArray([.. cohorts.Select(cohort => JsonValue.Create(Short(query.Range, cohort.Key)))]),
            ["xValues"] = new JsonArray([.. cohorts.Select(cohort => JsonValue.Create(query.Range.Label(cohort.Key)))]),
            ["values"] = values,
            ["combined"] = new JsonArray([Cell(result.Size, result.Size, false), .. Enumerable.Range(0, columns).Select(column => Combined(query, cohorts, column))]),
        };
    }

    /// <summary>Sums the cohorts whose column is over; only where there is none, those that are still open, and says so.</summary>
    private static JsonObject Combined(RetentionQuery query, KeyValuePair<DateTime, (long Size, long[] Returned)>[] cohorts, int column)
    {
        var having = cohorts.Where(cohort => column < cohort.Value.Returned.Length).ToArray();
        var complete = having.Where(cohort => !Query.Retention.IsIncomplete(query, cohort.Key, column)).ToArray();
        var used = complete.Length > 0 ? complete : having;
        return Cell(used.Sum(cohort => cohort.Value.Returned[column]), used.Sum(cohort => cohort.Value.Size), complete.Length == 0);
    }

    private static JsonObject Cell(long count, long outOf, bool incomplete) => new() { ["count"] = count, ["outof"] = outOf, ["retainedSetId"] = null, ["incomplete"] = incomplete };

    private static JsonObject Days(FunnelQuery query, FunnelResult result, Func<(long[] Reached, List<long>[] Transitions), IEnumerable<double>> values, bool withCompleteness)
    {
        var range = query.Range;
        var days = new JsonObject
        {
            ["series"] = new JsonArray([.. result.Days.Values.Select(day => Numbers(values(day)))]),
            ["xValues"] = new JsonArray([.. result.Days.Keys.Select(day => JsonValue.Create(range.Label(day)))]),
            ["formattedXValues"] = new JsonArray([.. result.Days.Keys.Select(day => JsonValue.Create(Short(range, day)))]),
        };
        if (withCompleteness)
        {
            days["isComplete"] = new JsonArray([.. result.Days.Keys.Select(day => JsonValue.Create(DateRange.Next(day, range.Interval) + query.Window <= range.LocalNow))]);
        }

        return days;
    }

    private static JsonObject Json(JsonObject response) => new() { ["isCsvResponse"] = false, ["jsonResponse"] = response };

    private static string Short(DateRange range, DateTime bucket) =>
        bucket.ToString(range.End - range.Start > TimeSpan.FromDays(360) ? "MMM dd, yyyy" : range.Interval == Interval.Hour ? "MMM dd HH:mm" : "MMM dd", CultureInfo.InvariantCulture);

    private static IEnumerable<string> Labels(Series series) => [series.Segment, .. series.Event is null ? [] : new[] { series.Event }, .. series.Group];

    private static JsonArray Row(IEnumerable<string> labels, IEnumerable<JsonNode?> values) => new([.. labels.Select(Cell), .. values]);

    /// <summary>The tab keeps spreadsheets from reading text as a formula.</summary>
    private static JsonNode Cell(string text) => JsonValue.Create("\t" + text)!;

    private static JsonArray Numbers(IEnumerable<double> values) => new([.. values.Select(Number)]);

    /// <summary>Six decimals: sums of money would otherwise show the dust of binary fractions.</summary>
    private static JsonNode Number(double value) =>
        Math.Abs(value) < 1e15 && value == Math.Floor(value) ? JsonValue.Create((long)value) : JsonValue.Create(Math.Round(value, 6));

    private static double Ratio(long part, long whole) => whole == 0 ? 0 : (double)part / whole;

    private static double Average(List<long> values) => values.Count == 0 ? 0 : Math.Round(values.Average());

    private static double Median(List<long> values)
    {
        if (values.Count == 0)
        {
            return 0;
        }

        var sorted = values.Order().ToArray();
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : Math.Round((sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2.0);
    }
}
