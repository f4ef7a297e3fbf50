using System.Globalization;

namespace ClariBI.Sandbox.Numbers.Tests.Reference;

/// <summary>How many users did it once, twice, … ten times or more.</summary>
internal static class Frequency
{
    public static IEnumerable<Series> Rows(Buckets buckets, ExportedEvent[] events)
    {
        var byInterval = buckets.Split(events).Select(Count).ToArray();
        var whole = Count(buckets.Whole(events));
        return byInterval.Append(whole).SelectMany(counts => counts.Keys).Distinct()
            .Select(label => new Series(null, null, [label], [.. byInterval.Select(counts => (double)counts.GetValueOrDefault(label))], whole.GetValueOrDefault(label)));
    }

    private static Dictionary<string, int> Count(IEnumerable<ExportedEvent> events) =>
        events.GroupBy(item => item.User).GroupBy(user => Label(user.Count())).ToDictionary(times => times.Key, times => times.Count());

    public static string Label(int times) => times > 9 ? "10+" : times.ToString(CultureInfo.InvariantCulture);
}
