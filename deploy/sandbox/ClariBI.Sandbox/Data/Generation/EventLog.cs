using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;

namespace ClariBI.Sandbox.Data.Generation;

/// <summary>Collects events in any order and writes them as Amplitude's Export API does: one JSON object per line, in the order they were sent.</summary>
internal sealed class EventLog(DateTime now, int capacity)
{
    private readonly List<SampleEvent> events = new(capacity);
    private readonly List<(byte[] Head, byte[] Tail)> people = [];
    private readonly ArrayBufferWriter<byte> properties = new(capacity * 64);
    private readonly byte[] line = new byte[512];

    /// <summary>What lines say about who it was: fields before the session, and after the event's properties. Changes with the device, the plan and so on only.</summary>
    public int Person(string head, string tail)
    {
        people.Add((Encoding.UTF8.GetBytes(head), Encoding.UTF8.GetBytes(tail + "}\n")));
        return people.Count - 1;
    }

    /// <param name="delay">How long the device kept the event to itself.</param>
    public void Add(DateTime time, long session, int user, int who, int kind, string json, TimeSpan delay = default)
    {
        if (time + delay > now)
        {
            return;
        }

        var from = properties.WrittenCount;
        var length = Encoding.UTF8.GetBytes(json, properties);
        events.Add(new(time.Ticks, (time + delay).Ticks, session, user, who, from, (short)length, (short)kind));
    }

    public ReadOnlySpan<SampleEvent> Events => CollectionsMarshal.AsSpan(events);

    public void Write(string path, string[] names)
    {
        // Ties by user keep the order, and so the file, the same on every run.
        events.Sort((one, other) => one.Sent != other.Sent ? one.Sent.CompareTo(other.Sent) : one.User != other.User ? one.User.CompareTo(other.User) : one.From.CompareTo(other.From));
        using var stream = new BufferedStream(File.Create(path), 1 << 20);
        var number = 0;
        foreach (ref readonly var item in CollectionsMarshal.AsSpan(events))
        {
            var (head, tail) = people[item.Who];
            Put(stream, Utf8.TryWrite(line, CultureInfo.InvariantCulture, $$"""{"event_type":"{{names[item.Kind]}}","event_time":"{{new DateTime(item.Ticks):yyyy-MM-dd HH:mm:ss.ffffff}}",""", out var written), written);
            stream.Write(head);
            Put(stream, Utf8.TryWrite(line, CultureInfo.InvariantCulture, $$""","session_id":{{item.Session}},"$insert_id":"{{item.User:x}}-{{number++:x}}","event_properties":""", out written), written);
            stream.Write(properties.WrittenSpan.Slice(item.From, item.Length));
            stream.Write(tail);
        }
    }

    private void Put(Stream stream, bool fits, int written)
    {
        if (!fits)
        {
            throw new InvalidOperationException("An event line outgrew its buffer.");
        }

        stream.Write(line.AsSpan(0, written));
    }
}
