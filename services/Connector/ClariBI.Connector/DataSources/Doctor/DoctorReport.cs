using System.Text.Json.Serialization;
using ClariBI.Contracts;

namespace ClariBI.Connector.DataSources.Doctor;

/// <summary>In the order in which a connection is made.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<DoctorStep>))]
internal enum DoctorStep
{
    Discover,
    Metadata,
    Register,
    Authorize,
    Exchange,
    Initialize,
    List,
    Call,
}

[JsonConverter(typeof(SnakeCaseEnumConverter<DoctorStatus>))]
internal enum DoctorStatus
{
    Passed,
    Failed,
    Skipped,
}

/// <param name="Trace">What went over the wire, redacted: fit to be sent to a vendor's support.</param>
internal sealed record DoctorReport(DateTimeOffset StartedAt, int DurationMs, bool Healthy, IReadOnlyList<DoctorStepResponse> Steps, string Trace);

/// <param name="Title">What the step does.</param>
/// <param name="Detail">What was found; null where it failed.</param>
/// <param name="Cause">Why it failed, a sentence.</param>
/// <param name="Fix">What to do, a sentence.</param>
internal sealed record DoctorStepResponse(
    DoctorStep Step, DoctorStatus Status, string Title, string? Detail, string? Cause, string? Fix, int DurationMs);
