using System.Text.Json.Serialization;
using ClariBI.Contracts;

namespace ClariBI.Gateway.Workspaces;

internal sealed class Membership
{
    public required Guid WorkspaceId { get; init; }

    public required Guid AccountId { get; init; }

    public required WorkspaceRole Role { get; set; }

    public required DateTimeOffset Since { get; init; }

    public Workspace? Workspace { get; init; }
}

[JsonConverter(typeof(SnakeCaseEnumConverter<WorkspaceRole>))]
internal enum WorkspaceRole
{
    Member,
    Owner,
}
