namespace ClariBI.Charts.Tiles;

/// <summary>A place on the grid of a dashboard, in cells; (0, 0) is at the top left.</summary>
internal readonly record struct Slot(int X, int Y, int Width, int Height)
{
    public bool Overlaps(Slot other) =>
        X < other.X + other.Width && other.X < X + Width && Y < other.Y + other.Height && other.Y < Y + Height;
}

internal static class Grid
{
    public const int Columns = 12;
    public const int MaximumHeight = 40;
    public const int MaximumRow = 5000;

    /// <summary>The first free place, reading left to right and top to bottom.</summary>
    public static Slot FirstFree(IReadOnlyCollection<Slot> taken, int width, int height)
    {
        for (var y = 0; ; y++)
        {
            for (var x = 0; x <= Columns - width; x++)
            {
                var slot = new Slot(x, y, width, height);
                if (!taken.Any(slot.Overlaps))
                {
                    return slot;
                }
            }
        }
    }

    /// <summary>What is wrong with a layout, in a sentence; null when nothing is.</summary>
    public static string? Fault(IReadOnlyList<Slot> slots)
    {
        if (slots.Any(slot => slot.X + slot.Width > Columns))
        {
            return $"A tile reaches beyond column {Columns}.";
        }

        for (var i = 0; i < slots.Count; i++)
        {
            for (var j = i + 1; j < slots.Count; j++)
            {
                if (slots[i].Overlaps(slots[j]))
                {
                    return "Two tiles overlap.";
                }
            }
        }

        return null;
    }
}
