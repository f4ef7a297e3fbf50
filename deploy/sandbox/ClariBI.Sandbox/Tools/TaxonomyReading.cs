using System.Collections.Concurrent;
using ClariBI.Sandbox.Data;

namespace ClariBI.Sandbox.Tools;

internal sealed record EventEntry(string Name, string? Description, string? Category, long Volume30Days, DateTime FirstSeen, DateTime LastSeen);

internal sealed record PropertyEntry(string Scope, string Name, string? Description, bool IsNumeric, string[]? Values);

/// <summary>What the event file holds, with the descriptions of org.json.</summary>
internal sealed class TaxonomyReading(Workspace workspace, ChartReading reading)
{
    private const int MostEnumValues = 50;
    private readonly ConcurrentDictionary<(string Project, DateTime Day), EventEntry[]> events = new();
    private readonly ConcurrentDictionary<(string File, string Scope, string Name, string? Event), string[]?> values = new();

    public EventEntry[] Events(Project project) => events.GetOrAdd((project.Id, reading.Now.Date), _ =>
    {
        var rows = workspace.Events(project).Read(
            "SELECT event_type, count(*) FILTER (ts >= $1), min(ts), max(ts) FROM events GROUP BY event_type ORDER BY 2 DESC, 1",
            [reading.Now.AddDays(-30)], reader => (Name: reader.GetString(0), Count: reader.GetInt64(1), First: reader.GetDateTime(2), Last: reader.GetDateTime(3)));
        return [.. rows.Select(row =>
        {
            var entry = project.Taxonomy.Events.GetValueOrDefault(row.Name);
            return new EventEntry(row.Name, entry?.Description, entry?.Category, row.Count, row.First, row.Last);
        })];
    });

    public PropertyEntry[] Properties(Project project, string? eventType = null, bool withValues = false) =>
    [
        .. workspace.Events(project).Properties.All.Where(property => property.Name is not ("device_id" or "user_id"))
            .Select(property => new PropertyEntry(property.Scope, property.Name, Describe(project, property), property.IsNumeric, withValues || eventType is not null ? Values(project, property, eventType) : null))
            .Where(property => eventType is null || property.Scope == "user" || property.Values is not [])
    ];

    private static string? Describe(Project project, Property property) =>
        (property.Scope == "user" ? project.Taxonomy.UserProperties : project.Taxonomy.EventProperties).GetValueOrDefault(property.Name)?.Description;

    /// <summary>All values when they are few; null when they are many; empty when the event never has the property.</summary>
    private string[]? Values(Project project, Property property, string? eventType)
    {
        var only = property.Scope == "user" ? null : eventType;

        // What nobody ever did is not kept: callers could name anything.
        return only is null || Array.Exists(Events(project), entry => entry.Name == only)
            ? values.GetOrAdd((project.EventFile, property.Scope, property.Name, only), _ => ReadValues(project, property, only))
            : [];
    }

    private string[]? ReadValues(Project project, Property property, string? eventType)
    {
        var filter = eventType is null ? "" : " AND event_type = $1";
        var found = workspace.Events(project).Read(
            $"SELECT {property.Column}, count(*) FROM events WHERE {property.Column} IS NOT NULL{filter} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {MostEnumValues + 1}",
            eventType is null ? [] : [eventType], reader => reader.GetString(0));
        return found.Count > MostEnumValues ? null : [.. found];
    }
}
