using System.Globalization;
using System.IO.Compression;
using System.Text.Json;

namespace ClariBI.Sandbox.Numbers.Tests.HoldOut;

/// <summary>
/// A data folder full of what exports really hold: users of several devices, anonymous ones, lines out of order, equal times, users
/// older than the export, lists, unset and mixed values, quotes and emoji, and events around every change of the clocks.
/// </summary>
internal static class Corners
{
    private static readonly string[] Names = ["View \"Item\"", "Köp 🛒", "O'Order", "Pay", "view \"item\"", "A, B; C"];
    private static readonly string[] Labels = ["red", "Red", "", "blå 🟦", "it's", "50%", "a_b", "a*b", "[x]", "null", "12", "(none) "];
    private static readonly string[] Tags = ["new", "sale", "größe", "x,y"];
    private static readonly string[] Versions = ["1.9", "1.10.0", "2.0", "2", "10.0.1", "beta"];

    /// <summary>Around both changes of Berlin, New York, Lord Howe and Santiago, and the weeks before now.</summary>
    private static readonly DateTime[] Days = [new(2026, 3, 6), new(2026, 3, 27), new(2026, 4, 3), new(2026, 9, 4), new(2026, 10, 2), new(2026, 10, 23), new(2026, 10, 30), new(2026, 11, 8), new(2026, 11, 15)];

    public static void Write(string folder)
    {
        var random = new Random(20261118);
        var people = Enumerable.Range(0, 70).Select(index => new Person(random, index)).ToArray();
        var lines = Days.SelectMany((day, at) => Enumerable.Range(0, at > 6 ? 700 : 350).Select(_ => Line(random, people[random.Next(people.Length)], day))).ToArray();
        random.Shuffle(lines);
        using (var file = File.Create(Path.Combine(folder, "corners.jsonl.gz")))
        using (var packed = new GZipStream(file, CompressionLevel.Fastest))
        using (var writer = new StreamWriter(packed))
        {
            foreach (var line in lines)
            {
                writer.WriteLine(line);
            }
        }

        File.WriteAllText(Path.Combine(folder, "org.json"), Organisation());
    }

    private static string Organisation()
    {
        var zones = new[] { ("1", "UTC", "monday"), ("2", "Europe/Berlin", "monday"), ("3", "America/New_York", "sunday"), ("4", "Australia/Lord_Howe", "sunday"), ("5", "America/Santiago", "monday"), ("6", "Asia/Kolkata", "sunday") };
        var projects = zones.Select(zone => new
        {
            id = "90000" + zone.Item1,
            name = "Corners " + zone.Item2,
            timeZone = zone.Item2,
            weekStart = zone.Item3,
            events = "corners.jsonl.gz",
            cohorts = new[] { Cohort("often" + zone.Item1, "Pay", ">=", 3, false), Cohort("never" + zone.Item1, "O'Order", ">=", 1, true) },
        });
        return JsonSerializer.Serialize(new { user = new { name = "Ada", email = "ada@corners.example" }, organisations = new[] { new { id = "corners", name = "Corners", projects } } });
    }

    private static object Cohort(string id, string name, string op, int count, bool negated) => new
    {
        id,
        name = id,
        definition = new { version = 3, andClauses = new[] { new { negated, orClauses = new[] { new { type = "event", type_value = name, @operator = op, operator_value = count, time_type = "rolling", time_value = 30 } } } } },
    };

    private static string Line(Random random, Person person, DateTime day)
    {
        var time = random.Next(4) == 0 ? day.AddHours(random.Next(80)) : day.AddSeconds(random.Next(300_000));
        var now = new DateTime(2026, 11, 18, 14, 0, 0);
        time = time > now ? now.AddMinutes(-random.Next(9000)) : time;
        var (type, properties) = (Names[random.Next(Names.Length)], new Dictionary<string, object?>());
        void Maybe(string name, Func<object?> value)
        {
            if (random.Next(4) > 0)
            {
                properties[name] = value();
            }
        }

        Maybe("label", () => random.Next(9) == 0 ? null : Labels[random.Next(Labels.Length)]);
        Maybe("amount", () => random.Next(3) == 0 ? random.Next(-3, 40) : Math.Round(random.NextDouble() * 100, 2));
        Maybe("mixed", () => random.Next(3) switch { 0 => random.Next(20), 1 => "n/a", _ => random.Next(2) == 0 });
        Maybe("tags", () => Enumerable.Range(0, random.Next(4)).Select(_ => Tags[random.Next(Tags.Length)]).ToArray());
        Maybe("gift wrap", () => random.Next(2) == 0);
        if (type == "Pay" || random.Next(20) == 0)
        {
            properties["$revenue"] = random.Next(10) == 0 ? "free" : random.Next(1, 500) / 10.0;
        }

        var line = person.Line(random, time);
        line["event_type"] = type;
        line["event_time"] = time.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture);
        line["event_properties"] = properties;
        return JsonSerializer.Serialize(line);
    }

    /// <summary>A third is known by amplitude_id, a third by user_id only, a third by the device only.</summary>
    private sealed class Person(Random random, int index)
    {
        private readonly DateTime? created = random.Next(5) switch { 0 => new(2026, 1, 1), 1 => new(2026, 11, 1), _ => null };
        private readonly string platform = new[] { "iOS", "Android", "Web" }[random.Next(3)];

        public Dictionary<string, object?> Line(Random random, DateTime time) => new()
        {
            ["user_id"] = index % 3 == 2 || (index % 3 == 0 && random.Next(3) == 0) ? null : $"user {index}",
            ["device_id"] = index % 3 == 2 ? $"device-{index}" : $"device-{index}-{random.Next(3)}",
            ["amplitude_id"] = index % 3 == 0 ? 7000L + index : null,
            ["session_id"] = random.Next(6) == 0 ? -1 : new DateTimeOffset(DateTime.SpecifyKind(time.Date.AddHours(time.Hour / 3 * 3), DateTimeKind.Utc)).ToUnixTimeMilliseconds(),
            ["user_properties"] = new Dictionary<string, object?> { ["plan"] = time.Month < 9 ? "trial" : (index % 4) switch { 0 => "free", 1 => "pro", 2 => "Pro \"plus\"", _ => null }, ["team's name"] = $"T{index % 5}", ["level"] = index % 7 },
            ["country"] = index % 6 == 0 ? null : new[] { "Germany", "Côte d'Ivoire", "Chile" }[index % 3],
            ["platform"] = platform,
            ["version_name"] = Versions[(index + time.Month) % Versions.Length],
            ["user_creation_time"] = created?.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
        };
    }
}
