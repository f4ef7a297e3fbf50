using Microsoft.EntityFrameworkCore;

namespace ClariBI.Connector.Tools.Pins;

internal static class PinModel
{
    public static void AddPins(this ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<ToolPin>(pin =>
        {
            pin.ToTable("ToolPins");
            pin.HasKey(row => new { row.DataSourceId, row.Tool });
            pin.Property(row => row.Tool).HasMaxLength(128);
            pin.Property(row => row.Hash).HasMaxLength(64);
            pin.Property(row => row.ApprovedBy).HasMaxLength(200);
        });
        modelBuilder.Entity<ToolBaseline>(baseline =>
        {
            baseline.ToTable("ToolBaselines");
            baseline.HasKey(row => row.GrantId);
            baseline.Property(row => row.GrantId).ValueGeneratedNever();
            baseline.HasIndex(row => row.At);
        });
    }
}
