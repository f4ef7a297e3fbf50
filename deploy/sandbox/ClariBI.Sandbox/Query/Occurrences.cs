using System.Globalization;

namespace ClariBI.Sandbox.Query;

/// <summary>
/// "Did it so many times" as a condition. Who never did it has no rows and did it 0 times, so where 0 fits, the keys wanted are those
/// that are not among the ones missing the condition.
/// </summary>
internal static class Occurrences
{
    /// <summary>Keys is a query for the keys of those who did it, grouped, that ends with the HAVING it is given.</summary>
    public static string Condition(string key, string sum, string op, int times, Func<string, string> keys)
    {
        var fitsZero = Compare(0, op, times);
        var having = string.Create(CultureInfo.InvariantCulture, $"HAVING {(fitsZero ? "NOT " : "")}({sum} {op} {times})");
        return $"{key} {(fitsZero ? "NOT IN" : "IN")} ({keys(having)})";
    }

    private static bool Compare(int done, string op, int times) => op switch
    {
        ">=" => done >= times,
        ">" => done > times,
        "<=" => done <= times,
        "<" => done < times,
        "=" => done == times,
        _ => done != times,
    };
}
