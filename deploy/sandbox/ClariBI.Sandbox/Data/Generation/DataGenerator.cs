using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace ClariBI.Sandbox.Data.Generation;

/// <summary>Fills an empty data folder, and refills its own once the day has changed. Someone else's data is never touched.</summary>
internal sealed class DataGenerator(SandboxOptions options, TimeProvider calendar)
{
    private const int GeneratorVersion = 1;
    private const ulong Seed = 20_260_101;
    private readonly string marker = Path.Combine(options.Data, ".sandbox-generated");

    private string Wanted => string.Create(CultureInfo.InvariantCulture, $"{GeneratorVersion} {calendar.GetUtcNow():yyyy-MM-dd}{(options.Now is null ? "" : $" {calendar.GetUtcNow():HH:mm:ss}")} {options.Users}");

    public bool IsNeeded(string organisationPath)
    {
        if (File.Exists(marker))
        {
            return !File.Exists(organisationPath) || File.ReadAllText(marker) != Wanted;
        }

        if (!File.Exists(organisationPath) && Directory.EnumerateFiles(options.Data, "*.jsonl*").Any())
        {
            throw new InvalidOperationException($"{options.Data} holds event files but no org.json. Add one (see the README), or point --data at an empty folder.");
        }

        return !File.Exists(organisationPath);
    }

    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        var days = new SampleCalendar(calendar.GetUtcNow());
        var wanted = Wanted;

        // The marker comes first, so that an interrupted run is recognised as ours; it is complete only at the end.
        await File.WriteAllTextAsync(marker, "incomplete", cancellationToken);
        WriteEvents(days, SampleOrganisations.MainEvents, options.Users, Seed);
        WriteEvents(days, SampleOrganisations.StagingEvents, Math.Max(50, options.Users / 50), Seed + 1);
        await File.WriteAllBytesAsync(Path.Combine(options.Data, "org.json"), JsonSerializer.SerializeToUtf8Bytes(SampleOrganisations.Build(), SampleOrganisations.Json), cancellationToken);
        await File.WriteAllTextAsync(marker, wanted, cancellationToken);
    }

    private void WriteEvents(SampleCalendar days, string name, int count, ulong seed)
    {
        var users = new SampleUser[count];
        var events = new List<SampleEvent>(count * 55);
        for (var number = 0; number < count; number++)
        {
            var random = new SplitMix(seed + ((ulong)number * 0xD1342543DE82EF95));
            users[number] = SampleUser.Make(number, days, ref random);
            new UserHistory(days, users[number], random, events).Live();
        }

        // Ties by user keep the order, and so the file, the same on every run.
        events.Sort((one, other) => one.Ticks != other.Ticks ? one.Ticks.CompareTo(other.Ticks) : one.User.CompareTo(other.User));
        using var stream = new BufferedStream(File.Create(Path.Combine(options.Data, name)), 1 << 20);
        new EventFileWriter(days, users).Write(stream, CollectionsMarshal.AsSpan(events));
    }
}
