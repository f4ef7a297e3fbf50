using System.Runtime.InteropServices;

namespace ClariBI.Sandbox.Data.Generation.Media;

/// <summary>A music and podcast app: two organisations, one of them with two projects of which the second is small.</summary>
internal sealed class MediaGenerator(DateTimeOffset now)
{
    private const ulong Seed = 20_260_101;
    private readonly MediaCalendar calendar = new(new(now));

    /// <returns>The text of org.json.</returns>
    public string Write(string folder, int users)
    {
        WriteEvents(Path.Combine(folder, "100001.jsonl"), users, Seed);
        WriteEvents(Path.Combine(folder, "200002.jsonl"), Math.Max(50, users / 50), Seed + 1);

        // The three projects are alike: each has the same content, under ids of its own.
        var project = SampleTemplate.Read("Media.project.json", calendar.Days);
        var text = SampleTemplate.Read("Media.org.json", calendar.Days);
        foreach (var prefix in new[] { "n", "h", "s" })
        {
            var number = prefix switch { "n" => "1", "h" => "2", _ => "3" };
            text = text.Replace($"\"@content-{prefix}\": true", project.Replace("@p", prefix, StringComparison.Ordinal).Replace("@n", number, StringComparison.Ordinal), StringComparison.Ordinal);
        }

        return text;
    }

    private void WriteEvents(string path, int count, ulong seed)
    {
        var users = new MediaUser[count];
        var events = new List<MediaEvent>(count * 57);
        for (var number = 0; number < count; number++)
        {
            var random = new SplitMix(seed + ((ulong)number * 0xD1342543DE82EF95));
            users[number] = MediaUser.Make(number, calendar, ref random);
            new MediaHistory(calendar, users[number], random, events).Live();
        }

        MediaExperiments.AddTo(events, calendar, count);
        var log = new EventLog(calendar.Now, events.Count);
        var lines = new MediaLines(calendar, users, log);
        foreach (ref readonly var item in CollectionsMarshal.AsSpan(events))
        {
            lines.Add(item);
        }

        log.Write(path, MediaVocabulary.EventNames);
    }
}
