using ClariBI.AnalysisPlanner.Taxonomies;
using ClariBI.AnalysisPlanner.Vendors;
using ClariBI.Contracts.AnalysisPlanner;
using Microsoft.Extensions.DependencyInjection;

namespace ClariBI.AnalysisPlanner.DataSources;

/// <summary>Opens the project behind a data source: its tools, its names, and what day it is there.</summary>
internal sealed class Projects(
    ConnectorClient connector, TaxonomyCache taxonomies, VendorAdapters adapters, [FromKeyedServices(FixedCalendar.Key)] TimeProvider calendar)
{
    public async Task<Project> OpenAsync(Requester requester, Guid dataSourceId, CancellationToken cancellationToken)
    {
        var session = await connector.OpenAsync(requester, dataSourceId, cancellationToken);
        if (VendorProblems.Of(session.DataSource) is { } problem)
        {
            throw new PlannerProblemException(problem);
        }

        var taxonomy = await taxonomies.GetAsync(session, cancellationToken);
        return new Project(session, taxonomy, TimeZones.Today(taxonomy.TimeZone, calendar), adapters.For(session.DataSource));
    }
}

/// <param name="Today">In the project's time zone.</param>
internal sealed record Project(VendorSession Session, Taxonomy Taxonomy, DateOnly Today, IVendorAdapter Adapter)
{
    public Task<VendorAnswer> RunAsync(AnalysisQuery query, CancellationToken cancellationToken) =>
        Adapter.RunAsync(Session, query, Taxonomy, Today, cancellationToken);
}

internal static class TimeZones
{
    /// <summary>UTC where the vendor names a zone this machine does not know.</summary>
    public static TimeZoneInfo Find(string? name) =>
        name is not null && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : TimeZoneInfo.Utc;

    public static DateOnly Today(string? zone, TimeProvider clock) => DateOnly.FromDateTime(Now(zone, clock));

    /// <summary>What the clock on the wall shows there.</summary>
    public static DateTime Now(string? zone, TimeProvider clock) => TimeZoneInfo.ConvertTime(clock.GetUtcNow(), Find(zone)).DateTime;
}
