using System.Globalization;
using System.Text.RegularExpressions;
using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.AnalysisPlanner.Answers;

/// <summary>
/// Checks a finished text against its facts, and the facts against the table. It knows nothing of how the text was written, so it holds for
/// text by a language model as well.
/// </summary>
internal static partial class Grounding
{
    private const double Tolerance = 1e-9;

    /// <param name="ranges">The dates of the range and of the one it is compared with, as written in the text.</param>
    public static IReadOnlyList<Check> Check(string text, IReadOnlyList<Fact> facts, AnalysisQuery query, ResultTable table, string ranges)
    {
        var known = facts.SelectMany(fact => Numbers(fact.Text)).Concat(Numbers(ranges)).Concat(Constants(query)).Concat(Dates(table)).Concat(Labels(table)).ToHashSet();
        var invented = Numbers(WithoutNames(text, query, table)).Where(number => !known.Contains(number)).Distinct().ToList();
        var astray = facts.Where(fact => !Matches(fact, table)).Select(fact => fact.Label).ToList();
        return
        [
            invented.Count == 0
                ? new Check("Every number in the text is in the data.", true)
                : new Check($"Numbers in the text that are not in the data: {string.Join(", ", invented)}.", false),
            astray.Count == 0
                ? new Check("Every fact matches the cells it comes from.", true)
                : new Check($"Facts that do not match their cells: {string.Join(", ", astray)}.", false),
        ];
    }

    /// <summary>Names may hold digits ("Plan 2023", "iOS 17"): they are data of their own, not figures.</summary>
    private static string WithoutNames(string text, AnalysisQuery query, ResultTable table)
    {
        var names = table.Rows.SelectMany(row => row).Select(cell => cell.Text).OfType<string>()
            .Concat(table.Columns.SelectMany(column => new[] { column.Label, column.Label.Split(": ")[0] }))
            .Concat(query.Measures.SelectMany(measure => new[] { measure.Event, measure.Property }).OfType<string>())
            .Concat(query.Steps.Select(step => step.Event))
            .Concat(query.Filters.SelectMany(filter => filter.Values.Append(filter.Property)))
            .Concat(query.Segments.Select(segment => segment.Name))
            .Concat(query.GroupBy.Select(group => group.Property))
            .Append(query.ObjectName ?? "");
        foreach (var name in names.Where(name => name.Any(char.IsAsciiDigit) && name.Any(char.IsLetter)).Distinct().OrderByDescending(name => name.Length))
        {
            // Whatever its case: a label inside a sentence begins with a small letter.
            text = text.Replace(name, " ", StringComparison.OrdinalIgnoreCase);
        }

        return text;
    }

    /// <summary>"25-34" is the name of a group.</summary>
    private static IEnumerable<string> Labels(ResultTable table) =>
        table.Rows.SelectMany(row => row).Select(cell => cell.Text).OfType<string>()
            .Concat(table.Columns.Select(column => column.Label))
            .Where(name => !name.Any(char.IsLetter) || name.Contains(':', StringComparison.Ordinal))
            .SelectMany(name => Numbers(name.Split(": ")[0]));

    private static IEnumerable<string> Constants(AnalysisQuery query)
    {
        List<int?> constants = [query.Limit, query.Retention?.Day, query.Steps.Count > 0 ? query.ConversionWindowDays : null];
        return constants.OfType<int>().Select(number => number.ToString(CultureInfo.InvariantCulture))
            .Concat(query.Filters.SelectMany(filter => filter.Values).SelectMany(Numbers));
    }

    /// <summary>Days and years of the table's own dates, which the text may name as the highest or the last.</summary>
    private static IEnumerable<string> Dates(ResultTable table)
    {
        var parts = table.Columns is [{ Type: ColumnType.Date }, ..]
            ? table.Rows.Select(row => row[0].Text).OfType<string>().SelectMany(Numbers).Distinct()
            : [];
        return parts.SelectMany(part => new[] { part, part.TrimStart('0') });
    }

    private static bool Matches(Fact fact, ResultTable table)
    {
        var names = table.Columns.Select(column => column.Name).ToList();
        foreach (var cell in fact.Cells)
        {
            var column = names.IndexOf(cell.Column);
            if (column < 0 || cell.Row < 0 || cell.Row >= table.Rows.Count || table.Rows[cell.Row][column].Number is not { } value)
            {
                return false;
            }

            // A fact of one cell is that cell; one of several was computed.
            if (fact.Cells.Count == 1 && Math.Abs(value - fact.Value) > Tolerance * Math.Max(1, Math.Abs(value)))
            {
                return false;
            }
        }

        return true;
    }

    private static IEnumerable<string> Numbers(string text) => Number().Matches(text).Select(match => match.Value.TrimEnd('.', ','));

    [GeneratedRegex(@"\d[\d,]*(?:\.\d+)?", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 500)]
    private static partial Regex Number();
}
