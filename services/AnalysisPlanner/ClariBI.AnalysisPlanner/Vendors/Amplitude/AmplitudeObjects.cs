using System.Text.Json;
using System.Text.Json.Nodes;
using ClariBI.AnalysisPlanner.Vendors.Amplitude.Names;
using ClariBI.AnalysisPlanner.Vendors.Amplitude.Reading;
using ClariBI.AnalysisPlanner.Vendors.Amplitude.Tables;
using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.AnalysisPlanner.Vendors.Amplitude;

/// <summary>Questions about things that exist rather than about numbers over time: lists, cohorts, saved charts of unknown form.</summary>
internal static class AmplitudeObjects
{
    public static async Task<ResultTable> ListAsync(AmplitudeProject project, AnalysisQuery query, CancellationToken cancellationToken) => query.ObjectId switch
    {
        "properties" => Table(
            query,
            [new("name", "Property", ColumnType.Text), new("scope", "Belongs to", ColumnType.Text), new("description", "Description", ColumnType.Text)],
            (await PropertyLoader.LoadAsync(project, EntitySearch.EventsAsync(project, cancellationToken), cancellationToken))
                .GroupBy(property => (property.Name, property.Scope))
                .Select(group => (IReadOnlyList<Cell>)[group.Key.Name, Owner(group.Key.Scope, group.Select(property => property.Event)), Optional(group.First().Description)])),
        "cohorts" => Table(
            query,
            [new("name", "Cohort", ColumnType.Text), new("users", "Users", ColumnType.Number, "users"), new("description", "Description", ColumnType.Text)],
            (await TaxonomyLoader.CohortsAsync(project, cancellationToken)).OrderByDescending(cohort => cohort.Size ?? 0)
                .Select(cohort => (IReadOnlyList<Cell>)[cohort.Name, Optional(cohort.Size), Optional(cohort.Description)])),
        "charts" => Table(
            query,
            [new("name", "Chart", ColumnType.Text), new("type", "Type", ColumnType.Text)],
            (await EntitySearch.AllAsync(project, "CHART", cancellationToken))
                .Select(chart => (IReadOnlyList<Cell>)[EntitySearch.Name(chart), Optional(chart.Field("chartType", "subType", "kind").Text())])),
        _ => Table(
            query,
            [new("name", "Event", ColumnType.Text), new("volume", "Events in the last 30 days", ColumnType.Number, "events"), new("description", "Description", ColumnType.Text)],
            (await EntitySearch.EventsAsync(project, cancellationToken))
                .Select(item => (IReadOnlyList<Cell>)[item.Name, Optional(item.MonthlyVolume), Optional(item.Description)])),
    };

    public static async Task<ResultTable> CohortAsync(AmplitudeProject project, AnalysisQuery query, CancellationToken cancellationToken)
    {
        var cohort = (await TaxonomyLoader.CohortsAsync(project, cancellationToken)).FirstOrDefault(item => item.Id == query.ObjectId)
            ?? throw new PlannerProblemException(new PlannerProblem(
                "cohort-not-found", "The cohort does not exist any more.", $"Amplitude lists no cohort {query.ObjectName ?? query.ObjectId}. It may have been archived."));
        return Table(
            query,
            [new("name", "Cohort", ColumnType.Text), new("users", "Users", ColumnType.Number, "users"), new("description", "Description", ColumnType.Text)],
            [[cohort.Name, Optional(cohort.Size), Optional(cohort.Description)]]);
    }

    public static async Task<ResultTable> SavedChartAsync(AmplitudeProject project, AnalysisQuery query, CancellationToken cancellationToken)
    {
        var tool = AmplitudeTools.Require(project.Tools.Charts, "reading saved charts");
        var arguments = new JsonObject { ["chartIds"] = new JsonArray(query.ObjectId) };
        if (tool.Declares("include"))
        {
            arguments["include"] = "data";
        }

        var reply = await project.AskAsync(tool, arguments, cancellationToken);
        var chart = reply.List().FirstOrDefault(item => item.Field("success").ValueKind != JsonValueKind.False);
        if (chart.Field("data").ValueKind == JsonValueKind.Undefined)
        {
            throw new PlannerProblemException(new PlannerProblem(
                "chart-not-found", "The saved chart could not be read.", $"Amplitude gave no data for {query.ObjectName ?? query.ObjectId}. It may have been deleted."));
        }

        return chart.Field("definition").Field("type").Text() switch
        {
            "funnels" => FunnelTable.Build(query, FunnelReader.Read(chart)),
            "retention" => RetentionTable.Build(query, RetentionReader.Read(chart)),
            _ => SavedChartTable.Build(query.ObjectName ?? "Value", SegmentationReader.Read(chart)),
        };
    }

    private static ResultTable Table(AnalysisQuery query, IReadOnlyList<Column> columns, IEnumerable<IReadOnlyList<Cell>> rows)
    {
        var all = rows.ToList();
        var kept = query.Limit is { } limit && limit < all.Count ? all.GetRange(0, limit) : all;
        return new ResultTable(TableShape.Table, columns, kept, [], kept.Count < all.Count ? all.Count : null);
    }

    private static Cell Owner(PropertyScope scope, IEnumerable<string?> events) => scope == PropertyScope.User
        ? "Users"
        : string.Join(", ", events.OfType<string>()) is { Length: > 0 } names ? names : "Events";

    private static Cell Optional(string? text) => text is null ? Cell.Empty : Cell.Of(text);

    private static Cell Optional(long? number) => number is { } value ? Cell.Of(value) : Cell.Empty;
}
