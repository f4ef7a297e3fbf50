using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;
using ClariBI.Contracts.Connector;
using ClariBI.ServiceDefaults.Callers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace ClariBI.Connector.Calls;

/// <param name="Arguments">A JSON object; the policy judges it.</param>
public sealed record MakeCallRequest([Required, StringLength(128, MinimumLength = 1)] string Tool, JsonElement Arguments);

/// <param name="Id">Of the call in the log.</param>
/// <param name="VendorIsError">The call arrived and the vendor declined it; the text says why.</param>
/// <param name="TruncatedRows">How many rows were left out at the end; null: none.</param>
public sealed record MadeCallResponse(Guid Id, string Text, bool VendorIsError, int DurationMs, int? TruncatedRows);

/// <summary>One call to a tool of a data source, for the person who asks.</summary>
internal static class MakeCall
{
    public static void MapMakeCall(this IEndpointRouteBuilder connector) =>
        connector.MapPost("/api/data-sources/{id:guid}/calls", HandleAsync).WithName(nameof(MakeCall))
            .WithSummary("Call a reading tool of a data source")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status429TooManyRequests)
            .ProducesProblem(StatusCodes.Status502BadGateway).ProducesProblem(StatusCodes.Status504GatewayTimeout);

    private static async Task<Results<Ok<MadeCallResponse>, ProblemHttpResult>> HandleAsync(
        Guid id, MakeCallRequest request, Caller caller, ToolCaller tools, CallLimits limits, HttpContext context, CancellationToken cancellationToken)
    {
        if (request.Arguments.ValueKind != JsonValueKind.Object)
        {
            return TypedResults.Problem(
                type: "arguments-not-an-object", title: "The arguments are not a JSON object.", statusCode: StatusCodes.Status400BadRequest,
                detail: "Send the tool's arguments as an object; {} when it needs none.");
        }

        if (request.Arguments.GetRawText().Length > CallLimits.LargestArguments)
        {
            return TypedResults.Problem(
                type: "arguments-too-large", title: "The arguments are too large.", statusCode: StatusCodes.Status413PayloadTooLarge,
                detail: $"At most {CallLimits.LargestArguments / 1024} KB of JSON are sent to a vendor. Ask for less at a time.");
        }

        var made = await tools.MakeAsync(
            new CallTool(caller.WorkspaceId, id, request.Tool, request.Arguments.GetRawText(), null, caller.Name, limits.Longest), cancellationToken);
        if (made.Answer is ToolCallCompleted completed)
        {
            return TypedResults.Ok(new MadeCallResponse(made.Id, completed.Text, completed.VendorIsError, made.DurationMs, completed.TruncatedRows));
        }

        var failed = (ToolCallFailed)made.Answer;
        if (failed.RetryAfter is { } wait)
        {
            context.Response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        return CallProblems.Of(failed);
    }
}
