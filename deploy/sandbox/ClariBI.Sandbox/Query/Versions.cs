using System.Globalization;
using System.Text.RegularExpressions;
using ClariBI.Sandbox.Mcp;

namespace ClariBI.Sandbox.Query;

/// <summary>Numbers between dots, compared one by one; a missing one counts as 0. What is no version fits no comparison.</summary>
internal static partial class Versions
{
    private const int Parts = 8;

    public static string Compare(Sql sql, string column, string op, string symbol, string value) => Pattern().IsMatch(value)
        ? string.Create(CultureInfo.InvariantCulture, $"(CASE WHEN regexp_full_match({column}, '[0-9]{{1,18}}([.][0-9]{{1,18}}){{0,7}}') THEN {List(column)} {symbol} {List(sql.Value(value))} END)")
        : throw new ToolErrorException($"values: {op} takes versions such as 2.10.1, and {value} is none");

    private static string List(string text) => string.Create(CultureInfo.InvariantCulture, $"list_resize(list_transform(string_split({text}, '.'), part -> TRY_CAST(part AS BIGINT)), {Parts}, 0)");

    [GeneratedRegex("^[0-9]{1,18}([.][0-9]{1,18}){0,7}$")]
    private static partial Regex Pattern();
}
