using System.Diagnostics;
using Shouldly;

namespace ClariBI.Testing;

/// <summary>Waits for something that happens elsewhere, with a deadline and a reason when it does not.</summary>
public static class Eventually
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(25);

    /// <summary>Returns the first value that satisfies <paramref name="accept"/>; fails after <paramref name="within"/> (20 s when null).</summary>
    public static async Task<T> GetAsync<T>(Func<Task<T>> read, Func<T, bool> accept, TimeSpan? within = null, string? because = null)
    {
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(accept);
        var limit = within ?? TimeSpan.FromSeconds(20);
        var watch = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(Step);
        while (true)
        {
            var value = await read();
            if (accept(value))
            {
                return value;
            }

            (watch.Elapsed < limit).ShouldBeTrue($"{because ?? "The expected value"} did not come within {limit}. Last seen: {value}");
            await timer.WaitForNextTickAsync();
        }
    }
}
