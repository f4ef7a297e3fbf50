using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace ClariBI.Sandbox;

/// <summary>US and EU share a process and the data folder, and nothing else: clients, grants, tokens and sign-ins belong to the listener they were made on.</summary>
internal sealed class Regions(SandboxOptions options, IServer server)
{
    public const string Us = "us";
    public const string Eu = "eu";
    private int[]? euPorts;

    public string Of(HttpContext context) => options.EuUrls is not null && EuPorts().Contains(context.Connection.LocalPort) ? Eu : Us;

    /// <summary>
    /// Read from the running server, because port 0 in the options means any free one. Addresses appear in the order they were asked
    /// for, the EU's last; a request may come before all of them have.
    /// </summary>
    private int[] EuPorts()
    {
        if (euPorts is not null)
        {
            return euPorts;
        }

        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        int[] ports = [.. addresses.Skip(SandboxOptions.Split(options.Urls).Length).Select(address => BindingAddress.Parse(address).Port)];
        if (ports.Length == SandboxOptions.Split(options.EuUrls).Length)
        {
            euPorts = ports;
        }

        return ports;
    }
}
