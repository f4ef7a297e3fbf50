namespace ClariBI.Sandbox.Query;

/// <summary>Whether the user of a row did an event so many times, counted in the interval the row lies in, in the days up to it, or at all.</summary>
internal static class PerformedCondition
{
    public static string Of(Sql sql, Performed performed, DateRange range, string bucket)
    {
        var key = performed.Time == PerformedTime.AllTime ? "uid" : $"(uid, {bucket})";
        return Occurrences.Condition(key, "sum(n)", performed.Op, performed.Count, having => performed.Time switch
        {
            PerformedTime.AllTime => $"SELECT uid FROM (SELECT uid, 1 AS n FROM events WHERE {sql.UntilNow} AND {sql.Event(performed.Event)}) GROUP BY uid {having}",
            PerformedTime.EachInterval => $"SELECT (uid, cell) FROM ({Cells(sql, performed, range, range.Interval, range.Buckets[0], DateRange.Next(range.Buckets[^1], range.Interval))}) GROUP BY uid, cell {having}",
            _ => Rolling(sql, performed, range, having),
        });
    }

    /// <summary>A list of windows, one for each interval, that the users' daily counts are added up in.</summary>
    private static string Rolling(Sql sql, Performed performed, DateRange range, string having)
    {
        var windows = range.Buckets.Select(bucket =>
        {
            var until = performed.ExcludesCurrent ? bucket : DateRange.Next(bucket, range.Interval);
            return (Bucket: bucket, From: until.AddDays(-performed.Days), Until: until);
        }).ToArray();
        var unit = range.Interval <= Interval.Hour ? range.Interval : Interval.Day;
        var cells = Cells(sql, performed, range, unit, windows[0].From, windows[^1].Until);
        var list = string.Join(", ", windows.Select(window => $"({Sql.Moment(window.Bucket)}, {Sql.Moment(window.From)}, {Sql.Moment(window.Until)})"));
        return $"SELECT (uid, bucket) FROM ({cells}) JOIN (VALUES {list}) AS windows(bucket, opens, closes) ON cell >= opens AND cell < closes GROUP BY uid, bucket {having}";
    }

    /// <summary>How often each user did it in each interval of a stretch of local time.</summary>
    private static string Cells(Sql sql, Performed performed, DateRange range, Interval unit, DateTime from, DateTime until)
    {
        var (start, end) = (DateRange.Utc(from, range.Zone), DateRange.Utc(until, range.Zone));
        return $"SELECT uid, {Sql.Truncate(range, unit, sql.LocalTime(range, start, end))} AS cell, count(*) AS n FROM events WHERE {sql.Between(start, end)} AND {sql.Event(performed.Event)} GROUP BY ALL";
    }
}
