using Microsoft.AspNetCore.Identity;

namespace ClariBI.Gateway.Accounts;

internal sealed class Account : IdentityUser<Guid>
{
    public Account() => Id = Guid.CreateVersion7();

    public required string DisplayName { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }
}
