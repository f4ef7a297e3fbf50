using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.AnalysisPlanner.Vendors.Amplitude.Compiling;

/// <summary>The words that both chart forms share.</summary>
internal static class AmplitudeWords
{
    private const string CustomProperty = "gp:";

    /// <summary>Amplitude's own user properties; all others carry <c>gp:</c> in the raw form.</summary>
    private static readonly HashSet<string> BuiltIn = new(StringComparer.Ordinal)
    {
        "version", "country", "city", "region", "DMA", "language", "platform", "os", "device", "device_type", "start_version", "paying",
    };

    private static readonly Dictionary<FilterOperator, string> Operators = new()
    {
        [FilterOperator.Is] = "is",
        [FilterOperator.IsNot] = "is not",
        [FilterOperator.Contains] = "contains",
        [FilterOperator.DoesNotContain] = "does not contain",
        [FilterOperator.Greater] = "greater",
        [FilterOperator.GreaterOrEqual] = "greater or equal",
        [FilterOperator.Less] = "less",
        [FilterOperator.LessOrEqual] = "less or equal",
    };

    public static string Operator(FilterOperator value) => Operators[value];

    /// <summary>Null for an operator that a query cannot express.</summary>
    public static FilterOperator? Operator(string? text) =>
        Operators.FirstOrDefault(pair => pair.Value == text) is { Value: not null } found ? found.Key : null;

    public static string RawProperty(string property, PropertyScope scope) =>
        scope == PropertyScope.User && !BuiltIn.Contains(property) && !property.StartsWith(CustomProperty, StringComparison.Ordinal)
            ? CustomProperty + property
            : property;

    public static string PlainProperty(string property) =>
        property.StartsWith(CustomProperty, StringComparison.Ordinal) ? property[CustomProperty.Length..] : property;
}
