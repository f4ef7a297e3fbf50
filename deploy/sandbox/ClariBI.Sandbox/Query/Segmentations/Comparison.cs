using ClariBI.Sandbox.Data;

namespace ClariBI.Sandbox.Query.Segmentations;

/// <summary>A comparison event as the events it compares.</summary>
internal static class Comparison
{
    private const int Popular = 10;

    public static EventRef[] Expand(EventStore store, Project project, DateRange range, EventRef item) => item switch
    {
        { Name: EventRef.Popular } => [.. MostFrequent(store, project, range, item).Select(name => item with { Name = name, IsComparison = false })],
        { IsComparison: true } => [.. item.Members.Select(member => member with { Filters = [.. member.Filters, .. item.Filters], GroupBy = member.GroupBy.Length > 0 ? member.GroupBy : item.GroupBy })],
        _ => [item],
    };

    private static List<string> MostFrequent(EventStore store, Project project, DateRange range, EventRef item)
    {
        var sql = new Sql(store.Properties, project, range.Now);
        return store.Read($"SELECT event_type FROM events WHERE {sql.Between(range.Start, range.End)} AND {sql.Event(item with { Name = "_all" })} GROUP BY event_type ORDER BY count(*) DESC, event_type LIMIT {Popular}",
            sql.Parameters, reader => reader.GetString(0));
    }
}
