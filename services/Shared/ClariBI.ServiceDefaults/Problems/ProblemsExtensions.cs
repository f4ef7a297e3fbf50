using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ClariBI.ServiceDefaults.Problems;

internal static class ProblemsExtensions
{
    public static void AddProblems(this WebApplicationBuilder builder)
    {
        builder.Services.AddExceptionHandler<UnhandledExceptionHandler>();
        builder.Services.AddProblemDetails(problems => problems.CustomizeProblemDetails = context =>
        {
            var problem = context.ProblemDetails;
            problem.Extensions["traceId"] = Activity.Current?.TraceId.ToString() ?? context.HttpContext.TraceIdentifier;

            // What the framework produced itself carries a link to an RFC section as its type: give it a slug of ours.
            if (problem.Type is null || problem.Type.StartsWith("https://", StringComparison.Ordinal))
            {
                (problem.Type, problem.Title) = problem is HttpValidationProblemDetails
                    ? ("validation-failed", "Some values are missing or not valid.")
                    : Describe(problem.Status ?? context.HttpContext.Response.StatusCode);
            }
        });
    }

    private static (string Type, string Title) Describe(int status) => status switch
    {
        StatusCodes.Status400BadRequest => ("bad-request", "The request could not be read."),
        StatusCodes.Status401Unauthorized => ("sign-in-required", "Sign in to continue."),
        StatusCodes.Status403Forbidden => ("not-allowed", "Your role does not allow this."),
        StatusCodes.Status404NotFound => ("not-found", "There is nothing at this address."),
        StatusCodes.Status405MethodNotAllowed => ("method-not-allowed", "This address does not take this method."),
        StatusCodes.Status413PayloadTooLarge => ("request-too-large", "The request is too large."),
        StatusCodes.Status415UnsupportedMediaType => ("unsupported-media-type", "Send the request as application/json."),
        StatusCodes.Status429TooManyRequests => ("too-many-requests", "Too many requests. Wait a moment and try again."),
        StatusCodes.Status502BadGateway or StatusCodes.Status503ServiceUnavailable or StatusCodes.Status504GatewayTimeout =>
            ("service-unavailable", "A part of ClariBI does not answer. Try again in a moment."),
        >= 500 => ("internal-error", "Something went wrong on our side."),
        _ => ("request-failed", "The request failed."),
    };
}
