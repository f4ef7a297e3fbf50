using ClariBI.Connector.Grants;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ClariBI.Connector.DataSources;

internal static class DataSourceProblems
{
    public static ProblemHttpResult NotFound() => TypedResults.Problem(
        type: "data-source-not-found", title: "There is no such data source.", statusCode: StatusCodes.Status404NotFound,
        detail: "It was deleted, or it belongs to another workspace.");

    public static ProblemHttpResult VaultUnavailable(VaultUnavailableException unavailable) => TypedResults.Problem(
        type: "vault-unavailable", title: "The credential cannot be reached now.", statusCode: StatusCodes.Status503ServiceUnavailable,
        detail: $"{unavailable.Message} Nothing was changed.");

    public static ProblemHttpResult Changed() => TypedResults.Problem(
        type: "data-source-changed", title: "The data source was changed at the same moment.", statusCode: StatusCodes.Status409Conflict,
        detail: "Look at it again, then repeat what you wanted.");
}
