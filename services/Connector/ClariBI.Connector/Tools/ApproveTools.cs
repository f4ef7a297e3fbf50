using System.ComponentModel.DataAnnotations;
using ClariBI.ServiceDefaults.Callers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace ClariBI.Connector.Tools;

/// <param name="Hash">Of the definition that the owner has seen; no other one is approved.</param>
public sealed record ApproveToolRequest([Required, StringLength(64)] string Hash);

public sealed record ToolApproval([Required, StringLength(128)] string Name, [Required, StringLength(64)] string Hash);

public sealed record ApproveToolsRequest([Required, MaxLength(2000)] IReadOnlyList<ToolApproval> All);

/// <summary>An owner lets new and changed definitions out of quarantine, each by its exact hash: all that are named, or none.</summary>
internal static class ApproveTools
{
    public static void MapApproveTools(this IEndpointRouteBuilder connector)
    {
        connector.MapPost("/api/data-sources/{id:guid}/tools/{name}/approval", ApproveOneAsync).WithName("ApproveTool")
            .WithSummary("Approve the definition of a tool as it is published now").ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status502BadGateway);
        connector.MapPost("/api/data-sources/{id:guid}/tools/approvals", ApproveAllAsync).WithName(nameof(ApproveTools))
            .WithSummary("Approve several definitions at once, or none").ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status502BadGateway);
    }

    private static async Task<Results<Ok<ToolResponse>, ProblemHttpResult>> ApproveOneAsync(
        Guid id, string name, ApproveToolRequest request, Caller caller, ToolDecisions decisions, CancellationToken cancellationToken)
    {
        var (tools, problem) = await ApproveAsync(id, [new ToolApproval(ToolPath.Decode(name), request.Hash)], caller, decisions, cancellationToken);
        return problem is null ? TypedResults.Ok(tools[0]) : problem;
    }

    private static async Task<Results<Ok<IReadOnlyList<ToolResponse>>, ProblemHttpResult>> ApproveAllAsync(
        Guid id, ApproveToolsRequest request, Caller caller, ToolDecisions decisions, CancellationToken cancellationToken)
    {
        if (request.All.Any(one => one is null))
        {
            return TypedResults.Problem(
                type: "validation-failed", title: "Name every tool with its hash.", statusCode: StatusCodes.Status400BadRequest, detail: "One of the list is null.");
        }

        var (tools, problem) = await ApproveAsync(id, [.. request.All.DistinctBy(one => one.Name)], caller, decisions, cancellationToken);
        return problem is null ? TypedResults.Ok(tools) : problem;
    }

    private static async Task<(IReadOnlyList<ToolResponse> Tools, ProblemHttpResult? Problem)> ApproveAsync(
        Guid id, IReadOnlyList<ToolApproval> wanted, Caller caller, ToolDecisions decisions, CancellationToken cancellationToken)
    {
        var (source, problem) = await decisions.FindAsync(id, caller, cancellationToken);
        if (source is null)
        {
            return ([], problem);
        }

        var (list, failure) = await decisions.Page.ReadAsync(source, cancellationToken);
        if (list is null)
        {
            return ([], ToolProblems.Of(failure!, source));
        }

        var found = new List<JudgedTool>(wanted.Count);
        foreach (var one in wanted)
        {
            var tool = list.Tools.FirstOrDefault(published => published.Tool.Name == one.Name);
            if (tool is null || tool.Definition.Flaw is not null || tool.Definition.Hash != one.Hash)
            {
                return ([], tool is null && list.Pins.Find(one.Name) is null ? ToolProblems.NotFound(one.Name)
                    : tool?.Definition.Flaw is { } flaw ? ToolProblems.Refused(one.Name, flaw)
                    : ToolProblems.DefinitionChanged(one.Name));
            }

            found.Add(tool);
        }

        var waiting = found.FindAll(tool => tool.Standing.Pin != PinState.Approved);
        if (waiting.Count > 0)
        {
            await decisions.Changes.ApproveAsync(source, waiting, caller.Name, cancellationToken);
        }

        var settled = await decisions.SettleAsync(source, new KnownTools(list.Tools, FromVendor: true), cancellationToken);
        var described = new List<ToolResponse>(found.Count);
        foreach (var tool in found)
        {
            described.Add(await decisions.DescribeAsync(settled, tool.Tool.Name, cancellationToken));
        }

        return (described, null);
    }
}
