using Microsoft.EntityFrameworkCore;

namespace ClariBI.Connector.DataSources.History;

internal static class HistoryModel
{
    public const int LongestTitle = 200;
    public const int LongestDetail = 1000;
    public const int LongestName = 200;

    public static void AddHistory(this ModelBuilder modelBuilder) =>
        modelBuilder.Entity<HistoryEntry>(entry =>
        {
            entry.ToTable("History");
            entry.HasKey(row => row.Id);
            entry.Property(row => row.Id).ValueGeneratedNever();
            entry.Property(row => row.Kind).HasConversion<string>().HasMaxLength(40);
            entry.Property(row => row.Title).HasMaxLength(LongestTitle);
            entry.Property(row => row.Detail).HasMaxLength(LongestDetail);
            entry.Property(row => row.By).HasMaxLength(LongestName);
            entry.Property(row => row.CollapseKey).HasMaxLength(60);
            entry.HasIndex(row => new { row.DataSourceId, row.At });
            entry.HasIndex(row => new { row.DataSourceId, row.CollapseKey }).IsUnique();
            entry.HasIndex(row => row.At);
        });
}
