using System.Globalization;
using ClariBI.Sandbox.Data;
using ClariBI.Sandbox.Mcp;

namespace ClariBI.Sandbox.Query;

/// <summary>Conditions and expressions over the events table. Every value from outside becomes a parameter.</summary>
internal sealed class Sql(PropertyCatalogue properties, Project project, DateTime now)
{
    public const string None = "(none)";
    private readonly List<object> parameters = [];

    public IReadOnlyList<object> Parameters => parameters;

    public string Value(object value)
    {
        parameters.Add(value);
        return string.Create(CultureInfo.InvariantCulture, $"${parameters.Count}");
    }

    public string Column(GroupKey key) => properties.Find(key.Scope, key.Property)?.Column ?? "NULL::VARCHAR";

    public string Label(GroupKey key) => $"coalesce({Column(key)}, '{None}')";

    public string Between(DateTime start, DateTime end) => $"ts >= {Value(start)} AND ts < {Value(end)}";

    public string Event(EventRef item)
    {
        var which = item.Name switch
        {
            "_active" or "_all" => "TRUE",
            "_new" => "is_new",
            "_any_revenue_event" => $"TRY_CAST({Column(new("$revenue", "event"))} AS DOUBLE) IS NOT NULL",
            _ => $"event_type = {Value(item.Name)}",
        };
        return string.Join(" AND ", item.Filters.Select(Where).Prepend(which));
    }

    public string InSegment(Segment segment)
    {
        var conditions = segment.Filters.Select(Where).Concat(segment.Cohorts.Select(cohort => $"uid {(cohort.IsIn ? "IN" : "NOT IN")} ({CohortRunner.Members(this, project, cohort.CohortId, now)})"));
        return string.Join(" AND ", conditions.DefaultIfEmpty("TRUE"));
    }

    /// <summary>The event's time on the wall clock of the zone. Offsets are spelled out, so DuckDB needs no time zone data.</summary>
    public string LocalTime(DateRange range) => LocalTime(range, range.Start, range.End);

    public string LocalTime(DateRange range, DateTime from, DateTime until)
    {
        var pieces = new List<(DateTime From, int Seconds)>();
        for (var hour = from.AddHours(-1); hour <= until.AddHours(1); hour = hour.AddMinutes(30))
        {
            var moment = new DateTime(hour.Year, hour.Month, hour.Day, hour.Hour, hour.Minute >= 30 ? 30 : 0, 0, DateTimeKind.Utc);
            var seconds = (int)range.Zone.GetUtcOffset(moment).TotalSeconds;
            if (pieces.Count == 0 || pieces[^1].Seconds != seconds)
            {
                pieces.Add((moment, seconds));
            }
        }

        var cases = pieces.Zip(pieces.Skip(1), (piece, next) => $"WHEN ts < {Value(DateTime.SpecifyKind(next.From, DateTimeKind.Unspecified))} THEN {Shift(piece.Seconds)} ");
        return pieces.Count == 1 ? Shift(pieces[0].Seconds) : $"CASE {string.Concat(cases)}ELSE {Shift(pieces[^1].Seconds)} END";
    }

    private static string Shift(int seconds) => seconds == 0 ? "ts" : string.Create(CultureInfo.InvariantCulture, $"(ts + to_seconds({seconds}))");

    public string Where(Filter filter)
    {
        var property = properties.Find(filter.Scope, filter.Property);
        var column = property?.Column ?? "NULL::VARCHAR";
        var (op, negated) = filter.Op switch
        {
            "is not" => ("is", true),
            "does not contain" => ("contains", true),
            "does not have prefix" => ("has prefix", true),
            "glob does not match" => ("glob match", true),
            "set does not contain" => ("set contains", true),
            _ => (filter.Op, false),
        };
        var any = string.Join(" OR ", filter.Values.Select(value => One(column, property?.IsNumeric == true, op, value)).DefaultIfEmpty("FALSE"));
        return $"{(negated ? "NOT " : "")}coalesce({any}, FALSE)";
    }

    private string One(string column, bool isNumeric, string op, string value)
    {
        if (op == "is" && value == None)
        {
            return $"{column} IS NULL";
        }

        var isNumber = double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number);
        return op switch
        {
            "is" when isNumeric && isNumber => $"TRY_CAST({column} AS DOUBLE) = {Value(number)}",
            "is" => $"{column} = {Value(value)}",
            "contains" => $"contains(lower({column}), {Value(value.ToLowerInvariant())})",
            "has prefix" => $"starts_with({column}, {Value(value)})",
            "glob match" => $"{column} GLOB {Value(value)}",
            "set contains" => $"list_contains(CASE WHEN json_valid({column}) THEN TRY_CAST({column}::JSON AS VARCHAR[]) END, {Value(value)})",
            "less" or "less or equal" or "greater" or "greater or equal" when !isNumber => throw new ToolErrorException($"{op}: {value} is not a number"),
            "less" => $"TRY_CAST({column} AS DOUBLE) < {Value(number)}",
            "less or equal" => $"TRY_CAST({column} AS DOUBLE) <= {Value(number)}",
            "greater" => $"TRY_CAST({column} AS DOUBLE) > {Value(number)}",
            "greater or equal" => $"TRY_CAST({column} AS DOUBLE) >= {Value(number)}",
            _ => throw new ToolErrorException($"op: {op} is not supported"),
        };
    }
}
