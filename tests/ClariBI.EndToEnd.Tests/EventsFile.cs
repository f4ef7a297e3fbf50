using System.Globalization;
using DuckDB.NET.Data;

namespace ClariBI.EndToEnd.Tests;

/// <summary>
/// The sandbox's events, read straight from the export file with plain SQL: the independent computation that answers are held
/// against. A view <c>e</c> with <c>u</c> (user, by Amplitude's id: some events come before the sign-up and name no user_id), <c>born</c> (when the user was first seen, which may be before the file begins), <c>n</c> (event name), <c>t</c> (instant, UTC), <c>d</c> (day, UTC),
/// <c>up</c> and <c>ep</c> (user and event properties as JSON), <c>channel</c>, <c>plan</c>, <c>country</c>, <c>platform</c>.
/// </summary>
public sealed class EventsFile : IDisposable
{
    private readonly DuckDBConnection connection = new("Data Source=:memory:");

    public EventsFile()
    {
        connection.Open();
        var file = Path.Combine(Product.Data, "sandbox", "100001.jsonl").Replace("'", "''", StringComparison.Ordinal);
        Execute($$"""
            create table e as
            select amplitude_id u, user_creation_time::timestamp born, event_type n, event_time::timestamp t, event_time::timestamp::date d,
                   user_properties up, event_properties ep, user_properties->>'channel' channel, user_properties->>'plan' plan, country, platform
            from read_json('{{file}}', format='newline_delimited', columns={
              amplitude_id:'VARCHAR', user_creation_time:'VARCHAR', event_type:'VARCHAR', event_time:'VARCHAR', user_properties:'JSON', event_properties:'JSON',
              country:'VARCHAR', platform:'VARCHAR'})
            """);
    }

    /// <returns>Rows of text and numbers; dates as yyyy-MM-dd.</returns>
    public List<object[]> Rows(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<object[]>();
        while (reader.Read())
        {
            var row = new object[reader.FieldCount];
            for (var column = 0; column < row.Length; column++)
            {
                row[column] = reader.GetValue(column) switch
                {
                    string text => text,
                    DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                    DateTime time => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                    System.Numerics.BigInteger big => (double)big,
                    IConvertible number => number.ToDouble(CultureInfo.InvariantCulture),
                    var other => other.ToString()!,
                };
            }

            rows.Add(row);
        }

        return rows;
    }

    public double Number(string sql) => (double)Rows(sql).Single()[0];

    /// <summary>First column (and second, joined by " / ") to last column.</summary>
    public Dictionary<string, double> Map(string sql) =>
        Rows(sql).ToDictionary(row => string.Join(" / ", row[..^1].Select(Text)), row => (double)row[^1]);

    public void Dispose() => connection.Dispose();

    private static string Text(object value) => value as string ?? ((double)value).ToString(CultureInfo.InvariantCulture);

    private void Execute(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
