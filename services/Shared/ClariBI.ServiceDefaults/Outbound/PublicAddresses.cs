using System.Net;
using System.Net.Sockets;

namespace ClariBI.ServiceDefaults.Outbound;

/// <summary>
/// Tells public unicast addresses from those that the IANA special-purpose registries for IPv4 and IPv6 (RFC 6890, RFC 8190)
/// reserve. A reserved range is refused whole, also where a registry calls a part of it globally reachable.
/// </summary>
internal static class PublicAddresses
{
    private static readonly IPNetwork[] Reserved =
    [
        .. ((string[])
        [
            "0.0.0.0/8", // this network, RFC 791
            "10.0.0.0/8", // private, RFC 1918
            "100.64.0.0/10", // shared by carriers, RFC 6598
            "127.0.0.0/8", // loopback, RFC 1122
            "168.63.129.16/32", // the platform's own services on Azure: a public address that only its machines reach
            "169.254.0.0/16", // link local and the metadata of clouds, RFC 3927
            "172.16.0.0/12", // private, RFC 1918
            "192.0.0.0/24", // IETF protocols, RFC 6890
            "192.0.2.0/24", // documentation, RFC 5737
            "192.88.99.0/24", // 6to4 relays, RFC 7526
            "192.168.0.0/16", // private, RFC 1918
            "198.18.0.0/15", // benchmarks, RFC 2544
            "198.51.100.0/24", // documentation, RFC 5737
            "203.0.113.0/24", // documentation, RFC 5737
            "224.0.0.0/4", // multicast, RFC 5771
            "240.0.0.0/4", // reserved and broadcast, RFC 1112
        ]).Select(IPNetwork.Parse),
    ];

    /// <summary>All that is given out for public use: everything outside (loopback, ULA fc00::/7, link local, multicast, 100::/64 …) is refused.</summary>
    private static readonly IPNetwork GlobalUnicast6 = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] Reserved6 =
    [
        .. ((string[])
        [
            "2001::/23", // IETF protocols: Teredo, benchmarks, ORCHID, RFC 2928
            "2001:db8::/32", // documentation, RFC 3849
            "2002::/16", // 6to4, which embeds an IPv4 address, RFC 3056
            "3fff::/20", // documentation, RFC 9637
        ]).Select(IPNetwork.Parse),
    ];

    /// <summary>NAT64 (RFC 6052): how a network without IPv4 reaches an IPv4 address, which the last four bytes hold.</summary>
    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");

    public static bool IsPublic(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            return !Array.Exists(Reserved, range => range.Contains(address));
        }

        return Nat64.Contains(address)
            ? IsPublic(new IPAddress(address.GetAddressBytes().AsSpan(12)))
            : GlobalUnicast6.Contains(address) && !Array.Exists(Reserved6, range => range.Contains(address));
    }
}
