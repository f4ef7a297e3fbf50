using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ClariBI.CredentialVault;

internal static class VaultTelemetry
{
    public const string Name = "ClariBI.CredentialVault";

    public static readonly ActivitySource Activities = new(Name);

    private static readonly Meter Meter = new(Name);

    /// <summary>Leases by outcome: <c>leased</c>, or the reason of the refusal.</summary>
    public static readonly Counter<long> Leases = Meter.CreateCounter<long>("claribi.vault.leases", "{lease}", "Requests for an access token.");

    /// <summary>Calls of vendors' token endpoints by outcome.</summary>
    public static readonly Histogram<double> Refreshes =
        Meter.CreateHistogram<double>("claribi.vault.refresh.duration", "s", "Time a vendor took to refresh a grant.");
}
