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
        new("user", "user_id", "user_id", false),
    ];

    public IEnumerable<Property> All => BuiltIn.Concat(all);

    public IEnumerable<Property> Of(string scope) => All.Where(property => property.Scope == scope);

    /// <summary>Raw definitions write custom user properties with the prefix gp:, typed ones without.</summary>
    public Property? Find(string scope, string name)
    {
        var bare = scope == "user" && name.StartsWith("gp:", StringComparison.Ordinal) ? name[3..] : name == "version_name" ? "version" : name;
        return All.FirstOrDefault(property => property.Scope == scope && property.Name == bare);
    }

    public static PropertyCatalogue Read(DuckDBConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT scope, name, column_name, is_numeric FROM properties ORDER BY scope, name";
        using var reader = command.ExecuteReader();
        var properties = new List<Property>();
        while (reader.Read())
        {
            properties.Add(new(reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetBoolean(3)));
        }

        return new(properties);
    }
}
