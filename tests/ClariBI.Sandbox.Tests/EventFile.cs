using System.Globalization;
using System.Text.Json;

namespace ClariBI.Sandbox.Tests;

/// <summary>The exported events, parsed line by line: what every answer is checked against. Shares nothing with the sandbox.</summary>
internal sealed class EventFile(ExportedEvent[] all)
{
    public ExportedEvent[] All => all;

    public IEnumerable<ExportedEvent> Named(string name) => all.Where(item => item.Type == name);

    public static EventFile Read(string path)
    {
        var parsed = File.ReadLines(path).Select((line, index) => ExportedEvent.Parse(line, index)).OrderBy(item => item.Time).ThenBy(item => item.Line).ToArray();
        var seen = new HashSet<long>();
        return new([.. parsed.Select((item, order) => item with { Order = order, IsNew = seen.Add(item.User) && (item.UserCreated is null || item.UserCreated >= item.Time) })]);
    }
}

internal sealed record ExportedEvent(int Line, string Type, DateTime Time, long User, long Session, DateTime? UserCreated, Dictionary<string, string?> Fields)
{
    public int Order { get; init; }

    public bool IsNew { get; init; }

    /// <summary>"e:name" for an event property, "u:name" for a user property, or the name of a field; "(none)" when unset.</summary>
    public string this[string name] => Fields.GetValueOrDefault(name) ?? "(none)";

    public double? Number(string name) => double.TryParse(Fields.GetValueOrDefault(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static ExportedEvent Parse(string line, int index)
    {
        using var document = JsonDocument.Parse(line);
        var root = document.RootElement;
        var fields = new Dictionary<string, string?>();
        foreach (var property in root.EnumerateObject().Where(property => property.Value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Null)))
        {
            fields[property.Name] = property.Value.ToString();
        }

        foreach (var (prefix, name) in new[] { ("e:", "event_properties"), ("u:", "user_properties") })
        {
            foreach (var property in root.GetProperty(name).EnumerateObject())
            {
                fields[prefix + property.Name] = property.Value.ValueKind is JsonValueKind.True or JsonValueKind.False ? property.Value.GetRawText() : property.Value.ToString();
            }
        }

        return new(index, fields["event_type"]!, Utc(fields["event_time"]!), root.GetProperty("amplitude_id").GetInt64(), root.GetProperty("session_id").GetInt64(),
            fields.GetValueOrDefault("user_creation_time") is { } created ? Utc(created) : null, fields);
    }

    private static DateTime Utc(string text) => DateTime.SpecifyKind(DateTime.ParseExact(text, "yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture), DateTimeKind.Utc);
}
