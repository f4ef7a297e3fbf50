namespace ClariBI.Connector.Tools.Pins;

/// <summary>The definition of one tool that was approved for one data source, and whether an owner lets it be used.</summary>
internal sealed class ToolPin
{
    public required Guid WorkspaceId { get; init; }

    public required Guid DataSourceId { get; init; }

    public required string Tool { get; init; }

    /// <summary>Canonical JSON; kept to show what has changed since.</summary>
    public required string Definition { get; set; }

    /// <summary>SHA-256 of <see cref="Definition"/>; a tool published with any other one is not used.</summary>
    public required string Hash { get; set; }

    public required string ApprovedBy { get; set; }

    public required DateTimeOffset ApprovedAt { get; set; }

    public bool SwitchedOff { get; set; }
}

/// <summary>What was published when a grant was new: the baseline of the data source that is made of it.</summary>
internal sealed class ToolBaseline
{
    public required Guid GrantId { get; init; }

    public required Guid WorkspaceId { get; init; }

    /// <summary>A JSON array of the definitions' canonical texts.</summary>
    public required string DefinitionsJson { get; init; }

    public required DateTimeOffset At { get; init; }
}
