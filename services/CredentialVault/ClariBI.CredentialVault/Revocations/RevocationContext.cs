using ClariBI.CredentialVault.Vendor;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ClariBI.CredentialVault.Revocations;

/// <summary>What a revocation needs of the process, apart from its own scope.</summary>
internal sealed partial class RevocationContext(
    VendorRevocation vendor, TimeProvider clock, IOptions<VaultOptions> options, ILogger<RevocationContext> logger) : IDisposable
{
    private readonly SemaphoreSlim woken = new(0, 1);

    public VendorRevocation Vendor => vendor;

    public TimeProvider Clock => clock;

    public VaultOptions Options => options.Value;

    /// <summary>There is something to revoke at once.</summary>
    public void Wake()
    {
        try
        {
            woken.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is awake already.
        }
    }

    public Task WaitAsync(TimeSpan longest, CancellationToken cancellationToken) => woken.WaitAsync(longest, cancellationToken);

    public void Dispose() => woken.Dispose();

    [LoggerMessage(LogLevel.Information, "The revocation of grant {GrantId} came to its end: {Detail}")]
    public partial void LogSettled(Guid grantId, string detail);

    [LoggerMessage(LogLevel.Warning, "The revocation of grant {GrantId} is tried again later: {Detail}")]
    public partial void LogKept(Guid grantId, string detail);
}
