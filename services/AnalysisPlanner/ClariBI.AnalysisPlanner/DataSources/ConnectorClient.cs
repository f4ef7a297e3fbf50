using ClariBI.Contracts.Connector;
using MassTransit;
using Microsoft.Extensions.Options;

namespace ClariBI.AnalysisPlanner.DataSources;

/// <summary>What the planner asks of the Connector: which data sources there are, and what they say.</summary>
internal sealed class ConnectorClient(IClientFactory bus, IOptions<PlannerOptions> options)
{
    /// <summary>The connector needs a little longer than the vendor to say that the vendor took too long.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);

    public async Task<IReadOnlyList<DataSourceInfo>> ListAsync(Guid workspaceId, CancellationToken cancellationToken)
    {
        try
        {
            var response = await bus.CreateRequestClient<GetDataSources>().GetResponse<DataSourceList>(
                new GetDataSources(workspaceId), cancellationToken, options.Value.ServiceTimeout);
            return [.. response.Message.Items.Where(source => source.WorkspaceId == workspaceId)];
        }
        catch (RequestException)
        {
            throw new PlannerProblemException(PlannerProblem.ConnectorUnavailable);
        }
    }

    /// <summary>Reads which tools the data source admits; the session then calls them in the name of <paramref name="requester"/>.</summary>
    public async Task<VendorSession> OpenAsync(Requester requester, Guid dataSourceId, CancellationToken cancellationToken)
    {
        try
        {
            // The connector may have to open the vendor's session first, so the wait is the vendor's.
            var response = await bus.CreateRequestClient<ListTools>().GetResponse<ToolList, ToolCallFailed>(
                new ListTools(requester.WorkspaceId, dataSourceId), cancellationToken, options.Value.VendorTimeout + Margin);
            return response.Message switch
            {
                ToolList list => new VendorSession(this, requester, list),
                ToolCallFailed failed => throw new PlannerProblemException(VendorProblems.Of(failed)),
                _ => throw new PlannerProblemException(PlannerProblem.ConnectorUnavailable),
            };
        }
        catch (RequestException)
        {
            throw new PlannerProblemException(PlannerProblem.ConnectorUnavailable);
        }
    }

    public async Task<ToolCallCompleted> CallAsync(
        Requester requester, Guid dataSourceId, string tool, string argumentsJson, CancellationToken cancellationToken)
    {
        var timeout = options.Value.VendorTimeout;
        var call = new CallTool(
            requester.WorkspaceId, dataSourceId, tool, argumentsJson, requester.AnalysisId, requester.Name, timeout);
        try
        {
            var response = await bus.CreateRequestClient<CallTool>().GetResponse<ToolCallCompleted, ToolCallFailed>(
                call, cancellationToken, timeout + Margin);
            return response.Message switch
            {
                ToolCallCompleted completed => completed,
                ToolCallFailed failed => throw new PlannerProblemException(VendorProblems.Of(failed)),
                _ => throw new PlannerProblemException(PlannerProblem.ConnectorUnavailable),
            };
        }
        catch (RequestException)
        {
            throw new PlannerProblemException(PlannerProblem.ConnectorUnavailable);
        }
    }
}

/// <summary>On whose behalf a vendor is asked, for the call log.</summary>
internal sealed record Requester(Guid WorkspaceId, string Name, Guid? AnalysisId = null);
