namespace ClariBI.Sandbox.Query.Funnels;

/// <summary>Which interval of a range a moment (microseconds) lies in. Remembered per five minutes, which no interval and no change of clocks divides.</summary>
internal sealed class IntervalPositions(DateRange range)
{
    private const long Piece = 300_000_000;
    private readonly Dictionary<long, int> known = [];

    public int Of(long microseconds)
    {
        var piece = microseconds / Piece;
        return known.TryGetValue(piece, out var position) ? position : known[piece] = Find(microseconds);
    }

    private int Find(long microseconds)
    {
        var local = DateRange.Local(DateTime.UnixEpoch.AddMicroseconds(microseconds), range.Zone);
        var (low, high) = (0, range.Buckets.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = range.Buckets[middle] <= local ? (middle, high) : (low, middle - 1);
        }

        return low;
    }
}
