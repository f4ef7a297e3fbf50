namespace ClariBI.CredentialVault.Tests.Hosting;

/// <summary>The machine's clock, moved forward by as much as a test wants; timers run on real time.</summary>
public sealed class ShiftedClock : TimeProvider
{
    private TimeSpan shift;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + shift;

    public void Forward(TimeSpan by) => shift += by;
}
