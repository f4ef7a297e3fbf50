namespace ClariBI.Gateway.Workspaces;

/// <summary>The tenant: everything else in the product belongs to one.</summary>
internal sealed class Workspace
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string Name { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public List<Membership> Members { get; } = [];

    public static Workspace CreatedBy(Guid accountId, string name, DateTimeOffset now)
    {
        var workspace = new Workspace { Name = name.Trim(), CreatedAt = now };
        workspace.Members.Add(new Membership { WorkspaceId = workspace.Id, AccountId = accountId, Role = WorkspaceRole.Owner, Since = now });
        return workspace;
    }
}
