using System.Text.Json.Serialization;
using ClariBI.Contracts;

namespace ClariBI.Connector.Calls;

[JsonConverter(typeof(SnakeCaseEnumConverter<CallOutcome>))]
internal enum CallOutcome
{
    Completed,

    /// <summary>It arrived, and the vendor declined it.</summary>
    VendorError,

    /// <summary>Our policy refused it; nothing was sent.</summary>
    Refused,
    Failed,
}

/// <summary>One attempt to call a tool, whatever came of it. Holds arguments and never a token or a result.</summary>
internal sealed class LoggedCall
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid WorkspaceId { get; init; }

    public required Guid DataSourceId { get; init; }

    public required Guid? AnalysisId { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Tool { get; init; }

    public required string ArgumentsJson { get; set; }

    public CallOutcome Outcome { get; set; } = CallOutcome.Failed;

    public string? Detail { get; set; }

    public int DurationMs { get; set; }

    public int Bytes { get; set; }

    public required string RequestedBy { get; init; }

    /// <summary>What the policy said of this tool with these arguments.</summary>
    public bool Admitted { get; set; }

    /// <summary>Set right before it leaves for the vendor.</summary>
    public bool Sent { get; set; }

    /// <summary>Whether its row is in the database already.</summary>
    public bool IsKept { get; set; }

    /// <summary>How often it was sent to the vendor.</summary>
    public int Attempts { get; set; }

    /// <summary>Time in which the vendor had it, over all attempts.</summary>
    public int VendorTimeMs { get; set; }

    /// <summary>It shared the answer to the same call, which was under way already.</summary>
    public bool Coalesced { get; set; }

    /// <summary>Rows of the result that were left out; null: none.</summary>
    public int? TruncatedRows { get; set; }

    /// <summary>SHA-256 of the arguments in canonical form, in lower-case hex. Stays when the arguments are not kept.</summary>
    public string? ArgumentsHash { get; set; }

    /// <summary>SHA-256 of the definition by which it was judged; null when it was not.</summary>
    public string? DefinitionHash { get; set; }
}
