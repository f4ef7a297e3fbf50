using System.Text.Json.Serialization;
using ClariBI.Connector.Tools.Definitions;
using ClariBI.Connector.Tools.Pins;
using ClariBI.Contracts;

namespace ClariBI.Connector.Tools;

[JsonConverter(typeof(SnakeCaseEnumConverter<ToolChange>))]
internal enum ToolChange
{
    New,
    Changed,
    Removed,
}

/// <param name="Title">As the engine may read it, and so is <paramref name="Description"/>.</param>
/// <param name="Enabled">Whether the engine may use it.</param>
/// <param name="CanSwitch">Whether an owner may turn it off or on.</param>
/// <param name="Change">How it differs from what was approved; null: not at all.</param>
/// <param name="Hash">Of the definition published now: what an approval has to name.</param>
internal sealed record ToolResponse(
    string Name,
    string? Title,
    string? Description,
    Verdict Verdict,
    PolicyLayer Layer,
    string Reason,
    IReadOnlyDictionary<string, IReadOnlyList<string>>? AdmittedValues,
    DataClass DataClass,
    bool Enabled,
    bool CanSwitch,
    ToolChange? Change,
    IReadOnlyList<DefinitionChange>? Changes,
    string Hash,
    string? ApprovedBy,
    DateTimeOffset? ApprovedAt)
{
    public static ToolResponse Of(JudgedTool judged, IReadOnlyList<DefinitionChange>? changes)
    {
        var (clean, verdict) = (CleanTool.Of(judged.Tool), judged.Verdict);
        return new ToolResponse(
            VendorText.Show(judged.Tool.Name), clean.Title, clean.Description, verdict.Verdict, verdict.Layer, Explain(verdict, clean.Findings),
            verdict.Admission is { } admission ? new Dictionary<string, IReadOnlyList<string>> { [admission.Argument] = admission.Values } : null,
            verdict.DataClass, verdict.IsAdmitted, judged.CanSwitch, Changed(judged.Standing), changes, judged.Definition.Hash,
            judged.Pin?.ApprovedBy, judged.Pin?.ApprovedAt);
    }

    /// <summary>A tool that was approved once, and that the vendor does not publish any more.</summary>
    public static ToolResponse Removed(Pin pin) => new(
        pin.Tool, null, null, Verdict.Refused, PolicyLayer.Pin, "The vendor no longer publishes it.", null, DataClass.Aggregate,
        Enabled: false, CanSwitch: false, ToolChange.Removed, null, pin.Hash, pin.ApprovedBy, pin.ApprovedAt);

    private static ToolChange? Changed(ToolStanding standing) => standing.Pin switch
    {
        PinState.New => ToolChange.New,
        PinState.Changed => ToolChange.Changed,
        _ => null,
    };

    private static string Explain(ToolVerdict verdict, TextFindings findings)
    {
        var hidden = findings.HasFlag(TextFindings.Hidden) ? " Hidden characters were removed from its texts." : "";
        var commands = findings.HasFlag(TextFindings.Commands) ? " Sentences that give a model orders were removed from its texts." : "";
        return $"{verdict.Reason}{hidden}{commands}";
    }
}

/// <param name="CheckedAt">When the vendor was asked.</param>
/// <param name="Pending">How many tools wait for an owner's approval.</param>
internal sealed record ToolListResponse(
    IReadOnlyList<ToolResponse> Tools, DateTimeOffset CheckedAt, bool PersonalTools, bool FreeTextTools, int Pending);
