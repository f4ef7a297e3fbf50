using ClariBI.Contracts.Connector;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ClariBI.Connector.Calls;

/// <summary>A failed call as a problem document (RFC 9457).</summary>
internal static class CallProblems
{
    public static ProblemHttpResult Of(ToolCallFailed failed)
    {
        var (type, title, status) = failed.Reason switch
        {
            ToolCallFailure.DataSourceNotFound => ("data-source-not-found", "There is no such data source.", StatusCodes.Status404NotFound),
            ToolCallFailure.ToolNotFound => ("tool-not-found", "The data source has no such tool.", StatusCodes.Status404NotFound),
            ToolCallFailure.RefusedByPolicy => ("refused-by-policy", "The call was not sent: it might not only read.", StatusCodes.Status403Forbidden),
            ToolCallFailure.ArgumentsNotAccepted => ("arguments-not-accepted", "The arguments do not fit what the tool takes.", StatusCodes.Status400BadRequest),
            ToolCallFailure.Disconnected => ("disconnected", "The data source is disconnected.", StatusCodes.Status409Conflict),
            ToolCallFailure.NeedsReauthorization => ("needs-reauthorization", "The data source has to be authorized again.", StatusCodes.Status409Conflict),
            ToolCallFailure.InsufficientScope => ("insufficient-scope", "The call needs more than was granted.", StatusCodes.Status409Conflict),
            ToolCallFailure.ProjectNotSelected => ("project-not-selected", "No project is chosen.", StatusCodes.Status409Conflict),
            ToolCallFailure.RateLimited => ("rate-limited", "The vendor limits how often it may be asked.", StatusCodes.Status429TooManyRequests),
            ToolCallFailure.ResultTooLarge => ("result-too-large", "The result is too large.", StatusCodes.Status413PayloadTooLarge),
            ToolCallFailure.TimedOut => ("timed-out", "The vendor did not answer in time.", StatusCodes.Status504GatewayTimeout),
            _ => ("vendor-unavailable", "The vendor could not answer.", StatusCodes.Status502BadGateway),
        };
        return TypedResults.Problem(type: type, title: title, statusCode: status, detail: failed.Message);
    }
}
