using System.Globalization;
using ClariBI.Sandbox.Data;

namespace ClariBI.Sandbox.Query.Funnels;

/// <summary>
/// An event that a funnel asks about. Matches has a bit per step, then one per excluded event. Held joins the values of the constant
/// properties. Position counts all events of the user, for funnels whose steps have to follow each other at once. Times are microseconds.
/// </summary>
internal readonly record struct FunnelEvent(long User, long At, long Matches, bool MayStart, long Position, string Group, string Held);

/// <summary>Reads the events a funnel asks about, by user and in order.</summary>
internal sealed class FunnelEvents(EventStore store, Project project)
{
    public List<FunnelEvent> Read(FunnelQuery query, Segment segment)
    {
        var range = query.Range;
        var sql = new Sql(store.Properties, project, range.Now);
        var asked = query.Steps.Concat(query.Excluded.Select(excluded => excluded.Event));
        var matches = string.Join(" + ", asked.Select((item, index) => string.Create(CultureInfo.InvariantCulture, $"CASE WHEN {sql.Event(item)} THEN {1L << index} ELSE 0 END")));
        var starts = query.Order == FunnelOrder.Unordered ? string.Join(" OR ", query.Steps.Select(step => $"({sql.Event(step)})")) : sql.Event(query.Steps[0]);
        var position = query.Order == FunnelOrder.Sequential ? "row_number() OVER (PARTITION BY uid ORDER BY seq)" : "0";
        var until = range.End + query.Window < range.Now ? range.End + query.Window : range.Now;
        var text = $"""
            SELECT uid, epoch_us(ts), matches, may_start, position, label, held FROM (
              SELECT uid, seq, ts, ({matches})::BIGINT AS matches, ts < {sql.Value(range.End)} AND ({starts}) AND {sql.InSegment(segment, range)} AS may_start,
                {position} AS position, {sql.Labels(query.GroupBy)} AS label, {sql.Labels(query.Constant, "\n")} AS held
              FROM events WHERE {sql.Between(range.Start, until)})
            WHERE matches > 0 ORDER BY uid, seq
            """;
        var (isGrouped, isHeld) = (query.GroupBy.Length > 0, query.Constant.Length > 0);
        return store.Read(text, sql.Parameters, reader => new FunnelEvent(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetBoolean(3), reader.GetInt64(4),
            isGrouped ? reader.GetString(5) : "", isHeld ? reader.GetString(6) : ""));
    }
}
