using System.Text.Json;
using System.Text.Json.Nodes;
using ClariBI.AnalysisPlanner.DataSources;
using ClariBI.AnalysisPlanner.Taxonomies;

namespace ClariBI.AnalysisPlanner.Vendors.Amplitude.Names;

/// <summary>Reads a project's names with whichever reading tools are published.</summary>
internal static class TaxonomyLoader
{
    public static async Task<Taxonomy> LoadAsync(AmplitudeProject project, TimeProvider clock, CancellationToken cancellationToken)
    {
        var omissions = new Omissions();
        var zone = ReadTimeZoneAsync(project, cancellationToken);
        var charts = WhereAllowedAsync(ChartDefinitions.LoadAsync(project, omissions, cancellationToken));
        var cohorts = WhereAllowedAsync(CohortsAsync(project, cancellationToken));
        var events = EntitySearch.EventsAsync(project, cancellationToken);
        var properties = await PropertyLoader.LoadAsync(project, events, cancellationToken);
        var timeZone = await zone;
        properties = await ValueLoader.FillAsync(project, properties, (timeZone, TimeZones.Today(timeZone, clock)), omissions, cancellationToken);
        var taxonomy = new Taxonomy(timeZone, await events, properties, await cohorts, await charts);
        return taxonomy with { IsPartial = omissions.HasStopped };
    }

    public static async Task<IReadOnlyList<CohortInfo>> CohortsAsync(AmplitudeProject project, CancellationToken cancellationToken)
    {
        if (project.Tools.Cohorts is not { } tool || !tool.Declares("action"))
        {
            return [.. (await EntitySearch.AllAsync(project, "COHORT", cancellationToken)).Select(Cohort)];
        }

        var arguments = new JsonObject { ["action"] = "list" };
        if (tool.Takes("projectId"))
        {
            arguments["projectId"] = tool.Id("projectId", project.Id);
        }

        var reply = await project.AskAsync(tool, arguments, cancellationToken);
        return [.. reply.List().Select(Cohort).Where(cohort => cohort.Id.Length > 0)];
    }

    /// <summary>An account that may not read cohorts or charts can still be asked about events.</summary>
    private static async Task<IReadOnlyList<T>> WhereAllowedAsync<T>(Task<IReadOnlyList<T>> loading)
    {
        try
        {
            return await loading;
        }
        catch (PlannerProblemException exception) when (exception.Problem.Type is "vendor-tool-not-found" or "vendor-tool-refused" or "vendor-permission-missing")
        {
            return [];
        }
    }

    private static CohortInfo Cohort(JsonElement item) => new(
        EntitySearch.Id(item), EntitySearch.Name(item), item.Field("description").Text(), (long?)item.Field("size", "userCount", "users").Number());

    private static async Task<string> ReadTimeZoneAsync(AmplitudeProject project, CancellationToken cancellationToken)
    {
        if (project.Session.DataSource.ProjectTimeZone is { Length: > 0 } known)
        {
            return known;
        }

        if (project.Tools.Context is not { } tool)
        {
            return "UTC";
        }

        var arguments = tool.Declares("projectId") ? new JsonObject { ["projectId"] = tool.Id("projectId", project.Id) } : [];
        var reply = await project.AskAsync(tool, arguments, cancellationToken);
        return reply.Field("timezone").Text()
            ?? reply.Field("project").Field("timezone").Text()
            ?? reply.Field("settings").Field("timezone").Text()
            ?? reply.Field("projects").Each().FirstOrDefault(item => item.Field("appId", "projectId", "id").Text() == project.Id).Field("timezone").Text()
            ?? "UTC";
    }
}
