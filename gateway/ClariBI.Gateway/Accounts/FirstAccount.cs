namespace ClariBI.Gateway.Accounts;

/// <summary>A table of one row: its primary key decides which of two first visitors gets the product.</summary>
internal sealed class FirstAccount
{
    public const int OnlyId = 1;

    public int Id { get; init; } = OnlyId;

    public required Guid AccountId { get; init; }
}
