using System.Security.Cryptography;

namespace ClariBI.CredentialVault.Grants;

internal static class RefreshTiming
{
    private static readonly TimeSpan LongestMargin = TimeSpan.FromMinutes(5);
    private const double ShareOfLife = 0.2;

    /// <summary>
    /// When to refresh ahead of the expiry: 5 minutes or a fifth of the life, whichever is less, and up to half as much again
    /// at random, so that grants made together do not all knock at once.
    /// </summary>
    public static DateTimeOffset EarlyAt(DateTimeOffset now, DateTimeOffset expiresAt)
    {
        var life = expiresAt - now;
        var margin = TimeSpan.FromTicks(Math.Min(LongestMargin.Ticks, (long)(life.Ticks * ShareOfLife)));
        return expiresAt - margin - (margin / 2 * (RandomNumberGenerator.GetInt32(1000) / 1000.0));
    }
}
