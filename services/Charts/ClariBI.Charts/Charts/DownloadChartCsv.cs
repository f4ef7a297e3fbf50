using System.Text;
using ClariBI.Charts.Data;
using ClariBI.ServiceDefaults.Callers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace ClariBI.Charts.Charts;

internal static class DownloadChartCsv
{
    public static void MapDownloadChartCsv(this IEndpointRouteBuilder charts) =>
        charts.MapGet("/{id:guid}/csv", HandleAsync).WithName(nameof(DownloadChartCsv)).WithSummary("The data of a chart as CSV")
            .Produces<string>(StatusCodes.Status200OK, "text/csv");

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> HandleAsync(
        Guid id, Caller caller, ChartsDbContext db, CancellationToken cancellationToken)
    {
        var found = await GetChart.FindAsync(db, caller, id, cancellationToken);
        return found is var (chart, snapshot)
            ? TypedResults.File(Encoding.UTF8.GetBytes(Csv.Write(snapshot.Table)), "text/csv; charset=utf-8", FileName(chart.Title))
            : ChartProblems.ChartNotFound();
    }

    private static string FileName(string title)
    {
        var words = string.Concat(title.Select(letter => char.IsLetterOrDigit(letter) ? letter : ' '))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 ? "chart.csv" : string.Join('-', words) + ".csv";
    }
}
