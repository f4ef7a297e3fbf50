using ClariBI.Connector.DataSources;
using ClariBI.Contracts.Connector;
using ClariBI.ServiceDefaults.Callers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ClariBI.Connector.Tools;

internal static class ToolProblems
{
    public static ProblemHttpResult NotAnOwner() => OwnerOnly.Problem("decide which tools may be used");

    public static ProblemHttpResult NotFound(string tool) => TypedResults.Problem(
        type: "tool-not-found", title: "There is no such tool.", statusCode: StatusCodes.Status404NotFound,
        detail: $"The vendor publishes no tool {tool} to this account.");

    public static ProblemHttpResult Refused(string tool, string reason) => TypedResults.Problem(
        type: "tool-refused", title: $"{tool} cannot be used.", statusCode: StatusCodes.Status409Conflict, detail: reason);

    public static ProblemHttpResult DefinitionChanged(string tool) => TypedResults.Problem(
        type: "definition-changed", title: $"{tool} is not published with this definition now.", statusCode: StatusCodes.Status409Conflict,
        detail: "Nothing was approved. Look at the list again, then approve what it shows.");

    public static ProblemHttpResult Of(ToolCallFailed failure, DataSource source) =>
        failure.Reason is ToolCallFailure.Disconnected or ToolCallFailure.NeedsReauthorization
            ? TypedResults.Problem(
                type: failure.Reason == ToolCallFailure.Disconnected ? "data-source-disconnected" : "needs-reauthorization",
                title: $"{source.Name} cannot be asked.", detail: failure.Message, statusCode: StatusCodes.Status409Conflict)
            : TypedResults.Problem(
                type: "vendor-unreachable", title: "The vendor could not be asked.", detail: failure.Message,
                statusCode: StatusCodes.Status502BadGateway);
}
