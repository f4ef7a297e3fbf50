namespace ClariBI.Sandbox.Admin;

/// <summary>Faults that tests switch on, each for a number of requests or until "none".</summary>
internal sealed class Faults
{
    public static readonly string[] Kinds = ["down", "slow", "unauthorized", "rate_limited", "code_expired", "registration_down", "token_down"];
    private readonly Lock gate = new();
    private readonly Dictionary<string, int> left = [];

    public int SlowMilliseconds { get; private set; } = 5000;

    public void Set(string kind, int count, int? slowMilliseconds)
    {
        lock (gate)
        {
            left[kind] = count;
            SlowMilliseconds = slowMilliseconds ?? 5000;
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            left.Clear();
        }
    }

    public Dictionary<string, int> List()
    {
        lock (gate)
        {
            return new(left);
        }
    }

    /// <summary>True when the fault strikes this request; counts it.</summary>
    public bool Take(string kind)
    {
        lock (gate)
        {
            if (!left.TryGetValue(kind, out var count))
            {
                return false;
            }

            if (count == 1)
            {
                left.Remove(kind);
            }
            else
            {
                left[kind] = count - 1;
            }

            return true;
        }
    }
}
