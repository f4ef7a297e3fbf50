using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace ClariBI.ServiceDefaults.Outbound;

/// <summary>
/// Keeps requests whose address came from somebody else (a vendor's metadata, a custom server) away from private networks.
/// A name is looked up once, where the connection is made; what it stands for is checked and that very address is used, so
/// that a name which resolves differently the second time gains nothing. Redirects are never followed.
/// </summary>
internal sealed class OutboundGuard(IOptions<OutboundOptions> options, IHostLookup lookup) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        OutboundAddresses.Check(request.RequestUri ?? throw new OutboundRefusedException("The request has no address."), options.Value);
        var response = await ForwardAsync(request, cancellationToken);
        var limit = options.Value.MaximumResponseBytes;
        if (response.Content.Headers.ContentLength > limit)
        {
            response.Dispose();
            throw new ResponseTooLargeException(limit);
        }

        response.Content = new CappedContent(response.Content, limit, request.Options.TryGetValue(ResponseTooLargeException.Told, out var told) ? told : null);
        return response;
    }

    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var host = context.DnsEndPoint.Host;
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await lookup.FindAsync(host, cancellationToken);
        OutboundAddresses.Check(context.InitialRequestMessage.RequestUri!, addresses, options.Value);
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

    /// <summary>What is refused while connecting arrives wrapped; callers, who tell people the reason, get it as it is.</summary>
    private async Task<HttpResponseMessage> ForwardAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException exception) when (exception.InnerException is OutboundRefusedException refused)
        {
            throw new OutboundRefusedException(refused.Message);
        }
    }
}
