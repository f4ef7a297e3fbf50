using System.Globalization;
using System.Text.Json;

namespace ClariBI.Sandbox.Admin;

/// <summary>An argument of a tool call that reads "fault:kind" or "fault:kind:number" strikes that one call; the number is milliseconds, or the seconds of Retry-After.</summary>
internal static class MagicNames
{
    private const string Prefix = "fault:";
    private static readonly Dictionary<string, string> Statuses = new() { ["401"] = "unauthorized", ["403"] = "forbidden", ["429"] = "rate_limited", ["500"] = "server_error", ["503"] = "down" };

    public static Fault? Find(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => Read(value.GetString()!),
        JsonValueKind.Array => First(value.EnumerateArray()),
        JsonValueKind.Object => First(value.EnumerateObject().Select(field => field.Value)),
        _ => null,
    };

    /// <summary>Looks at every value, so that a text which is no valid Unicode is found here and nowhere later.</summary>
    private static Fault? First(IEnumerable<JsonElement> values) => values.Select(Find).ToArray().FirstOrDefault(fault => fault is not null);

    private static Fault? Read(string text)
    {
        var parts = text.StartsWith(Prefix, StringComparison.Ordinal) ? text[Prefix.Length..].Split(':') : [];
        if (parts.Length is not (1 or 2))
        {
            return null;
        }

        var kind = Statuses.GetValueOrDefault(parts[0], parts[0]);
        int? number = parts.Length == 2 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : null;
        return FaultKinds.OfCalls.Contains(kind) ? new Fault(kind) { Milliseconds = number, RetryAfter = number } : null;
    }
}
