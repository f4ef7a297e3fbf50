using ClariBI.CredentialVault.Access;
using ClariBI.CredentialVault.Grants;
using ClariBI.CredentialVault.Keys;
using ClariBI.Data;
using ClariBI.Messaging.Outbox;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.CredentialVault.Data;

internal class VaultDbContext(DbContextOptions options) : DbContext(options)
{
    public DbSet<Grant> Grants => Set<Grant>();

    public DbSet<SealingKeyPair> SealingKeyPairs => Set<SealingKeyPair>();

    public DbSet<AccessLogEntry> AccessLog => Set<AccessLogEntry>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.UseServiceConventions(this);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddOutbox();
        modelBuilder.Entity<Grant>(grant =>
        {
            grant.HasKey(row => row.Id);
            grant.Property(row => row.Id).ValueGeneratedNever();
            grant.Property(row => row.Vendor).HasMaxLength(80);
            grant.Property(row => row.State).HasConversion<string>().HasMaxLength(20);
            grant.Property(row => row.KeyVersion).HasMaxLength(80);
            grant.Property(row => row.Scope).HasMaxLength(1000);
            grant.Property(row => row.EndReason).HasMaxLength(500);
            grant.Property(row => row.Generation).IsConcurrencyToken();
            grant.Property(row => row.RefreshClaim).IsConcurrencyToken();
            grant.HasIndex(row => row.KeyVersion);
        });
        modelBuilder.Entity<SealingKeyPair>(pair =>
        {
            pair.HasKey(row => row.Id);
            pair.Property(row => row.Id).ValueGeneratedNever();
            pair.OwnsOne(row => row.PrivateKey);
        });
        modelBuilder.Entity<AccessLogEntry>(entry =>
        {
            entry.HasKey(row => row.Id);
            entry.Property(row => row.Service).HasMaxLength(40);
            entry.Property(row => row.Purpose).HasMaxLength(AccessLogEntry.LongestPurpose);
            entry.Property(row => row.Outcome).HasMaxLength(40);
            entry.HasIndex(row => new { row.GrantId, row.At });
        });
    }
}

internal sealed class SqliteVaultDbContext(DbContextOptions<SqliteVaultDbContext> options) : VaultDbContext(options);

internal sealed class PostgresVaultDbContext(DbContextOptions<PostgresVaultDbContext> options) : VaultDbContext(options);
