using System.ComponentModel.DataAnnotations;
using ClariBI.CredentialVault.Data;
using ClariBI.CredentialVault.Keys;
using ClariBI.ServiceDefaults.Callers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.CredentialVault.Rotations;

/// <param name="Grants">How many grants it wraps.</param>
internal sealed record KeyVersionResponse(string Version, bool Current, int Grants);

/// <param name="Rotation">The latest one; null when there was none yet.</param>
internal sealed record EncryptionKeysResponse(
    KeyProvider Provider, string Current, IReadOnlyList<KeyVersionResponse> Versions, RotationResponse? Rotation);

/// <param name="To">The key version that wraps everything when it is finished.</param>
/// <param name="Total">How many secrets were not wrapped with it.</param>
/// <param name="Failed">How many could not be changed; the next rotation tries them again.</param>
internal sealed record RotationResponse(
    Guid Id, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, string To, int Total, int Done, int Failed,
    IReadOnlyList<RotationFailureResponse>? Failures = null)
{
    public static RotationResponse Of(KeyRotation rotation, IReadOnlyList<RotationFailureResponse>? failures = null) => new(
        rotation.Id, rotation.StartedAt, rotation.FinishedAt, rotation.To ?? "", rotation.Total, rotation.Done, rotation.Failed, failures);
}

/// <param name="Kind"><c>grant</c>, <c>revocation</c> or <c>sealing-key</c>.</param>
internal sealed record RotationFailureResponse(string Kind, string Id, string Detail);

/// <param name="NewKey">Make a new key version first; otherwise the newest one there is gets taken up.</param>
public sealed record StartRotationRequest([property: Required] bool? NewKey);

/// <summary>The keys that wrap the installation's credentials, for whoever runs it. Keys themselves are never shown.</summary>
internal static class EncryptionKeysApi
{
    public static void MapEncryptionKeys(this IEndpointRouteBuilder vault)
    {
        vault.MapGet("/api/encryption-keys", GetAsync).WithName("GetEncryptionKeys").WithSummary("Read the key versions and the latest rotation")
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        vault.MapPost("/api/encryption-keys/rotations", StartAsync).WithName("StartKeyRotation").WithSummary("Re-wrap every credential with the newest key")
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status429TooManyRequests)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        vault.MapGet("/api/encryption-keys/rotations/{id:guid}", GetRotationAsync).WithName("GetKeyRotation").WithSummary("Read how far a rotation is")
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Ok<EncryptionKeysResponse>, ProblemHttpResult>> GetAsync(
        Caller caller, IKeyEncryptionKeys keys, VaultDbContext db, WrappedRows wrapped, CancellationToken cancellationToken)
    {
        if (NotTheirs(caller) is { } refused)
        {
            return refused;
        }

        try
        {
            var current = (await keys.CurrentAsync(cancellationToken)).Version;
            var grants = await wrapped.GrantsByVersionAsync(cancellationToken);
            var versions = (await keys.VersionsAsync(cancellationToken)).Union(grants.Keys)
                .Select(version => new KeyVersionResponse(version, version == current, grants.GetValueOrDefault(version))).ToList();
            var latest = await db.KeyRotations.AsNoTracking().OrderByDescending(row => row.StartedAt).FirstOrDefaultAsync(cancellationToken);
            return TypedResults.Ok(new EncryptionKeysResponse(
                keys.Provider, current, versions, latest is null ? null : RotationResponse.Of(latest)));
        }
        catch (InvalidOperationException unavailable) when (unavailable is KeysUnavailableException or KeyVersionMissingException)
        {
            return KeysUnavailable(unavailable);
        }
    }

    private static async Task<Results<Accepted<RotationResponse>, ValidationProblem, ProblemHttpResult>> StartAsync(
        StartRotationRequest request, Caller caller, RotationStart start, CancellationToken cancellationToken)
    {
        if (NotTheirs(caller) is { } refused)
        {
            return refused;
        }

        if (request.NewKey!.Value && await start.WaitAsync(cancellationToken) is { } wait)
        {
            return TypedResults.Problem(
                type: "rotation-too-soon", title: "The keys were rotated a moment ago.", statusCode: StatusCodes.Status429TooManyRequests,
                detail: $"Another new key can be made in {Math.Max(1, (int)Math.Ceiling(wait.TotalMinutes))} min.");
        }

        try
        {
            var rotation = await start.StartAsync(request.NewKey!.Value, cancellationToken);
            return TypedResults.Accepted($"/api/encryption-keys/rotations/{rotation.Id}", RotationResponse.Of(rotation));
        }
        catch (InvalidOperationException unavailable) when (unavailable is KeysUnavailableException or KeyVersionMissingException)
        {
            return KeysUnavailable(unavailable);
        }
    }

    private static async Task<Results<Ok<RotationResponse>, ProblemHttpResult>> GetRotationAsync(
        Guid id, Caller caller, VaultDbContext db, CancellationToken cancellationToken)
    {
        if (NotTheirs(caller) is { } refused)
        {
            return refused;
        }

        var rotation = await db.KeyRotations.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (rotation is null)
        {
            return TypedResults.Problem(
                type: "rotation-not-found", title: "There is no such rotation.", statusCode: StatusCodes.Status404NotFound);
        }

        // Counts are the installation's; what failed is named only where it is the caller's own or nobody's.
        var failures = await db.RotationFailures.AsNoTracking()
            .Where(row => row.RotationId == id && (row.WorkspaceId == null || row.WorkspaceId == caller.WorkspaceId))
            .OrderBy(row => row.RowId).Take(100)
            .Select(row => new RotationFailureResponse(row.Kind, row.RowId, row.Detail)).ToListAsync(cancellationToken);
        return TypedResults.Ok(RotationResponse.Of(rotation, failures));
    }

    private static ProblemHttpResult? NotTheirs(Caller caller) => caller.RunsInstallation
        ? null
        : TypedResults.Problem(
            type: "installation-only", title: "The encryption keys belong to the whole installation.", statusCode: StatusCodes.Status403Forbidden,
            detail: "Ask an owner of the first workspace of this installation: they look after the keys of all workspaces.");

    private static ProblemHttpResult KeysUnavailable(InvalidOperationException unavailable) => TypedResults.Problem(
        type: "keys-unavailable", title: "The encryption keys cannot be reached now.", statusCode: StatusCodes.Status503ServiceUnavailable,
        detail: unavailable.Message);
}
