using System.Security.Cryptography;

namespace ClariBI.CredentialVault.Grants;

internal static class RefreshTiming
{
    private const double ShareOfLife = 0.2;
    private const double UnusableShareOfLife = 0.1;
    private static readonly TimeSpan LongestMargin = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestSkew = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstBackOff = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromMinutes(10);

    /// <summary>
    /// When to refresh ahead of the expiry: 5 minutes or a fifth of the life, whichever is less, and up to half as much again
    /// at random, so that grants made together do not all knock at once.
    /// </summary>
    public static DateTimeOffset EarlyAt(DateTimeOffset now, DateTimeOffset expiresAt)
    {
        var life = expiresAt - now;
        var margin = TimeSpan.FromTicks(Math.Min(LongestMargin.Ticks, (long)(life.Ticks * ShareOfLife)));
        return expiresAt - margin - (margin / 2 * Random());
    }

    /// <summary>
    /// From when on a token would not survive the request it is for: 5 seconds or a tenth of its life before the end, whichever
    /// is less, so that a token that lives for seconds only has a use as well.
    /// </summary>
    public static DateTimeOffset UnusableAt(DateTimeOffset issuedAt, DateTimeOffset expiresAt) =>
        expiresAt - TimeSpan.FromTicks(Math.Clamp((long)((expiresAt - issuedAt).Ticks * UnusableShareOfLife), 0, LongestSkew.Ticks));

    /// <summary>2, 4, 8 … seconds up to 2 minutes, and up to a quarter more at random; longer where the vendor asks for it, within 10 minutes.</summary>
    /// <param name="failures">How many failed before this one.</param>
    public static DateTimeOffset RetryAt(DateTimeOffset now, int failures, TimeSpan? retryAfter)
    {
        var backOff = TimeSpan.FromTicks(Math.Min(LongestBackOff.Ticks, FirstBackOff.Ticks << Math.Min(failures, 10)));
        var asked = retryAfter > LongestRetryAfter ? LongestRetryAfter : retryAfter;
        return now + (asked > backOff ? asked.Value : backOff) + (backOff / 4 * Random());
    }

    private static double Random() => RandomNumberGenerator.GetInt32(1000) / 1000.0;
}
