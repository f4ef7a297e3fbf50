using System.Text.Json.Serialization;
using ClariBI.Contracts;

namespace ClariBI.Connector.Tools;

[JsonConverter(typeof(SnakeCaseEnumConverter<Verdict>))]
internal enum Verdict
{
    Allowed,

    /// <summary>Some values of one argument are admitted, the others refused.</summary>
    Narrowed,
    Refused,
}

[JsonConverter(typeof(SnakeCaseEnumConverter<PolicyLayer>))]
internal enum PolicyLayer
{
    Scope,
    Name,
    Annotations,
    Profile,
}

/// <summary>What the policy says of one tool, and the layer that decided.</summary>
/// <param name="Admission">Set when the verdict is narrowed.</param>
internal sealed record ToolVerdict(Verdict Verdict, PolicyLayer Layer, string Reason, Admission? Admission = null)
{
    public bool IsAdmitted => Verdict != Verdict.Refused;
}

/// <param name="Values">The admitted values of <paramref name="Argument"/>.</param>
/// <param name="MayOmit">Whether the vendor's default for a missing argument reads.</param>
internal sealed record Admission(string Argument, IReadOnlyList<string> Values, bool MayOmit);

/// <summary>Why a layer refuses a tool; a layer that admits says nothing.</summary>
internal sealed record Refusal(PolicyLayer Layer, string Reason);
