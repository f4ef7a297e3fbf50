using System.Text.Json;
using ClariBI.Charts.Charts;
using ClariBI.Charts.Dashboards;
using ClariBI.Charts.Sources;
using ClariBI.Charts.Tiles;
using ClariBI.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClariBI.Charts.Data;

internal class ChartsDbContext(DbContextOptions options) : DbContext(options)
{
    public DbSet<Chart> Charts => Set<Chart>();

    public DbSet<Snapshot> Snapshots => Set<Snapshot>();

    public DbSet<Dashboard> Dashboards => Set<Dashboard>();

    public DbSet<Tile> Tiles => Set<Tile>();

    public DbSet<SourceState> SourceStates => Set<SourceState>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.UseServiceConventions(this);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Chart>(chart =>
        {
            chart.HasIndex(row => new { row.WorkspaceId, row.AnalysisId }).IsUnique();
            chart.Property(row => row.Title).HasMaxLength(Chart.MaximumTitle);
            chart.Property(row => row.Query).IsJson();
        });
        modelBuilder.Entity<Snapshot>(snapshot =>
        {
            snapshot.Property(row => row.Table).IsJson();
            snapshot.Property(row => row.Source).IsJson();
            snapshot.HasOne<Chart>().WithMany().HasForeignKey(row => row.ChartId).OnDelete(DeleteBehavior.Cascade);
            snapshot.HasOne<Tile>().WithMany().HasForeignKey(row => row.TileId).OnDelete(DeleteBehavior.Cascade);
        });
        modelBuilder.Entity<Dashboard>(dashboard =>
        {
            dashboard.HasIndex(row => row.WorkspaceId);
            dashboard.Property(row => row.Name).HasMaxLength(Dashboard.MaximumName);
        });
        modelBuilder.Entity<Tile>(tile =>
        {
            tile.HasOne<Dashboard>().WithMany().HasForeignKey(row => row.DashboardId).OnDelete(DeleteBehavior.Cascade);
            tile.HasIndex(row => row.DataSourceId);
            tile.HasIndex(row => row.RefreshedAt);
            tile.Property(row => row.Title).HasMaxLength(Chart.MaximumTitle);
            tile.Property(row => row.Query).IsJson();
            tile.Property(row => row.State).HasConversion<string>().HasMaxLength(20);
        });
        modelBuilder.Entity<SourceState>(source =>
        {
            // Of two pieces of news at once the second save fails, and its consumer reads again.
            source.Property(row => row.ChangedAt).IsConcurrencyToken();
            source.HasKey(row => new { row.WorkspaceId, row.DataSourceId });
            source.Property(row => row.Standing).HasConversion<string>().HasMaxLength(20);
        });
    }
}

internal sealed class SqliteChartsDbContext(DbContextOptions<SqliteChartsDbContext> options) : ChartsDbContext(options);

internal sealed class PostgresChartsDbContext(DbContextOptions<PostgresChartsDbContext> options) : ChartsDbContext(options);

internal static class JsonColumns
{
    /// <summary>Stores an immutable contract as JSON text: it is read and replaced whole, never queried into.</summary>
    public static void IsJson<T>(this PropertyBuilder<T> property)
        where T : class => property.HasConversion(
            value => JsonSerializer.Serialize(value, JsonSerializerOptions.Web),
            json => JsonSerializer.Deserialize<T>(json, JsonSerializerOptions.Web)!);
}
