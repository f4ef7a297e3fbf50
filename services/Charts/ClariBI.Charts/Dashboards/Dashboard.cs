namespace ClariBI.Charts.Dashboards;

internal sealed class Dashboard
{
    public const int MaximumName = 120;

    /// <summary>A board is read in one request and each tile costs a vendor call per refresh.</summary>
    public const int MaximumTiles = 100;

    public Guid Id { get; private set; } = Guid.CreateVersion7();

    public required Guid WorkspaceId { get; init; }

    public required string Name { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; set; }
}
