using System.Globalization;
using ClariBI.Sandbox.Mcp;

namespace ClariBI.Sandbox.Query;

/// <summary>Conditions on properties. A negative operator is the exact negation of its positive twin, so it holds for unset values too.</summary>
internal static class Filters
{
    /// <summary>Operators of typed charts.</summary>
    public static readonly string[] Typed =
    [
        "is", "is not", "contains", "does not contain", "has prefix", "does not have prefix", "greater", "less", "greater or equal", "less or equal",
        "glob match", "glob does not match", "set contains", "set does not contain",
    ];

    /// <summary>Those that raw definitions know besides.</summary>
    public static readonly string[] Raw =
    [
        .. Typed, "set is", "set is not", "ends with", "version less than", "version less than or equal to", "version greater than", "version greater than or equal to",
    ];

    /// <summary>Known, and refused: they look at elements of web pages, which the events of an export do not have.</summary>
    public static readonly string[] WebOnly = ["css match", "autotrack css match"];

    public static string Condition(Sql sql, Filter filter)
    {
        var (op, isNegated) = filter.Op switch
        {
            "is not" => ("is", true),
            "does not contain" => ("contains", true),
            "does not have prefix" => ("has prefix", true),
            "glob does not match" => ("glob match", true),
            "set does not contain" => ("set contains", true),
            "set is not" => ("set is", true),
            _ => (filter.Op, false),
        };
        var property = sql.Property(filter.Scope, filter.Property);
        var column = property?.Column ?? "NULL::VARCHAR";
        var any = op == "set is" ? SetIs(sql, column, filter.Values) : string.Join(" OR ", filter.Values.Select(value => One(sql, column, property?.IsNumeric == true, op, value)).DefaultIfEmpty("FALSE"));
        return $"{(isNegated ? "NOT " : "")}coalesce({any}, FALSE)";
    }

    private static string One(Sql sql, string column, bool isNumeric, string op, string value) => op switch
    {
        "is" when value == Sql.None => $"{column} IS NULL",
        "is" when isNumeric && double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => $"TRY_CAST({column} AS DOUBLE) = {sql.Value(number)}",
        "is" => $"{column} = {sql.Value(value)}",
        "contains" => $"contains(lower({column}), lower({sql.Value(value)}))",
        "ends with" => $"ends_with(lower({column}), lower({sql.Value(value)}))",
        "has prefix" => $"starts_with({column}, {sql.Value(value)})",
        "glob match" => $"regexp_full_match({column}, {sql.Value(Pattern(value))}, 's')",
        "set contains" => $"list_contains({List(column)}, {sql.Value(value)})",
        "less" => Compare(sql, column, op, "<", value),
        "less or equal" => Compare(sql, column, op, "<=", value),
        "greater" => Compare(sql, column, op, ">", value),
        "greater or equal" => Compare(sql, column, op, ">=", value),
        "version less than" => Versions.Compare(sql, column, op, "<", value),
        "version less than or equal to" => Versions.Compare(sql, column, op, "<=", value),
        "version greater than" => Versions.Compare(sql, column, op, ">", value),
        "version greater than or equal to" => Versions.Compare(sql, column, op, ">=", value),
        _ => throw new ToolErrorException($"op: Input should be one of {string.Join(", ", Raw)}"),
    };

    private static string Compare(Sql sql, string column, string op, string symbol, string value) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? $"{Sql.Number(column)} {symbol} {sql.Value(number)}"
            : throw new ToolErrorException($"values: {op} takes numbers, and {value} is none");

    /// <summary>Properties that are lists are kept as JSON text.</summary>
    private static string List(string column) => $"(CASE WHEN json_valid({column}) THEN TRY_CAST({column}::JSON AS VARCHAR[]) END)";

    private static string SetIs(Sql sql, string column, string[] values) =>
        values is [Sql.None] ? $"{column} IS NULL" : $"list_sort(list_distinct({List(column)})) = list_sort(list_distinct([{string.Join(", ", values.Select(sql.Value))}]::VARCHAR[]))";

    /// <summary>* is any text and ? any character; all else means itself.</summary>
    private static string Pattern(string glob) => string.Concat(glob.Select(symbol => symbol switch
    {
        '*' => ".*",
        '?' => ".",
        _ when char.IsAscii(symbol) && !char.IsAsciiLetterOrDigit(symbol) => $"\\{symbol}",
        _ => $"{symbol}",
    }));
}
