using ClariBI.ServiceDefaults.Callers;

namespace ClariBI.Charts.Dashboards;

internal static class FindDashboard
{
    /// <summary>The one dashboard, when it is the caller's workspace's.</summary>
    public static IQueryable<Dashboard> OwnedBy(this IQueryable<Dashboard> dashboards, Caller caller, Guid id) =>
        dashboards.Where(row => row.Id == id && row.WorkspaceId == caller.WorkspaceId);
}
