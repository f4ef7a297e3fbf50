using Azure.Core;
using Azure.Security.KeyVault.Secrets;

namespace ClariBI.CredentialVault.Keys;

internal static class KeyVaultClient
{
    /// <summary>
    /// Patient for a few seconds (the client itself honours <c>Retry-After</c>) and no longer: somebody waits for a lease. The
    /// client's logging leaves headers and bodies out.
    /// </summary>
    public static SecretClientOptions Options() => new()
    {
        Retry =
        {
            Mode = RetryMode.Exponential,
            MaxRetries = 3,
            Delay = TimeSpan.FromMilliseconds(400),
            MaxDelay = TimeSpan.FromSeconds(4),
            NetworkTimeout = TimeSpan.FromSeconds(8),
        },
        Diagnostics = { IsLoggingContentEnabled = false },
    };
}
