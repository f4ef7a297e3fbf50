namespace ClariBI.Connector.Calls.Sending;

/// <summary>What was done for one call to a vendor, shared by all who wait for it. Read while it changes.</summary>
internal sealed class CallEffort
{
    private readonly Lock gate = new();
    private long? deadline;
    private int attempts;
    private TimeSpan vendorTime;
    private DateTimeOffset? heldBackUntil;

    public int Attempts => Volatile.Read(ref attempts);

    /// <summary>Time in which the vendor had the call, over all attempts.</summary>
    public TimeSpan VendorTime
    {
        get
        {
            lock (gate)
            {
                return vendorTime;
            }
        }
    }

    /// <summary>Set while the call waits for a limit instead of for the vendor: until when, as far as that is known.</summary>
    public DateTimeOffset? HeldBackUntil
    {
        get
        {
            lock (gate)
            {
                return heldBackUntil;
            }
        }
    }

    /// <summary>The call goes on for as long as the most patient one waits.</summary>
    /// <param name="timestamp">Of the clock's.</param>
    public void ExtendTo(long timestamp)
    {
        lock (gate)
        {
            deadline = deadline > timestamp ? deadline : timestamp;
        }
    }

    public TimeSpan Remaining(TimeProvider clock)
    {
        lock (gate)
        {
            return clock.GetElapsedTime(clock.GetTimestamp(), deadline ?? 0);
        }
    }

    public int Attempt() => Interlocked.Increment(ref attempts);

    public void Took(TimeSpan time)
    {
        lock (gate)
        {
            vendorTime += time;
        }
    }

    public void HoldBack(DateTimeOffset? until)
    {
        lock (gate)
        {
            heldBackUntil = until;
        }
    }
}
