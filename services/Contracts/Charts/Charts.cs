using System.Text.Json.Serialization;
using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.Contracts.Charts;

/// <summary>Asks Charts to draw a result. Answered with <see cref="ChartDrawn"/>. Drawing again for the same analysis replaces its chart.</summary>
public sealed record DrawChart(
    Guid WorkspaceId,
    Guid AnalysisId,
    string Question,
    string Title,
    AnalysisQuery Query,
    ResultTable Table,
    ChartSource Source,
    DateTimeOffset CapturedAt);

/// <summary>Where the numbers come from: shown with every chart.</summary>
/// <param name="RangeStart">First day, in <paramref name="TimeZone"/>.</param>
public sealed record ChartSource(
    Guid DataSourceId,
    string DataSourceName,
    string? Organization,
    string? Project,
    bool Sandbox,
    string Tool,
    DateOnly RangeStart,
    DateOnly RangeEnd,
    string TimeZone);

public sealed record ChartDrawn(Guid ChartId, ChartType Type, string Description);

[JsonConverter(typeof(SnakeCaseEnumConverter<ChartType>))]
public enum ChartType
{
    Line,
    StackedArea,
    Bar,
    HorizontalBar,
    GroupedBar,
    Funnel,
    Retention,
    SingleValue,
    Table,
}
