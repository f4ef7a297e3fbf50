using System.Net;

namespace ClariBI.ServiceDefaults.Outbound;

/// <summary>What an address must be like before a name is looked up for it. <see cref="PublicAddresses"/> judges what the name stands for.</summary>
internal static class OutboundAddresses
{
    private const int FirstUnprivilegedPort = 1024;

    /// <summary>
    /// Ports above 1023 on which other protocols than HTTP are spoken and could be talked into something (the bad ports of
    /// the Fetch standard). Below 1024 only 443 is open.
    /// </summary>
    private static readonly HashSet<int> OtherProtocols =
        [1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080];

    /// <exception cref="OutboundRefusedException">With a sentence that names the address, never its user name.</exception>
    public static void Check(Uri address, OutboundOptions options)
    {
        if (!address.IsAbsoluteUri || address.Host.Length == 0)
        {
            throw new OutboundRefusedException("The address is not whole. It begins with https:// and names a host.");
        }

        if (address.UserInfo.Length > 0)
        {
            throw new OutboundRefusedException("Addresses with a user name are not followed.");
        }

        if (address.IdnHost.Contains('%', StringComparison.Ordinal) || address.DnsSafeHost.Contains('%', StringComparison.Ordinal))
        {
            throw new OutboundRefusedException("Addresses with a network zone are not followed.");
        }

        if (options.Allows(address))
        {
            return;
        }

        if (address.Scheme != Uri.UriSchemeHttps)
        {
            throw new OutboundRefusedException($"{address.Scheme}://{address.Authority} is not https.");
        }

        if ((address.Port < FirstUnprivilegedPort && address.Port != 443) || OtherProtocols.Contains(address.Port))
        {
            throw new OutboundRefusedException($"Port {address.Port} of {address.Host} is not for HTTPS.");
        }

        if (IPAddress.TryParse(address.IdnHost, out var literal) && !PublicAddresses.IsPublic(literal))
        {
            throw NotPublic(address.Host);
        }
    }

    /// <summary>
    /// What a name stands for, checked for the request that began it. One address that is not public refuses them all: a name
    /// that mixes both is an attack or a mistake.
    /// </summary>
    public static void Check(Uri address, IReadOnlyList<IPAddress> found, OutboundOptions options)
    {
        if (options.IsAllowedOrigin(address))
        {
            return;
        }

        var good = options.IsAllowedLoopback(address) ? found.All(IPAddress.IsLoopback) : found.All(PublicAddresses.IsPublic);
        if (found.Count == 0 || !good)
        {
            throw NotPublic(address.Host);
        }
    }

    private static OutboundRefusedException NotPublic(string host) => new($"{host} is not a public address.");
}
