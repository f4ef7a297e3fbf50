using ClariBI.Contracts.Charts;
using MassTransit;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ClariBI.AnalysisPlanner.Analyses.Running;

/// <summary>Asks Charts for a picture. An answer without one is still an answer.</summary>
internal sealed partial class ChartDrawing(IRequestClient<DrawChart> charts, IOptions<PlannerOptions> options, ILogger<ChartDrawing> logger)
{
    public const string Missing = "The chart could not be drawn: the chart service does not answer. The numbers are in the table.";

    /// <returns>Null when Charts does not answer.</returns>
    public async Task<Guid?> DrawAsync(DrawChart request, CancellationToken cancellationToken)
    {
        try
        {
            return (await charts.GetResponse<ChartDrawn>(request, cancellationToken, options.Value.ServiceTimeout)).Message.ChartId;
        }
        catch (RequestException exception)
        {
            LogNotDrawn(exception, request.AnalysisId);
            return null;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Analysis {AnalysisId} is answered without a chart.")]
    private partial void LogNotDrawn(Exception exception, Guid analysisId);
}
