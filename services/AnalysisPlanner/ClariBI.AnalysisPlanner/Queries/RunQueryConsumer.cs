using ClariBI.AnalysisPlanner.DataSources;
using ClariBI.Contracts.AnalysisPlanner;
using MassTransit;
using Microsoft.Extensions.Logging;

namespace ClariBI.AnalysisPlanner.Queries;

/// <summary>Runs a stored query again, for a dashboard's tile: names checked and compiled against today's tools, no engine.</summary>
internal sealed partial class RunQueryConsumer(Projects projects, TimeProvider clock, ILogger<RunQueryConsumer> logger) : IConsumer<RunQuery>
{
    public async Task Consume(ConsumeContext<RunQuery> context)
    {
        try
        {
            await context.RespondAsync(await RunAsync(context.Message, context.CancellationToken));
        }
        catch (PlannerProblemException exception)
        {
            await context.RespondAsync(new QueryFailed(exception.Problem.Type, $"{exception.Problem.Title} {exception.Problem.Detail}"));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogBroken(exception, context.Message.DataSourceId);
            await context.RespondAsync(new QueryFailed(PlannerProblem.Internal.Type, PlannerProblem.Internal.Title));
        }
    }

    private async Task<QueryCompleted> RunAsync(RunQuery request, CancellationToken cancellationToken)
    {
        var project = await projects.OpenAsync(new Requester(request.WorkspaceId, request.RequestedBy), request.DataSourceId, cancellationToken);
        project.Check(request.Query);
        var callsBefore = project.Session.Calls.Count;
        var answer = await project.RunAsync(request.Query, cancellationToken);
        var (start, end) = request.Query.Range.Resolve(project.Today);
        var vendorTime = project.Session.Calls.Skip(callsBefore).Aggregate(TimeSpan.Zero, (sum, call) => sum + call.VendorTime);
        return new QueryCompleted(
            answer.Table, answer.Main.Tool, answer.Main.ArgumentsJson, start, end, project.Taxonomy.TimeZone, vendorTime, clock.GetUtcNow());
    }

    [LoggerMessage(LogLevel.Error, "A query on data source {DataSourceId} broke.")]
    private partial void LogBroken(Exception exception, Guid dataSourceId);
}
