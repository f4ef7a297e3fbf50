using ClariBI.Charts.Tiles;

namespace ClariBI.Charts.Tests.Tiles;

public sealed class GridTests
{
    [Fact]
    public void Tiles_fill_a_row_before_the_next_and_small_ones_fill_gaps()
    {
        List<Slot> taken = [];
        foreach (var (width, height) in ((int, int)[])[(6, 4), (3, 2), (6, 4), (3, 2), (12, 1)])
        {
            taken.Add(Grid.FirstFree(taken, width, height));
        }

        taken.ShouldBe([new(0, 0, 6, 4), new(6, 0, 3, 2), new(6, 2, 6, 4), new(9, 0, 3, 2), new(0, 6, 12, 1)]);
        Grid.Fault(taken).ShouldBeNull();
    }

    [Fact]
    public void Overlapping_tiles_and_tiles_beyond_the_last_column_are_faults()
    {
        Grid.Fault([new(0, 0, 6, 4), new(5, 3, 3, 3)]).ShouldBe("Two tiles overlap.");
        Grid.Fault([new(7, 0, 6, 4)]).ShouldBe("A tile reaches beyond column 12.");
        Grid.Fault([new(0, 0, 6, 4), new(6, 0, 6, 4), new(0, 4, 12, 4)]).ShouldBeNull();
    }
}
