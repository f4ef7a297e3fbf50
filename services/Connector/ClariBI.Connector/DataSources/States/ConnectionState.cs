using ClariBI.Contracts.Connector;

namespace ClariBI.Connector.DataSources.States;

/// <summary>A state with its cause, the fix, and when it is looked at again.</summary>
/// <param name="Code">One of <see cref="StateCodes"/>; null while connected.</param>
/// <param name="Reason">A sentence for people: the cause.</param>
/// <param name="RetryAt">When ClariBI tries again by itself; null when it does not.</param>
internal sealed record ConnectionState(DataSourceState State, string? Code = null, string? Reason = null, string? Fix = null, DateTimeOffset? RetryAt = null)
{
    /// <summary>A wait of this length is no longer over before anybody notices.</summary>
    private static readonly TimeSpan LongWait = TimeSpan.FromMinutes(1);

    public static ConnectionState Connected { get; } = new(DataSourceState.Connected);

    /// <param name="vendor">What people call it.</param>
    public static ConnectionState NeedsReauthorization(string code, string reason, string vendor) =>
        new(DataSourceState.NeedsReauthorization, code, reason, StateCodes.Fix(code, vendor));

    public static ConnectionState Degraded(string code, string reason, string vendor, DateTimeOffset retryAt) =>
        new(DataSourceState.Degraded, code, reason, StateCodes.Fix(code, vendor), retryAt);

    /// <returns>The state after a failed call; null when it says nothing about the connection.</returns>
    public static ConnectionState? After(ToolCallFailed failure, DataSource source, string vendor, DateTimeOffset now)
    {
        var reason = Cause(failure, source, vendor);
        var shortest = failure.Code == StateCodes.AccessRefused && failure.RetryAfter is not null ? TimeSpan.Zero : LongWait;
        var retryAt = now + (failure.RetryAfter is { } wait && wait > shortest ? wait : shortest);
        return failure.Reason switch
        {
            ToolCallFailure.NeedsReauthorization => NeedsReauthorization(failure.Code ?? StateCodes.TokenRejected, reason, vendor),
            ToolCallFailure.VendorUnavailable => Degraded(failure.Code ?? StateCodes.VendorUnreachable, reason, vendor, retryAt),
            ToolCallFailure.RateLimited when failure.Code == StateCodes.QuotaExhausted || failure.RetryAfter >= LongWait =>
                Degraded(failure.Code ?? StateCodes.RateLimited, reason, vendor, retryAt),

            // With a project chosen it is that one call which lacks it.
            ToolCallFailure.ProjectNotSelected when source.ProjectId is null =>
                new(DataSourceState.Degraded, StateCodes.ProjectNotSelected, reason, StateCodes.Fix(StateCodes.ProjectNotSelected, vendor)),
            _ => null,
        };
    }

    /// <summary>The sentence without the advice, which stands beside it, and with the vendor's name where a host slipped in.</summary>
    private static string Cause(ToolCallFailed failure, DataSource source, string vendor)
    {
        var message = failure.Message.Replace(new Uri(source.ServerUrl).Host, vendor, StringComparison.OrdinalIgnoreCase);
        return StateCodes.Fix(failure.Code, vendor) is { } fix && message.EndsWith(fix, StringComparison.Ordinal) ? message[..^fix.Length].TrimEnd() : message;
    }
}
