using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using ClariBI.Connector.Vendors;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace ClariBI.Connector.Mcp;

/// <summary>
/// Opens a client in the protocol revision that a server understands. The SDK's own negotiation comes first; it gives up on
/// servers that answer its probe with something odd (200 <c>{}</c>, 202, 405, 406, 422, 500), which are then tried with the
/// revisions pinned. What worked is remembered per server.
/// </summary>
internal sealed class McpEras(ILoggerFactory loggers, VendorCatalogue catalogue, TimeProvider clock) : ISwept
{
    private const string Sessionless = "2026-07-28";

    /// <summary>The newest once more at the end: a server of that revision that was too slow for the probe refuses all others.</summary>
    private static readonly string?[] Order = [null, "2025-11-25", "2025-06-18", "2025-03-26", Sessionless];

    /// <summary>A server that nobody opened a session with for this long is negotiated with anew.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    private readonly ConcurrentDictionary<Uri, (string Revision, DateTimeOffset Used)> known = new();

    public int Count => known.Count;

    public void Sweep()
    {
        var old = clock.GetUtcNow() - Kept;
        foreach (var entry in known.Where(entry => entry.Value.Used <= old))
        {
            known.TryRemove(entry);
        }
    }

    /// <param name="vendor">Whose row of the catalogue says how elicitations are answered; they are declined elsewhere.</param>
    public async Task<McpClient> OpenAsync(
        Uri server, HttpClient http, TimeSpan patience, CancellationToken cancellationToken, string vendor = "")
    {
        var answers = catalogue.Find(vendor)?.Quirks.ElicitationDefaults == true;
        if (known.TryGetValue(server, out var era))
        {
            try
            {
                var client = await ConnectAsync(server, http, era.Revision, patience, answers, cancellationToken);
                known[server] = (era.Revision, clock.GetUtcNow());
                return client;
            }
            catch (Exception exception) when (MeansAnotherEra(exception))
            {
                known.TryRemove(server, out _);
            }
        }

        for (var turn = 0; ; turn++)
        {
            try
            {
                var client = await ConnectAsync(server, http, Order[turn], patience, answers, cancellationToken);
                if (client.NegotiatedProtocolVersion is { } negotiated)
                {
                    known[server] = (negotiated, clock.GetUtcNow());
                }

                return client;
            }
            catch (Exception exception) when (MeansAnotherEra(exception) && turn < Order.Length - 1)
            {
                // The next revision.
            }
        }
    }

    private Task<McpClient> ConnectAsync(
        Uri server, HttpClient http, string? revision, TimeSpan patience, bool answers, CancellationToken cancellationToken)
    {
        var transport = new HttpClientTransport(
            new HttpClientTransportOptions
            {
                Endpoint = server,
                TransportMode = HttpTransportMode.StreamableHttp,

                // A hanging request for each session: only for servers that are known to ask something there.
                EnableStandaloneGetStream = answers,
                ConnectionTimeout = patience,
            },
            http, loggers, ownsHttpClient: false);
        var options = new McpClientOptions
        {
            ClientInfo = new Implementation { Name = "ClariBI", Version = "0.1.0" },
            ProtocolVersion = revision,
            InitializationTimeout = patience,
            DiscoverProbeTimeout = patience / 2,
            Handlers = Elicitations.Handlers(answers),
        };
        return McpClient.CreateAsync(transport, options, loggers, cancellationToken);
    }

    private static bool MeansAnotherEra(Exception exception) => exception switch
    {
        HttpRequestException { StatusCode: { } status } => status is HttpStatusCode.BadRequest or HttpStatusCode.NotFound
            or HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotAcceptable or HttpStatusCode.UnsupportedMediaType
            or HttpStatusCode.UnprocessableEntity or HttpStatusCode.InternalServerError or HttpStatusCode.NotImplemented,
        JsonException or McpException => true,
        _ => false,
    };
}
