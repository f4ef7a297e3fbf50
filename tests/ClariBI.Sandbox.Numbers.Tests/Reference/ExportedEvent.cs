using System.Globalization;
using System.Text.Json;

namespace ClariBI.Sandbox.Numbers.Tests.Reference;

/// <summary>One line of an export.</summary>
internal sealed record ExportedEvent(string Type, DateTime Time, string User, long Session, DateTime? UserCreated, Dictionary<string, Value> Fields)
{
    /// <summary>Place in the order of time; equal times keep the order of the file.</summary>
    public int Order { get; init; }

    public bool IsNew { get; init; }

    public Value? this[Property property] => Fields.GetValueOrDefault(Key(property));

    public string Label(Property property) => this[property]?.Text ?? Value.None;

    /// <summary>Amplitude's own user properties are fields of the line, the others keys of user_properties.</summary>
    public static readonly Dictionary<string, string> BuiltIn = new()
    {
        ["platform"] = "platform",
        ["country"] = "country",
        ["version"] = "version_name",
        ["version_name"] = "version_name",
        ["language"] = "language",
        ["device_type"] = "device_type",
        ["device_id"] = "device_id",
        ["user_id"] = "user_id",
    };

    public static ExportedEvent Parse(string line)
    {
        using var document = JsonDocument.Parse(line);
        var root = document.RootElement;
        var fields = new Dictionary<string, Value>();
        foreach (var field in BuiltIn.Values.Distinct())
        {
            Add(fields, field, root, field);
        }

        foreach (var (prefix, bag) in new[] { ("e:", "event_properties"), ("u:", "user_properties") })
        {
            if (root.TryGetProperty(bag, out var properties) && properties.ValueKind == JsonValueKind.Object)
            {
                foreach (var property in properties.EnumerateObject())
                {
                    Add(fields, prefix + property.Name, properties, property.Name);
                }
            }
        }

        return new(root.GetProperty("event_type").GetString()!, Utc(root.GetProperty("event_time").GetString()!), Identity(root),
            root.TryGetProperty("session_id", out var session) && session.ValueKind == JsonValueKind.Number ? session.GetInt64() : -1,
            Text(root, "user_creation_time") is { } created ? Utc(created) : null, fields);
    }

    private static string Identity(JsonElement root) =>
        Text(root, "amplitude_id") is { } id ? "a:" + id : Text(root, "user_id") is { } user ? "u:" + user : "d:" + Text(root, "device_id");

    private static string? Text(JsonElement root, string name) => root.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.ToString() : null;

    private static void Add(Dictionary<string, Value> fields, string key, JsonElement bag, string name)
    {
        if (bag.TryGetProperty(name, out var value) && Read(value) is { } read)
        {
            fields[string.Intern(key)] = read;
        }
    }

    private static Value? Read(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => Value.Of(string.Intern(value.GetString()!)),
        JsonValueKind.Array => new(value.GetRawText(), null, [.. value.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String ? item.GetString()! : item.GetRawText())]),
        _ => Value.Of(string.Intern(value.GetRawText())),
    };

    private static string Key(Property property) =>
        property.Scope == "event" ? "e:" + property.Name : BuiltIn.GetValueOrDefault(property.Name) ?? "u:" + property.Name;

    private static DateTime Utc(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
