using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using ClariBI.Evaluation.Questions;

namespace ClariBI.Evaluation.Grading;

/// <summary>Reads an analysis as the public API gives it.</summary>
internal static partial class ReplyReader
{
    private static readonly string[] Sourced = ["project", "dataSourceName", "organization", "dataSourceId"];

    /// <param name="chart">The chart's type, where it was looked up.</param>
    public static Reply Read(JsonElement analysis, string? chart = null)
    {
        var reply = Text(analysis, "status") switch
        {
            "answered" when analysis.TryGetProperty("answer", out var answer) => Answer(answer, chart),
            "clarification" => new Reply(Outcome.Clarify, Words(analysis, "clarification", "options", "label")),
            "declined" => new Reply(Outcome.Decline, Words(analysis, "refusal")),
            "failed" => Failure(analysis),
            var other => Reply.Broken($"the analysis ended as '{other}'"),
        };
        return reply with { Json = analysis.GetRawText() };
    }

    private static Reply Failure(JsonElement analysis)
    {
        var failure = analysis.TryGetProperty("failure", out var found) ? found : default;
        var type = Text(failure, "type") ?? "unknown";
        return new Reply(null, $"failed, {type}: {Text(failure, "title")} {Text(failure, "detail")}".TrimEnd())
        {
            IsBroken = type is "unknown" or "internal-error" or "analysis-interrupted" or "service-unavailable" or "vendor-unavailable",
        };
    }

    private static Reply Answer(JsonElement answer, string? chart)
    {
        var evidence = answer.TryGetProperty("evidence", out var found) ? found : default;
        var (figures, names) = (new List<Figure>(), new List<string>());
        foreach (var fact in Items(answer, "facts"))
        {
            names.AddRange(new[] { Text(fact, "label"), Text(fact, "text") }.OfType<string>());
            AddFact(fact, figures);
        }

        if (answer.TryGetProperty("table", out var table) && table.ValueKind == JsonValueKind.Object)
        {
            AddTable(table, figures, names);
        }

        return new Reply(Outcome.Answer, Text(answer, "text") ?? "")
        {
            Kind = evidence.ValueKind == JsonValueKind.Object && evidence.TryGetProperty("query", out var query) ? Text(query, "kind") : null,
            Chart = chart,
            Sources = [.. Sourced.Select(name => Text(evidence, name)).OfType<string>()],
            Figures = figures,
            Names = names,
        };
    }

    private static void AddFact(JsonElement fact, List<Figure> figures)
    {
        if (!fact.TryGetProperty("value", out var value) || value.ValueKind != JsonValueKind.Number)
        {
            return;
        }

        var (unit, text) = (Text(fact, "unit"), Text(fact, "text") ?? "");
        var share = unit is "share" or "percent" or "%" or "points" || text.Contains('%', StringComparison.Ordinal);
        figures.Add(new Figure(value.GetDouble(), text, share, unit, Text(fact, "label"), IsFact: true));
    }

    private static void AddTable(JsonElement table, List<Figure> figures, List<string> names)
    {
        var columns = Items(table, "columns").ToArray();
        names.AddRange(columns.Select(column => Text(column, "label")).OfType<string>());
        foreach (var row in Items(table, "rows"))
        {
            var index = 0;
            foreach (var cell in row.EnumerateArray())
            {
                AddCell(cell, index < columns.Length ? columns[index] : default, figures, names);
                index++;
            }
        }
    }

    private static void AddCell(JsonElement cell, JsonElement column, List<Figure> figures, List<string> names)
    {
        var type = Text(column, "type");
        var (unit, label) = (type == "duration" ? "seconds" : Text(column, "unit"), Text(column, "label"));
        if (cell.ValueKind == JsonValueKind.Number)
        {
            figures.Add(new Figure(cell.GetDouble(), cell.GetRawText(), type == "percent" || $"{unit}{label}".Contains('%', StringComparison.Ordinal), unit, label));
            return;
        }

        if (cell.GetString() is not { } text)
        {
            return;
        }

        names.Add(text);

        // A list of the vendor's may hold its numbers as text.
        if (Written().Match(text) is { Success: true } written
            && double.TryParse(written.Groups[1].Value, NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number))
        {
            figures.Add(new Figure(number, text, written.Groups[2].Length > 0, unit, label));
        }
    }

    /// <summary>The text and, behind it, what may be chosen.</summary>
    private static string Words(JsonElement analysis, string name, string? list = null, string? label = null)
    {
        if (!analysis.TryGetProperty(name, out var part))
        {
            return "";
        }

        var options = list is null ? [] : Items(part, list).Select(option => Text(option, label!)).OfType<string>().ToArray();
        return (Text(part, "text") ?? "") + (options.Length > 0 ? $" [{string.Join(" | ", options)}]" : "");
    }

    private static List<JsonElement> Items(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : [];

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    [GeneratedRegex(@"^\s*(-?\d[\d,]*(?:\.\d+)?)\s*(%?)\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Written();
}
