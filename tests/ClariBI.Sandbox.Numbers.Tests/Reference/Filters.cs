using System.Text.RegularExpressions;

namespace ClariBI.Sandbox.Numbers.Tests.Reference;

internal sealed record Filter(Property Property, string Op, string[] Values);

/// <summary>Whether an event has a property value as asked.</summary>
internal static class Filters
{
    private static readonly Dictionary<string, string> Negations = new()
    {
        ["is not"] = "is",
        ["does not contain"] = "contains",
        ["does not have prefix"] = "has prefix",
        ["glob does not match"] = "glob match",
        ["set is not"] = "set is",
        ["set does not contain"] = "set contains",
    };

    public static bool Holds(Filter filter, ExportedEvent item, EventFile file)
    {
        if (Negations.TryGetValue(filter.Op, out var positive))
        {
            return !Holds(filter with { Op = positive }, item, file);
        }

        var value = item[filter.Property];
        return filter.Op == "set is"
            ? value?.Items is { } items && items.ToHashSet().SetEquals(filter.Values)
            : filter.Values.Any(wanted => Holds(filter.Op, value, wanted, file.IsNumeric(filter.Property)));
    }

    private static bool Holds(string op, Value? value, string wanted, bool numeric)
    {
        if (value is null)
        {
            return op == "is" && wanted == Value.None;
        }

        return op switch
        {
            "is" => numeric && Value.ReadNumber(wanted) is { } number ? value.Number == number : value.Text == wanted,
            "contains" => value.Text.Contains(wanted, StringComparison.OrdinalIgnoreCase),
            "ends with" => value.Text.EndsWith(wanted, StringComparison.OrdinalIgnoreCase),
            "has prefix" => value.Text.StartsWith(wanted, StringComparison.Ordinal),
            "glob match" => Glob(value.Text, wanted),
            "less" => Compare(value, wanted) < 0,
            "less or equal" => Compare(value, wanted) <= 0,
            "greater" => Compare(value, wanted) > 0,
            "greater or equal" => Compare(value, wanted) >= 0,
            "set contains" => value.Items?.Contains(wanted) == true,
            "version less than" => Version(value.Text, wanted) < 0,
            "version less than or equal to" => Version(value.Text, wanted) <= 0,
            "version greater than" => Version(value.Text, wanted) > 0,
            "version greater than or equal to" => Version(value.Text, wanted) >= 0,
            _ => throw new ArgumentOutOfRangeException(nameof(op), op, null),
        };
    }

    private static int? Compare(Value value, string wanted) => value.Number is { } left && Value.ReadNumber(wanted) is { } right ? left.CompareTo(right) : null;

    private static bool Glob(string text, string pattern) =>
        Regex.IsMatch(text, "^" + Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal).Replace("\\?", ".", StringComparison.Ordinal) + "\\z", RegexOptions.Singleline);

    private static int? Version(string left, string right)
    {
        int?[] a = Parts(left), b = Parts(right);
        if (a.Contains(null) || b.Contains(null))
        {
            return null;
        }

        return Enumerable.Range(0, Math.Max(a.Length, b.Length))
            .Select(index => (a.ElementAtOrDefault(index) ?? 0).CompareTo(b.ElementAtOrDefault(index) ?? 0)).FirstOrDefault(sign => sign != 0);
    }

    private static int?[] Parts(string version) => [.. version.Split('.').Select(part => int.TryParse(part, out var number) ? number : (int?)null)];
}
