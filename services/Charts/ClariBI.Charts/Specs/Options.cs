using System.Text.Json.Nodes;
using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.Charts.Specs;

/// <summary>Pieces of an ECharts option that several charts share.</summary>
internal static class Options
{
    public static JsonObject Dataset(ResultTable table, IEnumerable<IReadOnlyList<Cell>> rows) => new()
    {
        ["dimensions"] = new JsonArray([.. table.Columns.Select(column => JsonValue.Create(column.Name))]),
        ["source"] = new JsonArray([.. rows.Select(Row)]),
    };

    public static JsonArray Row(IReadOnlyList<Cell> cells) => new([.. cells.Select(Value)]);

    public static JsonNode? Value(Cell cell) => cell switch
    {
        { Text: { } text } => JsonValue.Create(text),
        { Number: { } number } when double.IsFinite(number) => JsonValue.Create(number),
        _ => null,
    };

    public static JsonObject ValueAxis(Column column)
    {
        var axis = new JsonObject { ["type"] = "value" };
        if (column is { Type: ColumnType.Number or ColumnType.Currency, Unit: { } unit })
        {
            axis["name"] = unit;
        }

        return axis;
    }

    public static JsonObject CategoryAxis(Column column) => new() { ["type"] = "category", ["name"] = column.Label };

    public static JsonObject Series(string type, string name, string x, string y) => new()
    {
        ["type"] = type,
        ["name"] = name,
        ["encode"] = new JsonObject { ["x"] = x, ["y"] = y },
    };

    public static JsonObject Option(JsonNode dataset, JsonNode xAxis, JsonNode yAxis, IReadOnlyList<JsonObject> series)
    {
        var option = new JsonObject
        {
            ["dataset"] = dataset,
            ["tooltip"] = new JsonObject { ["trigger"] = "axis" },
            ["xAxis"] = xAxis,
            ["yAxis"] = yAxis,
            ["series"] = new JsonArray([.. series]),
        };
        if (series.Select(one => (string?)one["name"]).Distinct().Count() > 1)
        {
            option["legend"] = new JsonObject { ["type"] = "scroll" };
        }

        return option;
    }
}
