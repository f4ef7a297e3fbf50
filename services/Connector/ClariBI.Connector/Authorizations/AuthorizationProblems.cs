using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ClariBI.Connector.Authorizations;

internal static class AuthorizationProblems
{
    public static ProblemHttpResult NotFound() => TypedResults.Problem(
        type: "authorization-not-found", title: "There is no such authorization.", statusCode: StatusCodes.Status404NotFound,
        detail: "It was cancelled, it ended, or it belongs to somebody else. Start over.");

    public static ProblemHttpResult Connecting(ConnectingException failure) => TypedResults.Problem(
        type: failure.Type, title: failure.Title, detail: failure.Detail,
        statusCode: failure.Confirm is not null ? StatusCodes.Status409Conflict
            : failure.IsOurs ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status502BadGateway,
        extensions: failure.Confirm is null
            ? new Dictionary<string, object?> { ["step"] = failure.Step }
            : new Dictionary<string, object?> { ["step"] = failure.Step, ["confirm"] = failure.Confirm });

    /// <summary>An authorization that needed no consent and failed in one of the later steps.</summary>
    public static ProblemHttpResult Failed(Authorization authorization) => TypedResults.Problem(
        type: "authorization-failed", title: authorization.FailureTitle, detail: authorization.FailureDetail,
        statusCode: StatusCodes.Status502BadGateway,
        extensions: new Dictionary<string, object?> { ["step"] = authorization.FailureStep });
}
