using System.Collections.Frozen;

namespace ClariBI.Connector.Tools.Pins;

/// <summary>What of a pin every judgement needs; the definition itself stays in the database.</summary>
internal sealed record Pin(string Tool, string Hash, bool SwitchedOff, string ApprovedBy, DateTimeOffset ApprovedAt);

/// <summary>The pins of a data source as they stood at one version.</summary>
internal sealed record PinSet(int Version, FrozenDictionary<string, Pin> Pins)
{
    public static PinSet None { get; } = new(0, FrozenDictionary<string, Pin>.Empty);

    public Pin? Find(string tool) => Pins.GetValueOrDefault(tool);

    /// <summary>A pin whose hash cannot be read equals no definition: the tool stays out.</summary>
    public ToolStanding Standing(string tool, string hash) => Find(tool) is not { } pin
        ? new ToolStanding(PinState.New, SwitchedOff: false)
        : new ToolStanding(hash.Length > 0 && pin.Hash == hash ? PinState.Approved : PinState.Changed, pin.SwitchedOff);
}
