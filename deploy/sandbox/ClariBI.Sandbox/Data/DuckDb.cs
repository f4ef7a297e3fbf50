using DuckDB.NET.Data;

namespace ClariBI.Sandbox.Data;

internal static class DuckDb
{
    private static readonly int Threads = Math.Clamp(Environment.ProcessorCount, 1, 4);

    /// <summary>Small on purpose: a demo shares its machine, and a million events need no more. What does not fit goes to disk.</summary>
    public static string Writing(string path) => $"Data Source={path};memory_limit=800MB;threads={Threads}";

    public static string Reading(string path) => $"Data Source={path};ACCESS_MODE=READ_ONLY;memory_limit=512MB;threads={Threads}";

    public static void Run(this DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public static List<T> Query<T>(this DuckDBConnection connection, string sql, Func<DuckDBDataReader, T> read, IReadOnlyList<object>? parameters = null)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var value in parameters ?? [])
        {
            command.Parameters.Add(new DuckDBParameter(value));
        }

        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }
}
