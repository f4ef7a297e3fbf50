using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ClariBI.AnalysisPlanner;

/// <summary>Why something cannot be done, in the words a person reads. The same over HTTP, on the bus and in a stored analysis.</summary>
/// <param name="Type">A stable slug.</param>
internal sealed record PlannerProblem(string Type, string Title, string Detail)
{
    /// <summary>A rate limit or an outage: the same call may well succeed in a minute.</summary>
    [JsonIgnore]
    public bool IsPassing => Type is "vendor-rate-limited" or "vendor-unavailable" or "service-unavailable";

    public ProblemHttpResult ToHttp(int status) => TypedResults.Problem(type: Type, title: Title, detail: Detail, statusCode: status);

    public static PlannerProblem AnalysisNotFound { get; } =
        new("analysis-not-found", "There is no such analysis.", "It may have been deleted together with its conversation.");

    public static PlannerProblem ConversationNotFound { get; } =
        new("conversation-not-found", "There is no such conversation.", "It may have been deleted. Ask the question in a new one.");

    public static PlannerProblem DataSourceNotFound { get; } =
        new("data-source-not-found", "There is no such data source.", "Choose one of the workspace's data sources.");

    public static PlannerProblem NoDataSource { get; } =
        new("no-data-source", "No data source is connected.", "Connect one under Data Sources, then ask again.");

    public static PlannerProblem DataSourceRequired { get; } =
        new("data-source-required", "Which data source?", "The workspace has several connected data sources: choose the one to ask.");

    public static PlannerProblem ConnectorUnavailable { get; } =
        new("service-unavailable", "The connector does not answer.", "Data sources cannot be reached right now. Try again in a moment.");

    public static PlannerProblem Internal { get; } =
        new("internal-error", "Something went wrong on our side.", "The analysis was ended. Ask again; if it fails again, tell your administrator.");

    public static PlannerProblem Interrupted { get; } =
        new("analysis-interrupted", "The analysis was interrupted.", "The process that worked on it stopped several times. Ask again.");
}

/// <summary>Carries a <see cref="PlannerProblem"/> out of the depth of a vendor adapter to the run, which stores it.</summary>
internal sealed class PlannerProblemException(PlannerProblem problem) : Exception(problem.Title)
{
    public PlannerProblem Problem { get; } = problem;
}
