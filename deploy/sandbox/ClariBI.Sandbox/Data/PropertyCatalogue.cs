using DuckDB.NET.Data;

namespace ClariBI.Sandbox.Data;

internal sealed record Property(string Scope, string Name, string Column, bool IsNumeric);

/// <summary>Which column of the events table holds which property.</summary>
internal sealed class PropertyCatalogue(IReadOnlyList<Property> all)
{
    /// <summary>Amplitude's own user properties, which are fields of an exported event rather than keys of user_properties.</summary>
    public static readonly Property[] BuiltIn =
    [
        new("user", "platform", "platform", false), new("user", "country", "country", false), new("user", "version", "version_name", false),
        new("user", "language", "language", false), new("user", "device_type", "device_type", false), new("user", "device_id", "device_id", false),
        new("user", "user_id", "user_id", false), new("user", "city", "city", false), new("user", "region", "region", false), new("user", "dma", "dma", false),
        new("user", "os", "os", false), new("user", "carrier", "device_carrier", false), new("user", "device_family", "device_family", false),
        new("user", "start_version", "start_version", false), new("user", "paying", "paying", false), new("user", "ip_address", "ip_address", false),
    ];

    /// <summary>Built-in properties that no event has are left out.</summary>
    public IEnumerable<Property> All => all;

    public IEnumerable<Property> Of(string scope) => All.Where(property => property.Scope == scope);

    /// <summary>Whether a user property of this name, without a prefix, is one of Amplitude's own.</summary>
    public static bool IsBuiltIn(string name) => Array.Exists(BuiltIn, property => property.Name == Usual(name));

    /// <summary>
    /// Raw definitions write custom user properties with the prefix gp:, typed ones without. Without it a built-in property comes before a custom one of the same name.
    /// </summary>
    public Property? Find(string scope, string name)
    {
        var isCustom = scope == "user" && name.StartsWith("gp:", StringComparison.Ordinal);
        var bare = isCustom ? name[3..] : Usual(name);
        var found = all.Where(property => property.Scope == scope && property.Name == bare);
        return isCustom ? found.LastOrDefault() : found.FirstOrDefault();
    }

    /// <summary>The version goes by the name of its field as well.</summary>
    private static string Usual(string name) => name == "version_name" ? "version" : name;

    public static PropertyCatalogue Read(DuckDBConnection connection)
    {
        var present = connection.Query("SELECT name FROM built_in", reader => reader.GetString(0));
        var custom = connection.Query("SELECT scope, name, column_name, is_numeric FROM properties ORDER BY scope, name", reader => new Property(reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetBoolean(3)));
        return new([.. BuiltIn.Where(property => present.Contains(property.Name)), .. custom]);
    }
}
