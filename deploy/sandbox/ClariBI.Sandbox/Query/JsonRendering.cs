using System.Globalization;
using System.Text.Json.Nodes;

namespace ClariBI.Sandbox.Query;

/// <summary>What replies in plain JSON have in common.</summary>
internal static class JsonRendering
{
    public static JsonObject Response(JsonObject response) => new() { ["isCsvResponse"] = false, ["jsonResponse"] = response };

    public static string Short(DateRange range, DateTime bucket) =>
        bucket.ToString(range.End - range.Start > TimeSpan.FromDays(360) ? "MMM dd, yyyy" : range.Interval <= Interval.Hour ? "MMM dd HH:mm" : "MMM dd", CultureInfo.InvariantCulture);

    public static JsonArray Numbers(IEnumerable<double> values) => new([.. values.Select(Number)]);

    /// <summary>Six decimals: sums of money would otherwise show the dust of binary fractions. JSON has no infinity; what is too large is 0.</summary>
    public static JsonNode Number(double value) => !double.IsFinite(value) ? JsonValue.Create(0)
        : Math.Abs(value) < 1e15 && value == Math.Floor(value) ? JsonValue.Create((long)value) : JsonValue.Create(Math.Round(value, 6));
}
