using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace ClariBI.Gateway.Edge;

/// <summary>Takes the caller's address from the proxies an operator named, and from nobody else.</summary>
internal static class TrustedProxies
{
    public static bool AreNetworks(GatewayOptions options) => options.TrustedProxies.All(proxy => TryRead(proxy, out _));

    public static void Configure(ForwardedHeadersOptions forwarded, IOptions<GatewayOptions> gateway)
    {
        forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor;
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var proxy in gateway.Value.TrustedProxies)
        {
            if (TryRead(proxy, out var network))
            {
                forwarded.KnownIPNetworks.Add(network);
            }
        }

        if (forwarded.KnownIPNetworks.Count == 0)
        {
            // Empty lists would mean "trust everybody".
            forwarded.ForwardedHeaders = ForwardedHeaders.None;
        }
    }

    private static bool TryRead(string text, out System.Net.IPNetwork network)
    {
        if (IPAddress.TryParse(text, out var address))
        {
            network = new System.Net.IPNetwork(address, address.GetAddressBytes().Length * 8);
            return true;
        }

        return System.Net.IPNetwork.TryParse(text, out network);
    }
}
