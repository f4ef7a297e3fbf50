using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.AnalysisPlanner.Answers;

/// <summary>An answer while it is written: a figure enters the text only as a fact.</summary>
/// <param name="RangeEnd">Last day of the data.</param>
internal sealed record Story(AnalysisQuery Query, ResultTable Table, DateOnly RangeEnd, DateOnly Today)
{
    public const int SmallSample = 30;

    public List<Fact> Facts { get; } = [];

    public List<string> Sentences { get; } = [];

    public List<string> Caveats { get; } = [];

    public double? Number(int row, string column) => row >= 0 && row < Table.Rows.Count && ColumnIndex(column) is var index and >= 0 ? Table.Rows[row][index].Number : null;

    public Column Column(string name) => Table.Columns.First(column => column.Name == name);

    /// <summary>The value of one cell, written in the unit of its column.</summary>
    public string Cell(string name, string label, int row, string column)
    {
        var value = Number(row, column) ?? throw new InvalidOperationException($"There is no number in row {row} of {column}.");
        return Add(name, label, value, Column(column).Unit, Figures.Of(value, Column(column)), new FactCell(row, column));
    }

    /// <summary>A value computed from cells.</summary>
    public string Add(string name, string label, double value, string? unit, string text, params IReadOnlyList<FactCell> cells)
    {
        Facts.Add(new Fact(name, label, value, unit, text, cells));
        return text;
    }

    /// <summary>"12.3 % more", "4.2 points less", "the same"; the direction is from the second value to the first.</summary>
    public string Change(string name, double value, double other, Column column, params IReadOnlyList<FactCell> cells)
    {
        if (value == other)
        {
            return "the same";
        }

        var direction = value > other ? "more" : "less";
        if (column.Type == ColumnType.Percent)
        {
            return $"{Add(name, "Difference", value - other, "points", Figures.Points(value - other), cells)} {direction}";
        }

        var share = other == 0 ? (double?)null : (value - other) / Math.Abs(other);
        return share is { } relative
            ? $"{Add(name, "Difference", relative, "share", Figures.Percent(Math.Abs(relative)), cells)} {direction}"
            : $"{Add(name, "Difference", value - other, column.Unit, Figures.Of(Math.Abs(value - other), column), cells)} {direction}";
    }

    public string Count(string name, string label, int count) => Add(name, label, count, null, Figures.Number(count));

    private int ColumnIndex(string name)
    {
        for (var i = 0; i < Table.Columns.Count; i++)
        {
            if (Table.Columns[i].Name == name)
            {
                return i;
            }
        }

        return -1;
    }
}
