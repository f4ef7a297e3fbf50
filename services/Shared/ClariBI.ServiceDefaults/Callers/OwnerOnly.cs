using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ClariBI.ServiceDefaults.Callers;

/// <summary>The one answer to a person who may see something but not decide it.</summary>
public static class OwnerOnly
{
    public const string Type = "owner-only";

    /// <param name="action">What was wanted, as in “approve tools”.</param>
    /// <param name="who">Whoever may do it.</param>
    public static ProblemHttpResult Problem(string action, string who = "an owner of the workspace") => TypedResults.Problem(
        type: Type, title: $"Only {who} may {action}.", statusCode: StatusCodes.Status403Forbidden, detail: "Ask an owner to do it.");
}
