using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace ClariBI.ServiceDefaults.Outbound;

/// <summary>
/// Keeps requests whose address came from somebody else (a vendor's metadata, a custom server) away from private networks.
/// The address is checked where the connection is made, on the very address that is then used, so that a name which
/// resolves differently the second time gains nothing. Redirects are never followed.
/// </summary>
internal sealed class OutboundGuard(IOptions<OutboundOptions> options) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var uri = request.RequestUri ?? throw new OutboundRefusedException("The request has no address.");
        if (uri.UserInfo.Length > 0)
        {
            throw new OutboundRefusedException("Addresses with a user name are not followed.");
        }

        if (uri.Scheme != Uri.UriSchemeHttps && !options.Value.Allows(uri))
        {
            throw new OutboundRefusedException($"{uri.Scheme}://{uri.Authority} is not https.");
        }

        var response = await base.SendAsync(request, cancellationToken);
        response.Content = new CappedContent(response.Content, options.Value.MaximumResponseBytes);
        return response;
    }

    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var host = context.DnsEndPoint.Host;
        var addresses = IPAddress.TryParse(host, out var literal)
            ? [literal]
            : await Dns.GetHostAddressesAsync(host, cancellationToken);

        if (!options.Value.Allows(context.InitialRequestMessage.RequestUri!))
        {
            // One private address is enough to refuse: a name that mixes both is an attack or a mistake.
            if (addresses.Length == 0 || !Array.TrueForAll(addresses, PublicAddresses.IsPublic))
            {
                throw new OutboundRefusedException($"{host} is not a public address.");
            }
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
