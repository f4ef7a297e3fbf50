using System.ComponentModel.DataAnnotations;
using ClariBI.Connector.Authorizations;
using ClariBI.Connector.Data;
using ClariBI.ServiceDefaults.Callers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.Connector.DataSources.Doctor;

/// <param name="Region">Of the vendor; null where it has one, or where <paramref name="ServerUrl"/> says where.</param>
/// <param name="ServerUrl">https, or an http address that the operator allows, for vendors whose customers have addresses of their own.</param>
public sealed record DoctorRequest(
    [Required, StringLength(80, MinimumLength = 1)] string Vendor, [StringLength(80)] string? Region, [StringLength(500)] string? ServerUrl);

internal static class RunDoctor
{
    public static void MapRunDoctor(this IEndpointRouteBuilder connector)
    {
        connector.MapPost("/api/data-sources/{id:guid}/doctor", ExamineSourceAsync).WithName("ExamineDataSource")
            .WithSummary("Walk through a connection step by step and say where it breaks")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        connector.MapPost("/api/doctor", ExamineVendorAsync).WithName("ExamineVendor")
            .WithSummary("The same before there is a data source, as far as no account is needed")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<Results<Ok<DoctorReport>, ProblemHttpResult>> ExamineSourceAsync(
        Guid id, Caller caller, ConnectorDbContext db, ConnectionDoctor doctor, DoctorGate gate, CancellationToken cancellationToken)
    {
        var source = await db.DataSources.AsNoTracking().In(caller).SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (source is null)
        {
            return DataSourceProblems.NotFound();
        }

        using var entry = gate.TryEnter(id);
        return entry is null ? Running() : TypedResults.Ok(await doctor.ExamineAsync(source, cancellationToken));
    }

    private static async Task<Results<Ok<DoctorReport>, ProblemHttpResult>> ExamineVendorAsync(
        DoctorRequest request, Caller caller, ConnectingTargets targets, ConnectionDoctor doctor, DoctorGate gate, CancellationToken cancellationToken)
    {
        // Whoever may connect a server may have it examined, and nobody else.
        var (target, problem) = await targets.FindAsync(
            new TargetRequest(request.Vendor, request.Region, request.ServerUrl, DataSourceId: null), caller, cancellationToken);
        if (target is null)
        {
            return problem!;
        }

        using var entry = gate.TryEnter(caller.WorkspaceId);
        return entry is null ? Running() : TypedResults.Ok(await doctor.ExamineAsync(target.Vendor, target.Server, caller.WorkspaceId, cancellationToken));
    }

    private static ProblemHttpResult Running() => TypedResults.Problem(
        type: "doctor-running", title: "The doctor is looking already.", statusCode: StatusCodes.Status409Conflict,
        detail: "Wait for its report, or try again in a minute.");
}
