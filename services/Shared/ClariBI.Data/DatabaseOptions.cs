using System.ComponentModel.DataAnnotations;

namespace ClariBI.Data;

public enum DatabaseProvider
{
    Sqlite,
    Postgres,
}

/// <summary>Where each service keeps its own database. Bound from the <c>Database</c> section.</summary>
public sealed class DatabaseOptions
{
    public const string SectionName = "Database";

    [EnumDataType(typeof(DatabaseProvider))]
    public DatabaseProvider Provider { get; init; } = DatabaseProvider.Sqlite;

    /// <summary>SQLite: the folder of the files, one per service.</summary>
    public string Folder { get; init; } = "data";

    /// <summary>PostgreSQL: a connection string without a database; each service uses the database <c>claribi_{service}</c>.</summary>
    public string Postgres { get; init; } = "";

    /// <summary>Bring the schema up to date when the process starts.</summary>
    public bool MigrateOnStart { get; init; } = true;
}
