using System.Globalization;
using System.Text;

namespace ClariBI.Connector.DataSources.Doctor;

/// <summary>One request and what came of it, without anything that could be used by who reads it.</summary>
/// <param name="Url">Query parameters by name only.</param>
/// <param name="What">The JSON-RPC method, or empty.</param>
/// <param name="Error">An error code of the answer, or what kept an answer from coming.</param>
internal sealed record TracedExchange(
    string Method, Uri Address, string Url, string What, int? Status, string? ContentType, string? Challenge, string? Error, Exception? Exception, TimeSpan Took);

/// <summary>
/// What a run of the doctor sends and receives. Bodies are never kept, and whatever was used as a secret in the run is taken
/// out of every text that leaves it, so that a vendor that echoes a token does not make us print it.
/// </summary>
internal sealed class DoctorTrace
{
    private const int Most = 200;
    private const int ShortestSecret = 6;
    private static readonly AsyncLocal<DoctorTrace?> Running = new();

    private readonly Lock gate = new();
    private readonly List<TracedExchange> exchanges = [];
    private readonly HashSet<string> secrets = new(StringComparer.Ordinal);

    /// <summary>Of this flow of execution; null outside the doctor.</summary>
    public static DoctorTrace? Current => Running.Value;

    public void Begin() => Running.Value = this;

    public int Count
    {
        get
        {
            lock (gate)
            {
                return exchanges.Count;
            }
        }
    }

    public TracedExchange? Last
    {
        get
        {
            lock (gate)
            {
                return exchanges.Count == 0 ? null : exchanges[^1];
            }
        }
    }

    public IReadOnlyList<TracedExchange> Since(int first)
    {
        lock (gate)
        {
            return [.. exchanges.Skip(first)];
        }
    }

    public void Add(TracedExchange exchange)
    {
        lock (gate)
        {
            if (exchanges.Count < Most)
            {
                exchanges.Add(exchange);
            }
        }
    }

    public void KeepOut(string? secret)
    {
        if (secret?.Length >= ShortestSecret)
        {
            lock (gate)
            {
                secrets.Add(secret);
                secrets.Add(Uri.EscapeDataString(secret));
            }
        }
    }

    public string Scrub(string text)
    {
        lock (gate)
        {
            return secrets.OrderByDescending(secret => secret.Length)
                .Aggregate(text, (clean, secret) => clean.Replace(secret, "[redacted]", StringComparison.OrdinalIgnoreCase));
        }
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var exchange in Since(0))
        {
            text.Append(exchange.Method).Append(' ').Append(exchange.Url);
            Append(text, " ", exchange.What);
            text.Append('\n').Append("  -> ");
            text.Append(exchange.Status is { } status ? string.Create(CultureInfo.InvariantCulture, $"HTTP {status}") : "no answer");
            Append(text, " ", exchange.ContentType);
            Append(text, " error=", exchange.Error);
            text.Append(CultureInfo.InvariantCulture, $" ({exchange.Took.TotalMilliseconds:0} ms)");
            Append(text, "\n     WWW-Authenticate: ", exchange.Challenge);
            text.Append('\n');
        }

        return Scrub(text.ToString());
    }

    private static void Append(StringBuilder text, string before, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            text.Append(before).Append(value);
        }
    }
}
