using System.ComponentModel.DataAnnotations;
using ClariBI.ServiceDefaults.Callers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace ClariBI.Connector.Tools;

public sealed record SwitchToolRequest([Required] bool? Enabled);

/// <summary>An owner keeps an admitted tool from the engine, or gives it back. What a layer refuses cannot be switched on.</summary>
internal static class SwitchTool
{
    public static void MapSwitchTool(this IEndpointRouteBuilder connector) =>
        connector.MapPut("/api/data-sources/{id:guid}/tools/{name}", HandleAsync).WithName(nameof(SwitchTool))
            .WithSummary("Switch an admitted tool off or on").ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<Results<Ok<ToolResponse>, ProblemHttpResult>> HandleAsync(
        Guid id, string name, SwitchToolRequest request, Caller caller, ToolDecisions decisions, CancellationToken cancellationToken)
    {
        var (source, problem) = await decisions.FindAsync(id, caller, cancellationToken);
        if (source is null)
        {
            return problem!;
        }

        // Off is off also while the vendor cannot be asked.
        name = ToolPath.Decode(name);
        var known = await decisions.KnownAsync(source, cancellationToken);
        var tool = known.Tools.FirstOrDefault(one => one.Tool.Name == name);
        if (tool is not { CanSwitch: true })
        {
            return tool is null ? ToolProblems.NotFound(name) : ToolProblems.Refused(name, tool.Verdict.Reason);
        }

        await decisions.Changes.SwitchAsync(source, name, request.Enabled!.Value, caller.Name, cancellationToken);
        var settled = await decisions.SettleAsync(source, known, cancellationToken);
        return TypedResults.Ok(await decisions.DescribeAsync(settled, name, cancellationToken));
    }
}
