using System.Net;
using ClariBI.ServiceDefaults.Outbound;

namespace ClariBI.ServiceDefaults.Tests.Outbound;

/// <summary>The first and the last address of every reserved range, and the public neighbours where there are any.</summary>
public sealed class PublicAddressTests
{
    [Theory]
    [InlineData("0.0.0.0", "0.255.255.255")]
    [InlineData("10.0.0.0", "10.255.255.255")]
    [InlineData("100.64.0.0", "100.127.255.255")]
    [InlineData("127.0.0.0", "127.255.255.255")]
    [InlineData("168.63.129.16", "168.63.129.16")]
    [InlineData("169.254.0.0", "169.254.255.255")]
    [InlineData("172.16.0.0", "172.31.255.255")]
    [InlineData("192.0.0.0", "192.0.0.255")]
    [InlineData("192.0.2.0", "192.0.2.255")]
    [InlineData("192.88.99.0", "192.88.99.255")]
    [InlineData("192.168.0.0", "192.168.255.255")]
    [InlineData("198.18.0.0", "198.19.255.255")]
    [InlineData("198.51.100.0", "198.51.100.255")]
    [InlineData("203.0.113.0", "203.0.113.255")]
    [InlineData("224.0.0.0", "239.255.255.255")]
    [InlineData("240.0.0.0", "255.255.255.255")]
    public void A_reserved_IPv4_range_is_refused_in_every_form_that_IPv6_gives_it(string first, string last)
    {
        foreach (var address in (string[])[first, last])
        {
            Public(address).ShouldBeFalse(address);
            Public($"::ffff:{address}").ShouldBeFalse($"mapped {address}");
            Public($"::{address}").ShouldBeFalse($"compatible {address}");
            Public($"64:ff9b::{address}").ShouldBeFalse($"NAT64 {address}");
            Public($"64:ff9b:1::{address}").ShouldBeFalse($"local NAT64 {address}");
            Public(In6To4(address)).ShouldBeFalse($"6to4 {address}");
        }
    }

    [Theory]
    [InlineData("::", "::")]
    [InlineData("::1", "::1")]
    [InlineData("::2", "::ffff")]
    [InlineData("64:ff9b:1::", "64:ff9b:1:ffff:ffff:ffff:ffff:ffff")]
    [InlineData("100::", "100::ffff:ffff:ffff:ffff")]
    [InlineData("100:0:0:1::", "100:0:0:1:ffff:ffff:ffff:ffff")]
    [InlineData("2001::", "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff")]
    [InlineData("2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff")]
    [InlineData("2002::", "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff")]
    [InlineData("3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff")]
    [InlineData("4000::", "5eff:ffff::")]
    [InlineData("5f00::", "5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff")]
    [InlineData("fc00::", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")]
    [InlineData("fd00:ec2::254", "fd20:ce::254")]
    [InlineData("fe80::", "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff")]
    [InlineData("fec0::", "feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")]
    [InlineData("ff00::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")]
    public void A_reserved_IPv6_range_is_refused(string first, string last)
    {
        Public(first).ShouldBeFalse(first);
        Public(last).ShouldBeFalse(last);
    }

    [Theory]
    [InlineData("1.0.0.0")]
    [InlineData("9.255.255.255")]
    [InlineData("11.0.0.0")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("126.255.255.255")]
    [InlineData("128.0.0.0")]
    [InlineData("168.63.129.15")]
    [InlineData("169.253.255.255")]
    [InlineData("169.255.0.0")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("192.0.1.0")]
    [InlineData("192.167.255.255")]
    [InlineData("192.169.0.0")]
    [InlineData("198.17.255.255")]
    [InlineData("198.20.0.0")]
    [InlineData("223.255.255.255")]
    [InlineData("::ffff:93.184.215.14")]
    [InlineData("64:ff9b::93.184.215.14")]
    [InlineData("2001:200::")]
    [InlineData("2001:db9::")]
    [InlineData("2003::1")]
    [InlineData("2606:4700::1111")]
    [InlineData("3fff:1000::")]
    public void A_public_neighbour_is_let_through(string address) => Public(address).ShouldBeTrue();

    private static bool Public(string address) => PublicAddresses.IsPublic(IPAddress.Parse(address));

    private static string In6To4(string address)
    {
        var bytes = IPAddress.Parse(address).GetAddressBytes();
        return $"2002:{bytes[0]:x2}{bytes[1]:x2}:{bytes[2]:x2}{bytes[3]:x2}::1";
    }
}
