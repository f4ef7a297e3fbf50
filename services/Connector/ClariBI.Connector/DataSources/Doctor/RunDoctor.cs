using System.ComponentModel.DataAnnotations;
using ClariBI.Connector.Data;
using ClariBI.Connector.Vendors;
using ClariBI.ServiceDefaults.Callers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.Connector.DataSources.Doctor;

/// <param name="Region">Of the vendor; null where it has one, or where <paramref name="ServerUrl"/> says where.</param>
/// <param name="ServerUrl">https, for vendors whose customers have addresses of their own.</param>
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
        DoctorRequest request, Caller caller, VendorCatalogue catalogue, ConnectionDoctor doctor, DoctorGate gate, CancellationToken cancellationToken)
    {
        if (catalogue.Find(request.Vendor) is not { } vendor)
        {
            return TypedResults.Problem(type: "vendor-not-found", title: "There is no such vendor.", statusCode: StatusCodes.Status404NotFound);
        }

        if (vendor.OwnerOnly && !caller.IsOwner)
        {
            return TypedResults.Problem(
                type: "owner-only", title: "Only an owner may do that.", statusCode: StatusCodes.Status403Forbidden,
                detail: "Ask an owner of the workspace.");
        }

        var (address, problem) = Find(vendor, request, catalogue);
        if (address is null)
        {
            return problem!;
        }

        using var entry = gate.TryEnter(caller.WorkspaceId);
        return entry is null ? Running() : TypedResults.Ok(await doctor.ExamineAsync(vendor, address, caller.WorkspaceId, cancellationToken));
    }

    private static (Uri? Address, ProblemHttpResult? Problem) Find(Vendor vendor, DoctorRequest request, VendorCatalogue catalogue)
    {
        if (!string.IsNullOrEmpty(request.ServerUrl))
        {
            return vendor.UrlHint is null ? (null, Wrong($"{vendor.Name} has addresses of its own: choose a region."))
                : Uri.TryCreate(request.ServerUrl, UriKind.Absolute, out var given) && given.Scheme == Uri.UriSchemeHttps && given.UserInfo.Length == 0
                    ? (given, null)
                    : (null, Wrong("The address must begin with https:// and hold no user name."));
        }

        var regions = catalogue.RegionsOf(vendor);
        var region = request.Region is null && regions.Count == 1 ? regions[0] : regions.FirstOrDefault(known => known.Id == request.Region);
        return region is not null ? (region.Url, null) : regions.Count == 0
            ? (null, Wrong($"Give the address of the server, like {vendor.UrlHint}."))
            : (null, TypedResults.Problem(
                type: "region-not-found", title: $"{vendor.Name} has no such region.", statusCode: StatusCodes.Status404NotFound,
                detail: $"Choose one of: {string.Join(", ", regions.Select(known => known.Id))}."));
    }

    private static ProblemHttpResult Wrong(string detail) => TypedResults.Problem(
        type: "server-url-invalid", title: "The server's address cannot be used.", statusCode: StatusCodes.Status400BadRequest, detail: detail);

    private static ProblemHttpResult Running() => TypedResults.Problem(
        type: "doctor-running", title: "The doctor is looking already.", statusCode: StatusCodes.Status409Conflict,
        detail: "Wait for its report, or try again in a minute.");
}
