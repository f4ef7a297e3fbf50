using System.Text.Json;
using System.Text.Json.Serialization;

namespace ClariBI.Contracts.AnalysisPlanner;

/// <summary>The numbers behind an answer: every figure in the text and every mark in the chart is a cell of it.</summary>
/// <param name="Shape">Decides the chart.</param>
/// <param name="Rows">Each as long as <paramref name="Columns"/>.</param>
/// <param name="IncompleteRows">Indexes of rows whose period is not over yet; drawn dashed and never called final.</param>
/// <param name="TotalRows">How many rows the vendor had before <paramref name="Rows"/> were cut; null when nothing was cut.</param>
public sealed record ResultTable(
    TableShape Shape,
    IReadOnlyList<Column> Columns,
    IReadOnlyList<IReadOnlyList<Cell>> Rows,
    IReadOnlyList<int> IncompleteRows,
    int? TotalRows = null);

[JsonConverter(typeof(SnakeCaseEnumConverter<TableShape>))]
public enum TableShape
{
    /// <summary>First column a date, every further column one series.</summary>
    TimeSeries,

    /// <summary>First column (or two) labels, then measures.</summary>
    Categories,

    /// <summary>Columns: step, then per segment users and share of the first step.</summary>
    Funnel,

    /// <summary>Columns: day or week number, then per segment the share that came back.</summary>
    Retention,

    /// <summary>One row: the value, and where compared the earlier value.</summary>
    SingleValue,

    /// <summary>Anything else.</summary>
    Table,
}

/// <param name="Name">Unique in the table, stable: facts cite it.</param>
/// <param name="Unit">A currency code for <see cref="ColumnType.Currency"/>; otherwise what is counted, for example <c>users</c>.</param>
public sealed record Column(string Name, string Label, ColumnType Type, string? Unit = null);

[JsonConverter(typeof(SnakeCaseEnumConverter<ColumnType>))]
public enum ColumnType
{
    Text,
    Date,
    Number,

    /// <summary>A share between 0 and 1.</summary>
    Percent,

    /// <summary>Seconds.</summary>
    Duration,
    Currency,
}

/// <summary>One value of a <see cref="ResultTable"/>: text, a number, or nothing. In JSON a string, a number or null.</summary>
[JsonConverter(typeof(CellConverter))]
public readonly record struct Cell
{
    private Cell(string? text, double? number) => (Text, Number) = (text, number);

    public string? Text { get; }

    public double? Number { get; }

    public static Cell Empty => default;

    public static Cell Of(string text) => new(text, null);

    public static Cell Of(double number) => new(null, number);

    public static implicit operator Cell(string text) => Of(text);

    public static implicit operator Cell(double number) => Of(number);
}

internal sealed class CellConverter : JsonConverter<Cell>
{
    public override Cell Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => Cell.Of(reader.GetString()!),
        JsonTokenType.Number => Cell.Of(reader.GetDouble()),
        JsonTokenType.Null => Cell.Empty,
        _ => throw new JsonException("A cell is a string, a number or null."),
    };

    public override void Write(Utf8JsonWriter writer, Cell value, JsonSerializerOptions options)
    {
        if (value.Text is not null)
        {
            writer.WriteStringValue(value.Text);
        }
        else if (value.Number is { } number && double.IsFinite(number))
        {
            writer.WriteNumberValue(number);
        }
        else
        {
            writer.WriteNullValue();
        }
    }
}
