using ClariBI.CredentialVault.Vendor;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ClariBI.CredentialVault.Revocations;

/// <summary>What a revocation needs of the process, apart from its own scope.</summary>
internal sealed partial class RevocationContext(
    VendorRevocation vendor, TimeProvider clock, IOptions<VaultOptions> options, ILogger<RevocationContext> logger) : IDisposable
{
    private readonly WakeUp wakeUp = new();

    public VendorRevocation Vendor => vendor;

    public TimeProvider Clock => clock;

    public VaultOptions Options => options.Value;

    /// <summary>There is something to revoke at once.</summary>
    public void Wake() => wakeUp.Wake();

    public Task WaitAsync(TimeSpan longest, CancellationToken cancellationToken) => wakeUp.WaitAsync(longest, cancellationToken);

    public void Dispose() => wakeUp.Dispose();

    [LoggerMessage(LogLevel.Information, "The revocation of grant {GrantId} came to its end: {Detail}")]
    public partial void LogSettled(Guid grantId, string detail);

    [LoggerMessage(LogLevel.Warning, "The revocation of grant {GrantId} is tried again later: {Detail}")]
    public partial void LogKept(Guid grantId, string detail);
}
