using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.Charts.Specs;

/// <summary>Which columns of a table are drawn; the chart and its description both ask here, so that they tell the same.</summary>
internal static class DrawnColumns
{
    /// <summary>The leading columns of text or dates.</summary>
    public static List<int> Labels(ResultTable table) =>
        [.. Enumerable.Range(0, table.Columns.Count).TakeWhile(index => !IsNumber(table.Columns[index]))];

    /// <summary>The series of a time series: every number after the first column.</summary>
    public static List<int> Series(ResultTable table) =>
        [.. Enumerable.Range(0, table.Columns.Count).Skip(1).Where(index => IsNumber(table.Columns[index]))];

    /// <summary>The measures of categories that share an axis with the first: a share beside a count would be invisible.</summary>
    public static List<int> Measures(ResultTable table)
    {
        var numbers = Enumerable.Range(0, table.Columns.Count).Where(index => IsNumber(table.Columns[index])).ToList();
        return [.. numbers.Where(index => Scale(table.Columns[index]) == Scale(table.Columns[numbers[0]]))];
    }

    /// <summary>The curves of a retention table: the shares, without the counts they come from.</summary>
    public static List<int> Curves(ResultTable table) =>
        [.. Series(table).Where(index => table.Columns[index].Type == ColumnType.Percent)];

    public static List<FunnelSegment> Segments(ResultTable table)
    {
        var columns = table.Columns.Select((column, index) => (column, index)).ToList();
        return
        [
            .. columns
                .Where(share => share.column.Type == ColumnType.Percent && (share.column.Name == "share" || share.column.Name.EndsWith("_share", StringComparison.Ordinal)))
                .Select(share => new FunnelSegment(
                    SegmentName(share.column.Label),
                    columns.FindIndex(users => users.column.Name == share.column.Name[..^"share".Length] + "users"),
                    share.index)),
        ];
    }

    /// <summary>What a value axis measures: two columns fit on one axis when this is equal.</summary>
    public static (ColumnType Type, string? Unit) Scale(Column column) => (column.Type, column.Unit);

    public static bool IsNumber(Column column) => column.Type is not (ColumnType.Text or ColumnType.Date);

    /// <summary>"Paid share" and "Paid, share" are the segment Paid.</summary>
    private static string SegmentName(string label)
    {
        var name = label.EndsWith("share", StringComparison.OrdinalIgnoreCase) ? label[..^"share".Length].TrimEnd(' ', ',', '·', ':') : label;
        return name.Length > 0 ? name : label;
    }
}

/// <param name="Users">Index of its column of counts; -1 when there is none.</param>
/// <param name="Share">Index of its column of shares of the first step.</param>
internal sealed record FunnelSegment(string Name, int Users, int Share);
