using System.Globalization;
using ClariBI.AnalysisPlanner.Engines;
using ClariBI.AnalysisPlanner.Engines.BuiltIn;
using ClariBI.AnalysisPlanner.Taxonomies;
using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.AnalysisPlanner.Engine.Tests;

/// <summary>Asks the engine and writes what it understood on one line, so that a test can state it whole.</summary>
internal static class Ask
{
    private static readonly BuiltInEngine Engine = new();

    public static async Task<Understanding> Of(Taxonomy taxonomy, string question, params PastTurn[] conversation) =>
        await Engine.UnderstandAsync(new EngineRequest(question, conversation, taxonomy, A.Today), TestContext.Current.CancellationToken);

    public static async Task<AnalysisQuery> Query(Taxonomy taxonomy, string question, params PastTurn[] conversation) =>
        (await Of(taxonomy, question, conversation)).ShouldBeOfType<Understanding.Understood>().Query;

    public static string Short(Understanding understanding) => understanding switch
    {
        Understanding.Understood understood => Short(understood.Query),
        Understanding.NeedsClarification => "clarify",
        _ => "decline",
    };

    public static string Short(AnalysisQuery query)
    {
        List<string> parts = [Snake(query.Kind)];
        parts.AddRange(query.Measures.Select(measure => $"{measure.Event}:{Snake(measure.Aggregation)}"));
        if (query.Steps.Count > 0)
        {
            parts.Add(string.Join(" > ", query.Steps.Select(step => step.Event)));
        }

        if (query.Kind == QueryKind.Trend)
        {
            parts.Add(query.Interval == Interval.Day ? "" : Snake(query.Interval));
        }

        parts.AddRange(query.Filters.Select(filter => $"filter {filter.Property}{Sign(filter.Operator)}{string.Join('|', filter.Values)}"));
        parts.Add(query.GroupBy.Count > 0 ? "by " + string.Join(" and ", query.GroupBy.Select(group => group.Property)) : "");
        parts.Add(query.Segments.Count > 0 ? "segments " + query.Segments.Count.ToString(CultureInfo.InvariantCulture) : "");
        parts.Add(query.Retention?.Day is { } day ? "day " + day.ToString(CultureInfo.InvariantCulture) : "");
        parts.Add(query.CompareTo is null ? "" : "compared");
        parts.Add(query.Kind is QueryKind.List or QueryKind.Cohort or QueryKind.SavedChart ? query.ObjectName ?? "" : "");
        return string.Join(' ', parts.Where(part => part.Length > 0));
    }

    private static string Sign(FilterOperator comparison) => comparison switch
    {
        FilterOperator.Is => "=",
        FilterOperator.IsNot => "!=",
        FilterOperator.Greater => ">",
        FilterOperator.GreaterOrEqual => ">=",
        FilterOperator.Less => "<",
        _ => comparison.ToString(),
    };

    private static string Snake<TEnum>(TEnum value)
        where TEnum : struct, Enum => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
