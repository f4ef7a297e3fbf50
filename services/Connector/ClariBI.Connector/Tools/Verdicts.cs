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

    /// <summary>It only reads, but an owner has not switched it on, or has switched it off.</summary>
    Off,

    /// <summary>It would be admitted, but nobody has approved its definition as it stands now.</summary>
    Quarantined,
}

/// <summary>In the order in which they are asked; the first that speaks against a tool decides.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<PolicyLayer>))]
internal enum PolicyLayer
{
    Scope,
    Name,
    Annotations,
    Profile,
    DataClass,
    Pin,
    Switch,
}

/// <summary>What the policy says of one tool, and the layer that decided.</summary>
/// <param name="Admission">Set when the verdict is narrowed.</param>
/// <param name="DataClass">What kind of data the tool brings, whatever the verdict.</param>
internal sealed record ToolVerdict(
    Verdict Verdict, PolicyLayer Layer, string Reason, Admission? Admission = null, DataClass DataClass = DataClass.Aggregate)
{
    public bool IsAdmitted => Verdict is Verdict.Allowed or Verdict.Narrowed;
}

/// <param name="Values">The admitted values of <paramref name="Argument"/>.</param>
/// <param name="MayOmit">Whether the vendor's default for a missing argument reads.</param>
internal sealed record Admission(string Argument, IReadOnlyList<string> Values, bool MayOmit);

/// <summary>Why a layer refuses a tool; a layer that admits says nothing.</summary>
internal sealed record Refusal(PolicyLayer Layer, string Reason, Verdict Verdict = Verdict.Refused);
