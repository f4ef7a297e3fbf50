using System.Text.Json.Nodes;

namespace ClariBI.Sandbox.Query.Funnels;

/// <summary>Times to convert by length, in bins that widen from seconds to months. The edges are ours.</summary>
internal static class ConversionBins
{
    private static readonly TimeSpan[] Edges =
    [
        TimeSpan.Zero, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(1), TimeSpan.FromHours(3), TimeSpan.FromHours(6), TimeSpan.FromHours(12), TimeSpan.FromDays(1), TimeSpan.FromDays(2), TimeSpan.FromDays(3),
        TimeSpan.FromDays(7), TimeSpan.FromDays(14), TimeSpan.FromDays(30), TimeSpan.FromDays(90), TimeSpan.FromDays(366),
    ];

    /// <summary>Milliseconds; from is included, until is not, except for the longest window there is.</summary>
    public static JsonArray Count(double[] times) => new([.. Edges.Zip(Edges.Skip(1), (from, to) => new JsonObject
    {
        ["from"] = from.TotalMilliseconds,
        ["to"] = to.TotalMilliseconds,
        ["count"] = times.Count(time => time >= from.TotalMilliseconds && (time < to.TotalMilliseconds || to == Edges[^1])),
    })]);
}
