namespace ClariBI.Sandbox;

/// <summary>
/// A calendar that stands still, for reproducible answers. Timers and stopwatches stay real.
/// Tokens expire by <see cref="TimeProvider.System"/>, so a fixed calendar does not make them immortal.
/// </summary>
internal sealed class FixedClock(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;
}
