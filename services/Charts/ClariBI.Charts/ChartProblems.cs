using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ClariBI.Charts;

/// <summary>The problems of this service that more than one endpoint answers with.</summary>
internal static class ChartProblems
{
    public static ProblemHttpResult ChartNotFound() => NotFound("chart-not-found", "There is no such chart in this workspace.");

    public static ProblemHttpResult DashboardNotFound() =>
        NotFound("dashboard-not-found", "There is no such dashboard in this workspace.");

    public static ProblemHttpResult TileNotFound() => NotFound("tile-not-found", "There is no such tile on this dashboard.");

    private static ProblemHttpResult NotFound(string type, string title) =>
        TypedResults.Problem(type: type, title: title, statusCode: StatusCodes.Status404NotFound);
}
