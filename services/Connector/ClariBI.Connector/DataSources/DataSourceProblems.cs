using ClariBI.Connector.Authorizations;
using ClariBI.Connector.Grants;
using ClariBI.ServiceDefaults.Callers;
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

    public static ProblemHttpResult NoName() => TypedResults.Problem(
        type: "name-invalid", title: "The name has no letters that can be seen.", statusCode: StatusCodes.Status400BadRequest,
        detail: "Enter a name that people can read.");

    /// <param name="action">What was wanted, as in “delete this data source”.</param>
    public static ProblemHttpResult NotTheirs(string action) => OwnerOnly.Problem(action, "an owner of the workspace or whoever connected it");

    public static ProblemHttpResult NameTaken(string name, string suggestion) => TypedResults.Problem(
        type: "name-taken", title: $"There is a data source called {name} already.", statusCode: StatusCodes.Status409Conflict,
        detail: $"Choose another name, for example {suggestion}.", extensions: new Dictionary<string, object?> { ["suggestion"] = suggestion });

    public static ProblemHttpResult OtherOrganization(OrganizationChange change) => TypedResults.Problem(
        type: "other-organization", title: "The account belongs to another organization.", statusCode: StatusCodes.Status409Conflict,
        detail: $"The data source was connected to {change.From}; this account belongs to {change.To}. "
            + "Confirm to go on, or start over signed in to the first one.",
        extensions: new Dictionary<string, object?> { ["from"] = change.From, ["to"] = change.To });

    public static ProblemHttpResult ProjectRequired(IReadOnlyList<VendorProject> projects) => TypedResults.Problem(
        type: "project-required", title: "Choose a project of the account.", statusCode: StatusCodes.Status409Conflict,
        detail: projects.Count == 0
            ? "The account tells no projects, so none can be chosen."
            : $"The account has {projects.Count}: {string.Join(", ", projects.Take(20).Select(known => known.Name))}.");
}
