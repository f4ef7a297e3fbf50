using System.Globalization;
using System.Text.Json;
using Shouldly;

namespace ClariBI.EndToEnd.Tests;

/// <summary>Reads the table of an answer the way a person reads it.</summary>
internal static class Answers
{
    public static JsonElement ShouldBeAnswered(this JsonElement analysis)
    {
        analysis.GetProperty("status").GetString().ShouldBe("answered", analysis.ToString());
        var answer = analysis.GetProperty("answer");
        answer.GetProperty("text").GetString().ShouldNotBeNullOrWhiteSpace();
        foreach (var check in answer.GetProperty("checks").EnumerateArray())
        {
            check.GetProperty("passed").GetBoolean().ShouldBeTrue(check.ToString());
        }

        return answer;
    }

    public static (string Start, string End) Range(this JsonElement answer)
    {
        var evidence = answer.GetProperty("evidence");
        return (evidence.GetProperty("rangeStart").GetString()!, evidence.GetProperty("rangeEnd").GetString()!);
    }

    /// <summary>Label columns joined by " / " to the value of the first measure.</summary>
    public static Dictionary<string, double> ByLabel(this JsonElement answer)
    {
        var columns = Columns(answer);
        var labels = columns.TakeWhile(column => column.Type is "text" or "date").Count();
        return Rows(answer).ToDictionary(row => string.Join(" / ", row.Take(labels).Select(cell => cell.ToString())), row => row[labels].GetDouble());
    }

    /// <summary>Every row and series of a time series: "2026-11-01 / iOS" to the value; with one series the date alone.</summary>
    public static Dictionary<string, double> ByDate(this JsonElement answer)
    {
        var columns = Columns(answer);
        return Rows(answer).SelectMany(row => row.Skip(1).Select((cell, index) => (
                Key: columns.Length == 2 ? row[0].GetString()! : $"{row[0].GetString()} / {columns[index + 1].Label}",
                Value: cell.ValueKind == JsonValueKind.Number ? cell.GetDouble() : 0)))
            .ToDictionary(item => item.Key, item => item.Value);
    }

    /// <summary>The shares in the row whose first cell is <paramref name="first"/>, by column label.</summary>
    public static Dictionary<string, double> Shares(this JsonElement answer, double first)
    {
        var columns = Columns(answer);
        var found = Rows(answer).Single(row => row[0].ValueKind == JsonValueKind.Number && row[0].GetDouble() == first);
        return found.Zip(columns).Where(item => item.Second.Type == "percent" && item.First.ValueKind == JsonValueKind.Number)
            .ToDictionary(item => item.Second.Label, item => item.First.GetDouble());
    }

    public static double[] Column(this JsonElement answer, string name)
    {
        var index = Array.FindIndex(Columns(answer), column => column.Name == name);
        index.ShouldBeGreaterThanOrEqualTo(0, $"column {name} in {answer.GetProperty("table").GetProperty("columns")}");
        return [.. Rows(answer).Select(row => row[index].GetDouble())];
    }

    public static void ShouldMatch(this IReadOnlyDictionary<string, double> actual, IReadOnlyDictionary<string, double> expected, string because)
    {
        string.Join(", ", actual.Keys.Order(StringComparer.Ordinal)).ShouldBe(string.Join(", ", expected.Keys.Order(StringComparer.Ordinal)), because);
        foreach (var (key, value) in expected)
        {
            ShouldBeClose(actual[key], value, $"{because}: {key}");
        }
    }

    public static void ShouldBeClose(this double actual, double expected, string because) =>
        (Math.Abs(actual - expected) <= 1e-4 * Math.Max(1e-9, Math.Abs(expected)) || actual == expected)
            .ShouldBeTrue($"{because}: {actual.ToString(CultureInfo.InvariantCulture)} instead of {expected.ToString(CultureInfo.InvariantCulture)}");

    private static (string Name, string Label, string Type)[] Columns(JsonElement answer) =>
    [
        .. answer.GetProperty("table").GetProperty("columns").EnumerateArray()
            .Select(column => (column.GetProperty("name").GetString()!, column.GetProperty("label").GetString()!, column.GetProperty("type").GetString()!)),
    ];

    private static IEnumerable<JsonElement[]> Rows(JsonElement answer) =>
        answer.GetProperty("table").GetProperty("rows").EnumerateArray().Select(row => row.EnumerateArray().ToArray());
}
