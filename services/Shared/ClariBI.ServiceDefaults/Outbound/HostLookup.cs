using System.Net;

namespace ClariBI.ServiceDefaults.Outbound;

/// <summary>Looks names up. A seam, so that tests decide what a name stands for.</summary>
internal interface IHostLookup
{
    Task<IPAddress[]> FindAsync(string host, CancellationToken cancellationToken);
}

internal sealed class SystemHostLookup : IHostLookup
{
    public Task<IPAddress[]> FindAsync(string host, CancellationToken cancellationToken) => Dns.GetHostAddressesAsync(host, cancellationToken);
}
