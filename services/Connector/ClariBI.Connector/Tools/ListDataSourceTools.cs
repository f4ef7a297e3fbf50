using ClariBI.Connector.Calls;
using ClariBI.Connector.Data;
using ClariBI.Connector.DataSources;
using ClariBI.Connector.Vendors;
using ClariBI.Contracts.Connector;
using ClariBI.ServiceDefaults.Callers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ClariBI.Connector.Tools;

internal sealed record ToolResponse(
    string Name, string? Title, string? Description, Verdict Verdict, PolicyLayer Layer, string Reason,
    IReadOnlyDictionary<string, IReadOnlyList<string>>? AdmittedValues);

internal static class ListDataSourceTools
{
    public static void MapListDataSourceTools(this IEndpointRouteBuilder connector) =>
        connector.MapGet("/api/data-sources/{id:guid}/tools", HandleAsync).WithName(nameof(ListDataSourceTools))
            .WithSummary("List what the vendor publishes, with the policy's verdicts")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status502BadGateway);

    private static async Task<Results<Ok<List<ToolResponse>>, ProblemHttpResult>> HandleAsync(
        Guid id, Caller caller, ConnectorDbContext db, DataSourceTools tools, VendorCatalogue catalogue, IOptions<ConnectorOptions> options,
        CancellationToken cancellationToken)
    {
        var source = await db.DataSources.AsNoTracking().In(caller).SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (source is null)
        {
            return DataSourceProblems.NotFound();
        }

        if (Unusable.Of(source) is { } unusable)
        {
            return Problem(unusable, source);
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Value.SessionTimeout);
        using var open = tools.Open(source);
        try
        {
            var judged = await tools.ListAsync(source, open.Session, limit.Token);
            await KeepCountsAsync(db, source, judged, cancellationToken);
            return TypedResults.Ok(judged.ConvertAll(Describe));
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested
            && CallFailures.Describe(exception, catalogue.Find(source.Vendor)?.Name ?? source.Vendor) is not null)
        {
            return Problem(CallFailures.Describe(exception, catalogue.Find(source.Vendor)?.Name ?? source.Vendor)!, source);
        }
    }

    private static ToolResponse Describe(JudgedTool judged) => new(
        judged.Tool.Name, judged.Tool.Title, judged.Tool.Description, judged.Verdict.Verdict, judged.Verdict.Layer, judged.Verdict.Reason,
        judged.Verdict.Admission is { } admission
            ? new Dictionary<string, IReadOnlyList<string>> { [admission.Argument] = admission.Values }
            : null);

    private static async Task KeepCountsAsync(ConnectorDbContext db, DataSource seen, List<JudgedTool> judged, CancellationToken cancellationToken)
    {
        var allowed = judged.Count(tool => tool.Verdict.IsAdmitted);
        if (seen.ToolsAllowed == allowed && seen.ToolsRefused == judged.Count - allowed)
        {
            return;
        }

        await db.DataSources.Where(row => row.Id == seen.Id && row.Version == seen.Version).ExecuteUpdateAsync(
            row => row.SetProperty(source => source.ToolsAllowed, allowed)
                .SetProperty(source => source.ToolsRefused, judged.Count - allowed)
                .SetProperty(source => source.Version, seen.Version + 1),
            cancellationToken);
    }

    private static ProblemHttpResult Problem(ToolCallFailed failure, DataSource source) =>
        failure.Reason is ToolCallFailure.Disconnected or ToolCallFailure.NeedsReauthorization
            ? TypedResults.Problem(
                type: failure.Reason == ToolCallFailure.Disconnected ? "data-source-disconnected" : "needs-reauthorization",
                title: $"{source.Name} cannot be asked.", detail: failure.Message, statusCode: StatusCodes.Status409Conflict)
            : TypedResults.Problem(
                type: "vendor-unreachable", title: "The vendor could not be asked.", detail: failure.Message,
                statusCode: StatusCodes.Status502BadGateway);
}
