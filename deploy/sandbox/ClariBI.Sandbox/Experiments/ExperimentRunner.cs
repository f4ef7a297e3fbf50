using System.Globalization;
using ClariBI.Sandbox.Data;
using ClariBI.Sandbox.Mcp;
using ClariBI.Sandbox.Query;
using ClariBI.Sandbox.Query.Funnels;
using ClariBI.Sandbox.Query.Segmentations;
using ClariBI.Sandbox.Tools;

namespace ClariBI.Sandbox.Experiments;

/// <summary>Which exposures count, and how they are grouped: by properties of the first exposure.</summary>
internal sealed record ExposureScope(Filter[] Filters, GroupKey? GroupBy);

/// <summary>One exposed user's figure for a metric.</summary>
internal sealed record Outcome(string Variant, string Group, double Value);

/// <summary>Reads exposures and what exposed users did from then on.</summary>
internal sealed class ExperimentRunner(Workspace workspace, ChartReading reading)
{
    public const string ExposureEvent = "$exposure";

    /// <summary>Exposed users per variant and group.</summary>
    public Dictionary<(string Variant, string Group), int> Users(Project project, Experiment experiment, ExposureScope scope)
    {
        var sql = Sql(project);
        var rows = workspace.Events(project).Read($"{Exposures(sql, project, experiment, scope)} SELECT variant, grp, count(*) FROM exposures GROUP BY ALL",
            sql.Parameters, reader => (Variant: reader.GetString(0), Group: reader.GetString(1), Count: (int)reader.GetInt64(2)));
        return rows.ToDictionary(row => (row.Variant, row.Group), row => row.Count);
    }

    public (bool IsRate, List<Outcome> Outcomes) Outcomes(Project project, Experiment experiment, SavedMetric metric, ExposureScope scope) => Chart(project, metric) switch
    {
        SegmentationQuery { Metric: Metric.Uniques } query => (true, Values(project, experiment, query, scope, "CASE WHEN count(found.seq) > 0 THEN 1 ELSE 0 END")),
        SegmentationQuery { Metric: Metric.PropertySum } query => (false, Values(project, experiment, query, scope, "coalesce(sum(found.value), 0)")),
        SegmentationQuery query => (false, Values(project, experiment, query, scope, "count(found.seq)")),
        FunnelQuery query => (true, Conversions(project, experiment, query, scope)),
        _ => throw new ToolErrorException(
            $"Metric {metric.Id} cannot be analysed per user: its chart has to be unique_users, event_totals, avg_per_user or property_sum of one event, or a plain ordered funnel, with at most one segment and without groups, windows, comparisons and performed conditions"),
    };

    /// <summary>Whether all that the metric's chart asks for is something a single user can have.</summary>
    public bool CanAnalyse(Project project, SavedMetric metric) => Chart(project, metric) is not null;

    /// <summary>Null when the chart asks for more than is computed here.</summary>
    private ChartQuery? Chart(Project project, SavedMetric metric) => reading.Read(project, metric.Chart.Element(), isTyped: true) switch
    {
        { GroupBy.Length: > 0 } or { Segments: not [{ Performed: [] }] } => null,
        SegmentationQuery { Metric: Metric.Uniques or Metric.Totals or Metric.Average or Metric.PropertySum, Window.Kind: WindowKind.None, Period: null, Events: [{ IsComparison: false, Name: not EventRef.Popular }] } query => query,
        FunnelQuery { Order: FunnelOrder.Ordered, Constant: [], Excluded: [], Measure: FunnelMeasure.Conversion or FunnelMeasure.ConversionOverTime } query => query,
        _ => null,
    };

    private List<Outcome> Values(Project project, Experiment experiment, SegmentationQuery query, ExposureScope scope, string value)
    {
        var sql = Sql(project);
        var measured = query.Events[0];
        var number = measured.GroupBy is [var key, ..] ? Query.Sql.Number(sql.Column(key)) : "0::DOUBLE";
        var (start, end) = Period(project, experiment);
        return Read(project, $"""
            {Exposures(sql, project, experiment, scope)}, found AS (SELECT uid, seq, {number} AS value FROM events WHERE {sql.Between(start, end)} AND {sql.Event(measured)} AND {sql.InSegment(query.Segments[0])})
            SELECT exposures.variant, exposures.grp, ({value})::DOUBLE FROM exposures LEFT JOIN found ON found.uid = exposures.uid AND found.seq >= exposures.seq
            GROUP BY exposures.uid, exposures.variant, exposures.grp
            """, sql);
    }

    /// <summary>1 for users who get through the steps in order within the window, after the exposure; the segment looks at the first step, as in the chart.</summary>
    private List<Outcome> Conversions(Project project, Experiment experiment, FunnelQuery query, ExposureScope scope)
    {
        var sql = Sql(project);
        var (start, end) = Period(project, experiment);
        var exposures = Exposures(sql, project, experiment, scope);
        var between = sql.Between(start, end);
        var steps = string.Concat(query.Steps.Select((step, index) => $", s{index} AS (SELECT uid, seq, ts FROM events WHERE {between} AND {sql.Event(step)}{(index == 0 ? $" AND {sql.InSegment(query.Segments[0])}" : "")})"));
        var window = string.Create(CultureInfo.InvariantCulture, $"to_seconds({query.Window.TotalSeconds:0})");

        // The next step is the earliest match after the one before: the earliest is never worse than a later one.
        var chain = string.Concat(query.Steps.Skip(1).Select((_, index) => $"""
            , c{index + 1} AS (SELECT c{index}.uid, c{index}.attempt, c{index}.began, min(s{index + 1}.seq) AS seq FROM c{index}
              JOIN s{index + 1} ON s{index + 1}.uid = c{index}.uid AND s{index + 1}.seq > c{index}.seq AND s{index + 1}.ts <= c{index}.began + {window} GROUP BY ALL)
            """));
        return Read(project, $"""
            {exposures}{steps}, c0 AS (SELECT s0.uid, s0.seq AS attempt, s0.ts AS began, s0.seq FROM s0 JOIN exposures ON s0.uid = exposures.uid AND s0.seq >= exposures.seq){chain}
            SELECT variant, grp, (CASE WHEN uid IN (SELECT uid FROM c{query.Steps.Length - 1}) THEN 1 ELSE 0 END)::DOUBLE FROM exposures
            """, sql);
    }

    /// <summary>The first exposure of each user; its filters and groups are read from that event.</summary>
    private string Exposures(Sql sql, Project project, Experiment experiment, ExposureScope scope)
    {
        var (start, end) = Period(project, experiment);
        var keep = string.Join(" AND ", scope.Filters.Select(filter => Filters.Condition(sql, filter)).DefaultIfEmpty("TRUE"));
        return $"""
            WITH exposures AS (
              SELECT uid, seq, variant, grp FROM (
                SELECT uid, seq, {sql.Label(new("variant", "event"))} AS variant, {(scope.GroupBy is { } key ? sql.Label(key) : "''")} AS grp, {keep} AS keep
                FROM events WHERE event_type = {sql.Value(ExposureEvent)} AND {sql.Column(new("flag_key", "event"))} = {sql.Value(experiment.Key)} AND {sql.Between(start, end)}
                QUALIFY row_number() OVER (PARTITION BY uid ORDER BY seq) = 1)
              WHERE keep)
            """;
    }

    private List<Outcome> Read(Project project, string text, Sql sql) =>
        workspace.Events(project).Read(text, sql.Parameters, reader => new Outcome(reader.GetString(0), reader.GetString(1), reader.GetDouble(2)));

    private (DateTime Start, DateTime End) Period(Project project, Experiment experiment)
    {
        var start = Midnight(experiment.Start, 0, project);
        var end = experiment.End is { } last ? Midnight(last, 1, project) : reading.Now;
        return (start, end < reading.Now ? end : reading.Now);
    }

    private static DateTime Midnight(string date, int daysLater, Project project) =>
        DateTime.SpecifyKind(DateRange.Utc(DateTime.Parse(date, CultureInfo.InvariantCulture).Date.AddDays(daysLater), project.Zone), DateTimeKind.Unspecified);

    private Sql Sql(Project project) => new(workspace.Events(project).Properties, project, reading.Now);
}
