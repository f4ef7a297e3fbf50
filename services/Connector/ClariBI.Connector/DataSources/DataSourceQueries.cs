using ClariBI.Connector.Calls;
using ClariBI.Connector.Data;
using ClariBI.Connector.Vendors;
using ClariBI.ServiceDefaults.Callers;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.Connector.DataSources;

internal static class DataSourceQueries
{
    public static IQueryable<DataSource> In(this IQueryable<DataSource> sources, Caller caller) =>
        sources.Where(row => row.WorkspaceId == caller.WorkspaceId);

    /// <summary>A write would be a call that was sent although the policy did not admit it.</summary>
    public static IQueryable<LoggedCall> Writes(this IQueryable<LoggedCall> calls) => calls.Where(call => call.Sent && !call.Admitted);

    public static async Task<DataSourceResponse> DescribeAsync(
        this ConnectorDbContext db, DataSource source, Caller caller, VendorCatalogue catalogue, CancellationToken cancellationToken)
    {
        var writes = await db.Calls.Where(call => call.WorkspaceId == source.WorkspaceId && call.DataSourceId == source.Id).Writes().CountAsync(cancellationToken);
        return DataSourceResponse.Of(source, caller, catalogue, writes);
    }

    /// <returns>Null when the name is free in the workspace, else one that is.</returns>
    public static async Task<string?> SuggestNameAsync(
        this ConnectorDbContext db, Caller caller, string name, Guid? own, CancellationToken cancellationToken)
    {
        var names = await db.DataSources.In(caller).Where(row => row.Id != own).Select(row => row.Name).ToListAsync(cancellationToken);
        var taken = names.Select(DataSourceNames.Key).ToHashSet();
        return taken.Contains(DataSourceNames.Key(name)) ? DataSourceNames.Suggest(name, taken) : null;
    }
}
