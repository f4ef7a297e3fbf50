using System.Text.Json.Nodes;
using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.Charts.Specs;

/// <summary>
/// Periods that are not over yet are drawn dashed. ECharts dashes whole series only, so a line is drawn twice under one name
/// (one colour, one legend entry): over a dataset of the complete rows and over a second one that begins at the last of them.
/// </summary>
internal static class IncompleteTail
{
    public static JsonNode Datasets(ResultTable table) => Start(table) is { } start
        ? new JsonArray(
            Options.Dataset(table, table.Rows.Take(start)), Options.Dataset(table, table.Rows.Skip(Math.Max(0, start - 1))))
        : Options.Dataset(table, table.Rows);

    /// <summary>Each line with, where needed, its dashed second part.</summary>
    public static List<JsonObject> Lines(ResultTable table, IReadOnlyList<JsonObject> lines)
    {
        if (Start(table) is null)
        {
            return [.. lines];
        }

        var tails = lines.Select(line =>
        {
            var tail = line.DeepClone().AsObject();
            tail["datasetIndex"] = 1;
            tail["lineStyle"] = new JsonObject { ["type"] = "dashed" };
            if (line["stack"] is { } stack)
            {
                // A stack of its own: the row both datasets hold would count twice in one.
                tail["stack"] = $"{stack}-incomplete";
            }

            return tail;
        }).ToList();
        return [.. lines, .. tails];
    }

    /// <summary>Index of the first row of the incomplete end; null when the last row is complete.</summary>
    private static int? Start(ResultTable table)
    {
        var start = table.Rows.Count;
        while (start > 0 && table.IncompleteRows.Contains(start - 1))
        {
            start--;
        }

        return start < table.Rows.Count ? start : null;
    }
}
