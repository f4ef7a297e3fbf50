using System.Text.Json;
using System.Text.RegularExpressions;

namespace ClariBI.Connector.Tools.Definitions;

/// <summary>One difference between two definitions, for a person to read.</summary>
/// <param name="Path">Such as <c>inputSchema.properties.action.enum</c>; empty for the whole definition.</param>
/// <param name="Before">Null where there was nothing.</param>
/// <param name="After">Null where nothing is left.</param>
internal sealed record DefinitionChange(string Path, string? Before, string? After);

internal static partial class DefinitionDiff
{
    private const int MostChanges = 200;
    private const int LongestValue = 2000;

    public static List<DefinitionChange> Between(string before, string after) =>
        [.. Compare("", Parse(before), Parse(after)).Take(MostChanges)];

    /// <summary>A definition that was not there before: everything it says.</summary>
    public static List<DefinitionChange> Of(string added) =>
        [.. Parse(added).EnumerateObject().Select(member => new DefinitionChange(member.Name, null, Show(member.Value)))];

    private static IEnumerable<DefinitionChange> Compare(string path, JsonElement before, JsonElement after)
    {
        if (before.ValueKind == JsonValueKind.Object && after.ValueKind == JsonValueKind.Object)
        {
            return CompareObjects(path, before, after);
        }

        if (before.ValueKind == JsonValueKind.Array && after.ValueKind == JsonValueKind.Array)
        {
            return IsFlat(before) && IsFlat(after) ? CompareSets(path, before, after) : CompareItems(path, before, after);
        }

        return before.GetRawText() == after.GetRawText() ? [] : [new DefinitionChange(path, Show(before), Show(after))];
    }

    private static IEnumerable<DefinitionChange> CompareObjects(string path, JsonElement before, JsonElement after)
    {
        var names = before.EnumerateObject().Select(member => member.Name).Union(after.EnumerateObject().Select(member => member.Name), StringComparer.Ordinal);
        foreach (var name in names)
        {
            var (had, has) = (before.TryGetProperty(name, out var old), after.TryGetProperty(name, out var now));
            var inner = Step(path, name);
            IEnumerable<DefinitionChange> changes = had && has
                ? Compare(inner, old, now)
                : [new DefinitionChange(inner, had ? Show(old) : null, has ? Show(now) : null)];
            foreach (var change in changes)
            {
                yield return change;
            }
        }
    }

    /// <summary>Lists of plain values, as an <c>enum</c> is: which went and which came.</summary>
    private static List<DefinitionChange> CompareSets(string path, JsonElement before, JsonElement after)
    {
        var (old, now) = (before.EnumerateArray().Select(Show).ToList(), after.EnumerateArray().Select(Show).ToList());
        if (old.SequenceEqual(now, StringComparer.Ordinal))
        {
            return before.GetRawText() == after.GetRawText() ? [] : [new DefinitionChange(path, before.GetRawText(), after.GetRawText())];
        }

        var changes = old.Except(now).Select(value => new DefinitionChange(path, value, null))
            .Concat(now.Except(old).Select(value => new DefinitionChange(path, null, value))).ToList();
        return changes.Count > 0 ? changes : [new DefinitionChange(path, Show(before), Show(after))];
    }

    private static IEnumerable<DefinitionChange> CompareItems(string path, JsonElement before, JsonElement after)
    {
        for (var index = 0; index < Math.Max(before.GetArrayLength(), after.GetArrayLength()); index++)
        {
            var inner = $"{path}[{index}]";
            var (had, has) = (index < before.GetArrayLength(), index < after.GetArrayLength());
            IEnumerable<DefinitionChange> changes = had && has
                ? Compare(inner, before[index], after[index])
                : [new DefinitionChange(inner, had ? Show(before[index]) : null, has ? Show(after[index]) : null)];
            foreach (var change in changes)
            {
                yield return change;
            }
        }
    }

    private static bool IsFlat(JsonElement list) =>
        list.EnumerateArray().All(item => item.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array));

    private static string Show(JsonElement value)
    {
        var text = VendorText.Show(value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText());
        return text.Length <= LongestValue ? text : string.Concat(text.AsSpan(0, LongestValue), "…");
    }

    private static string Step(string path, string name) =>
        !Plain().IsMatch(name) ? $"{path}[“{VendorText.Show(name)}”]" : path.Length == 0 ? name : $"{path}.{name}";

    private static JsonElement Parse(string json) => JsonSerializer.Deserialize<JsonElement>(json);

    [GeneratedRegex(@"\A[A-Za-z0-9_$-]+\z")]
    private static partial Regex Plain();
}
