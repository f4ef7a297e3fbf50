namespace ClariBI.Connector.Tools;

/// <summary>How the definition published now stands to the one that was approved.</summary>
internal enum PinState
{
    Approved,
    New,
    Changed,
}

/// <summary>What a data source remembers of a tool, which its definition cannot tell.</summary>
internal sealed record ToolStanding(PinState Pin, bool SwitchedOff);
