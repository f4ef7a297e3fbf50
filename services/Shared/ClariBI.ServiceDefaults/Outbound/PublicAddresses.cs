using System.Net;
using System.Net.Sockets;

namespace ClariBI.ServiceDefaults.Outbound;

/// <summary>Tells public unicast addresses from the ranges that the IANA special-purpose registries (RFC 6890) reserve.</summary>
internal static class PublicAddresses
{
    private static readonly IPNetwork[] Reserved =
    [
        .. ((string[])
        [
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
            "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
            "224.0.0.0/4", "240.0.0.0/4",
        ]).Select(IPNetwork.Parse),
    ];

    private static readonly IPNetwork GlobalUnicast6 = IPNetwork.Parse("2000::/3");

    // Inside 2000::/3, yet not public: Teredo, benchmarking, ORCHID, documentation (two), 6to4, segment routing.
    private static readonly IPNetwork[] Reserved6 =
    [
        .. ((string[])["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16"]).Select(IPNetwork.Parse),
    ];

    public static bool IsPublic(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        return address.AddressFamily == AddressFamily.InterNetwork
            ? !Array.Exists(Reserved, range => range.Contains(address))
            : GlobalUnicast6.Contains(address) && !Array.Exists(Reserved6, range => range.Contains(address));
    }
}
