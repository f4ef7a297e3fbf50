using System.Globalization;
using ClariBI.Sandbox.Data;

namespace ClariBI.Sandbox.Query;

/// <summary>Conditions and expressions over the events table. Every value from outside becomes a parameter.</summary>
internal sealed class Sql(PropertyCatalogue properties, Project project, DateTime now)
{
    public const string None = "(none)";
    private readonly List<object> parameters = [];

    public IReadOnlyList<object> Parameters => parameters;

    public DateTime Now => now;

    public string Value(object value)
    {
        parameters.Add(value);
        return string.Create(CultureInfo.InvariantCulture, $"${parameters.Count}");
    }

    public Property? Property(string scope, string name) => properties.Find(scope, name);

    public string Column(GroupKey key) => Property(key.Scope, key.Property)?.Column ?? "NULL::VARCHAR";

    /// <summary>The value as a label: 10, 10.0 and 1e1 of a numeric property are one.</summary>
    public string Label(GroupKey key)
    {
        var column = Column(key);
        var text = properties.Find(key.Scope, key.Property)?.IsNumeric == true
            ? $"CASE WHEN regexp_full_match({column}, '-?[0-9]+') THEN {column} ELSE regexp_replace(TRY_CAST({column} AS DOUBLE)::VARCHAR, '\\.0$', '') END"
            : column;
        return $"coalesce({text}, '{None}')";
    }

    /// <summary>The labels of several properties as one; empty where there is none.</summary>
    public string Labels(GroupKey[] keys, string separator = "; ") => keys.Length == 0 ? "''" : string.Join($" || '{separator}' || ", keys.Select(Label));

    /// <summary>Null where the value is no number. DuckDB would also read "nan" and "infinity".</summary>
    public static string Number(string column) => $"CASE WHEN isfinite(TRY_CAST({column} AS DOUBLE)) THEN TRY_CAST({column} AS DOUBLE) END";

    /// <summary>Events later than now do not exist, whatever a range says.</summary>
    public string UntilNow => $"ts < {Value(Plain(now))}";

    public string Between(DateTime start, DateTime end) => $"ts >= {Value(Plain(start))} AND ts < {Value(Plain(end < now ? end : now))}";

    public string Event(EventRef item) => string.Join(" AND ", item.Filters.Select(filter => Filters.Condition(this, filter)).Prepend(Which(item)));

    private string Which(EventRef item) => item.Members.Length > 0
        ? $"({string.Join(" OR ", item.Members.Select(member => $"({Event(member)})"))})"
        : item.Name switch
        {
            "_active" or "_all" => "TRUE",
            "_new" => "is_new",
            "_any_revenue_event" => $"({Number(Column(new("$revenue", "event")))}) IS NOT NULL",
            _ => $"event_type = {Value(item.Name)}",
        };

    /// <summary>Conditions on a row with uid and ts; range is the one whose intervals "performed" looks at.</summary>
    public string InSegment(Segment segment, DateRange range) =>
        segment.Performed.Length == 0 ? InSegment(segment) : $"{InSegment(segment)} AND {Performed(segment, range)}";

    /// <summary>What a segment asks of the performed events. The interval is spelled out only where it is asked for: a parameter that no SQL names is an error.</summary>
    public string Performed(Segment segment, DateRange range) =>
        string.Join(" AND ", segment.Performed.Select(performed => PerformedCondition.Of(this, performed, range, performed.Time == PerformedTime.AllTime ? "" : Bucket(range))).DefaultIfEmpty("TRUE"));

    /// <summary>Conditions on properties and cohorts only.</summary>
    public string InSegment(Segment segment)
    {
        var conditions = segment.Filters.Select(filter => Filters.Condition(this, filter))
            .Concat(segment.Cohorts.Select(cohort => $"uid {(cohort.IsIn ? "IN" : "NOT IN")} ({CohortRunner.Members(this, project, cohort.CohortId, now)})"));
        return string.Join(" AND ", conditions.DefaultIfEmpty("TRUE"));
    }

    /// <summary>The interval that the event lies in, as its start in local time.</summary>
    public string Bucket(DateRange range) => Bucket(range, range.Start, range.End);

    public string Bucket(DateRange range, DateTime from, DateTime until) => Truncate(range, range.Interval, LocalTime(range, from, until));

    public static string Truncate(DateRange range, Interval interval, string local)
    {
        var days = (8 - (int)range.WeekStart) % 7;
        return interval switch
        {
            Interval.FiveMinutes => $"time_bucket(INTERVAL 5 MINUTES, {local})",
            Interval.Week when days > 0 => string.Create(CultureInfo.InvariantCulture, $"date_trunc('week', {local} + INTERVAL {days} DAYS)::TIMESTAMP - INTERVAL {days} DAYS"),
            _ => $"date_trunc('{interval.ToString().ToLowerInvariant()}', {local})::TIMESTAMP",
        };
    }

    /// <summary>The event's time on the wall clock of the zone. Offsets are spelled out, so DuckDB needs no time zone data.</summary>
    public string LocalTime(DateRange range) => LocalTime(range, range.Start, range.End);

    public string LocalTime(DateRange range, DateTime from, DateTime until)
    {
        var pieces = ZoneOffsets.Between(range.Zone, from, until);
        var cases = pieces.Zip(pieces.Skip(1), (piece, next) => $"WHEN ts < {Value(Plain(next.From))} THEN {Shift(piece.Seconds)} ");
        return pieces.Count == 1 ? Shift(pieces[0].Seconds) : $"CASE {string.Concat(cases)}ELSE {Shift(pieces[^1].Seconds)} END";
    }

    /// <summary>A moment as a literal, for lists too long for parameters.</summary>
    public static string Moment(DateTime moment) => string.Create(CultureInfo.InvariantCulture, $"TIMESTAMP '{moment:yyyy-MM-dd HH:mm:ss}'");

    private static string Shift(int seconds) => seconds == 0 ? "ts" : string.Create(CultureInfo.InvariantCulture, $"(ts + to_seconds({seconds}))");

    private static DateTime Plain(DateTime moment) => DateTime.SpecifyKind(moment, DateTimeKind.Unspecified);
}
