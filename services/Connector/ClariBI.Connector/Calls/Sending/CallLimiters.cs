using System.Collections.Concurrent;
using System.Threading.RateLimiting;
using ClariBI.Connector.DataSources;
using ClariBI.Connector.Mcp;
using ClariBI.Connector.Vendors;
using Microsoft.Extensions.Options;

namespace ClariBI.Connector.Calls.Sending;

/// <summary>
/// Keeps each data source within what its vendor allows: so many calls at once, so many per minute, and none while the vendor
/// asks to wait. Those that wait go in the order in which they came. Known to this replica only: what a vendor allows is
/// divided by <see cref="ConnectorOptions.Replicas"/>, and each replica learns of a 429 by its own.
/// </summary>
internal sealed class CallLimiters(IOptions<ConnectorOptions> options, TimeProvider clock) : ISwept, IDisposable
{
    private const int MostWaiting = 1000;
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan LongestGuess = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<Guid, (DateTimeOffset Until, int InARow)> pauses = new();
    private readonly PartitionedRateLimiter<Allowance> limiter = PartitionedRateLimiter.CreateChained(
        PartitionedRateLimiter.Create<Allowance, Allowance>(allowance => RateLimitPartition.GetConcurrencyLimiter(allowance, AtOnce)),
        PartitionedRateLimiter.Create<Allowance, Allowance>(allowance => allowance.PerMinute is null
            ? RateLimitPartition.GetNoLimiter(allowance)
            : RateLimitPartition.GetSlidingWindowLimiter(allowance, PerMinute)));

    /// <summary>Waits until a call may leave. The permit is to be disposed when the call is over.</summary>
    /// <exception cref="VendorRateLimitedException">That takes longer than the call has left.</exception>
    public async Task<RateLimitLease> EnterAsync(DataSource source, VendorQuirks quirks, CallEffort effort, CancellationToken cancellationToken)
    {
        var entered = clock.GetTimestamp();
        effort.HoldBack(clock.GetUtcNow());
        while (pauses.TryGetValue(source.Id, out var pause) && pause.Until - clock.GetUtcNow() is var wait && wait > TimeSpan.Zero)
        {
            if (wait >= effort.Remaining(clock))
            {
                throw new VendorRateLimitedException(wait);
            }

            effort.HoldBack(pause.Until);
            await Task.Delay(wait, clock, cancellationToken);
        }

        var allowance = Of(source, quirks);
        var permit = await limiter.AcquireAsync(allowance, 1, cancellationToken);
        if (!permit.IsAcquired)
        {
            permit.Dispose();
            throw new VendorRateLimitedException(null);
        }

        effort.HoldBack(null);
        var waited = clock.GetElapsedTime(entered);
        if (waited > TimeSpan.FromMilliseconds(50))
        {
            ConnectorTelemetry.LimitWait.Record(waited.TotalSeconds, new KeyValuePair<string, object?>("vendor", source.Vendor));
        }

        return permit;
    }

    /// <summary>The vendor asks to wait: nobody asks it for this data source before that is over.</summary>
    /// <param name="wait">Null when it does not say how long; then longer each time.</param>
    public void Pause(Guid dataSourceId, TimeSpan? wait) => pauses.AddOrUpdate(
        dataSourceId, _ => (clock.GetUtcNow() + Bound(wait, 0), 1), (_, before) => (Later(before.Until, clock.GetUtcNow() + Bound(wait, before.InARow)), before.InARow + 1));

    public void Resume(Guid dataSourceId)
    {
        if (pauses.TryGetValue(dataSourceId, out var pause) && pause.Until <= clock.GetUtcNow())
        {
            pauses.TryRemove(KeyValuePair.Create(dataSourceId, pause));
        }
    }

    /// <summary>Of the pauses; the limiters themselves go when they are idle.</summary>
    public int Count => pauses.Count;

    public void Sweep()
    {
        // Past its end a pause still tells how many there were in a row.
        var old = clock.GetUtcNow() - LongestPause;
        foreach (var pause in pauses.Where(pause => pause.Value.Until <= old))
        {
            pauses.TryRemove(pause);
        }
    }

    public void Dispose() => limiter.Dispose();

    private static TimeSpan Bound(TimeSpan? wait, int inARow)
    {
        var guess = TimeSpan.FromSeconds(Math.Pow(2, Math.Min(inARow, 10)));
        return wait is { } told ? told < LongestPause ? told : LongestPause : guess < LongestGuess ? guess : LongestGuess;
    }

    private static DateTimeOffset Later(DateTimeOffset left, DateTimeOffset right) => left > right ? left : right;

    private static ConcurrencyLimiterOptions AtOnce(Allowance allowance) => new()
    {
        PermitLimit = allowance.AtOnce,
        QueueLimit = MostWaiting,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    };

    private static SlidingWindowRateLimiterOptions PerMinute(Allowance allowance) => new()
    {
        PermitLimit = allowance.PerMinute!.Value,
        Window = TimeSpan.FromMinutes(1),
        SegmentsPerWindow = 12,
        QueueLimit = MostWaiting,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    };

    private Allowance Of(DataSource source, VendorQuirks quirks)
    {
        var replicas = options.Value.Replicas;
        return new Allowance(
            source.WorkspaceId, source.Id,
            Math.Max(1, (quirks.CallsAtOnce ?? options.Value.CallsAtOnce) / replicas),
            quirks.CallsPerMinute is { } perMinute ? Math.Max(1, perMinute / replicas) : null);
    }

    private sealed record Allowance(Guid WorkspaceId, Guid DataSourceId, int AtOnce, int? PerMinute);
}
