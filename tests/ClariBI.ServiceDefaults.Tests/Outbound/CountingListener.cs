using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ClariBI.ServiceDefaults.Tests.Outbound;

/// <summary>A server on every loopback address of one port, IPv4 and IPv6, that counts who connects and answers all alike.</summary>
public sealed class CountingListener : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly Socket socket = new(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp) { DualMode = true };
    private readonly byte[] answer;
    private readonly Task accepting;
    private int connections;

    public CountingListener(string? answer = null)
    {
        this.answer = Encoding.ASCII.GetBytes(answer ?? "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok");
        socket.Bind(new IPEndPoint(IPAddress.IPv6Any, 0));
        socket.Listen();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)socket.LocalEndPoint!).Port;

    public int Connections => Volatile.Read(ref connections);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        socket.Dispose();
        await accepting;
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (!stop.IsCancellationRequested)
            {
                var client = await socket.AcceptAsync(stop.Token);
                Interlocked.Increment(ref connections);
                _ = AnswerAsync(client);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task AnswerAsync(Socket client)
    {
        using (client)
        {
            try
            {
                await client.ReceiveAsync(new byte[8192], stop.Token);
                await client.SendAsync(answer, stop.Token);
                client.Shutdown(SocketShutdown.Send);
                await client.ReceiveAsync(new byte[8192], stop.Token);
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
            {
            }
        }
    }
}
