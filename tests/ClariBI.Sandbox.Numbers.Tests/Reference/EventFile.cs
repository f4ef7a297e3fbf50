using System.IO.Compression;

namespace ClariBI.Sandbox.Numbers.Tests.Reference;

/// <summary>All lines of one event file, in the order of time, with the new users marked.</summary>
internal sealed class EventFile(ExportedEvent[] all)
{
    private readonly Dictionary<Property, bool> numeric = [];

    public ExportedEvent[] All => all;

    public ILookup<string, ExportedEvent> ByUser { get; } = all.ToLookup(item => item.User);

    public HashSet<string> UserProperties { get; } =
        [.. all.SelectMany(item => item.Fields.Keys).Where(key => key.StartsWith("u:", StringComparison.Ordinal)).Select(key => key[2..]).Concat(ExportedEvent.BuiltIn.Keys)];

    /// <summary>True where every value of the property is a number.</summary>
    public bool IsNumeric(Property property)
    {
        lock (numeric)
        {
            if (!numeric.TryGetValue(property, out var known))
            {
                numeric[property] = known = all.Select(item => item[property]).All(value => value is null || value.Number is not null);
            }

            return known;
        }
    }

    /// <summary>Events at or after now do not exist.</summary>
    public static EventFile Read(string path, DateTime now)
    {
        using var file = File.OpenRead(path);
        using var plain = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : (Stream)file;
        using var reader = new StreamReader(plain);
        var lines = new List<ExportedEvent>();
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0)
            {
                lines.Add(ExportedEvent.Parse(line));
            }
        }

        return Of(lines.Where(item => item.Time < now));
    }

    public static EventFile Of(IEnumerable<ExportedEvent> lines)
    {
        var seen = new HashSet<string>();
        // OrderBy is stable: equal times keep the order of the file.
        return new([.. lines.OrderBy(item => item.Time)
            .Select((item, order) => item with { Order = order, IsNew = seen.Add(item.User) && !(item.UserCreated < item.Time) })]);
    }
}
