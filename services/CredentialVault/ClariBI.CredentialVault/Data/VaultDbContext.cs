using ClariBI.CredentialVault.Access;
using ClariBI.CredentialVault.Grants;
using ClariBI.CredentialVault.Keys;
using ClariBI.CredentialVault.Revocations;
using ClariBI.CredentialVault.Rotations;
using ClariBI.Data;
using ClariBI.Messaging.Outbox;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.CredentialVault.Data;

internal class VaultDbContext(DbContextOptions options) : DbContext(options)
{
    public DbSet<Grant> Grants => Set<Grant>();

    public DbSet<SealingKeyPair> SealingKeyPairs => Set<SealingKeyPair>();

    public DbSet<AccessLogEntry> AccessLog => Set<AccessLogEntry>();

    public DbSet<PendingRevocation> PendingRevocations => Set<PendingRevocation>();

    public DbSet<RevokedGrant> RevokedGrants => Set<RevokedGrant>();

    public DbSet<KeyRotation> KeyRotations => Set<KeyRotation>();

    public DbSet<RotationFailure> RotationFailures => Set<RotationFailure>();

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
            grant.Property(row => row.FailureDetail).HasMaxLength(500);
            grant.Property(row => row.Doubt).HasConversion<string>().HasMaxLength(20);
            grant.Property(row => row.Generation).IsConcurrencyToken();
            grant.Property(row => row.RefreshClaim).IsConcurrencyToken();
            grant.HasIndex(row => row.KeyVersion);
            grant.HasIndex(row => row.RefreshClaimedUntil);
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
            entry.Property(row => row.Service).HasMaxLength(AccessLogEntry.LongestService);
            entry.Property(row => row.Purpose).HasMaxLength(AccessLogEntry.LongestPurpose);
            entry.Property(row => row.Outcome).HasMaxLength(40);
            entry.HasIndex(row => new { row.GrantId, row.At });
            entry.HasIndex(row => row.At);
        });
        AddRevocations(modelBuilder);
        AddRotations(modelBuilder);
    }

    private static void AddRevocations(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<PendingRevocation>(pending =>
        {
            pending.HasKey(row => row.Id);
            pending.Property(row => row.Id).ValueGeneratedNever();
            pending.Property(row => row.VendorName).HasMaxLength(80);
            pending.OwnsOne(row => row.Tokens);
            pending.HasIndex(row => row.NextTryAt);
        });
        modelBuilder.Entity<RevokedGrant>(revoked => revoked.HasKey(row => new { row.WorkspaceId, row.GrantId }));
    }

    private static void AddRotations(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<KeyRotation>(rotation =>
        {
            rotation.HasKey(row => row.Id);
            rotation.Property(row => row.Id).ValueGeneratedNever();
            rotation.Property(row => row.To).HasMaxLength(80);
            rotation.Property(row => row.Claim).IsConcurrencyToken();
            rotation.HasIndex(row => row.Running).IsUnique();
        });
        modelBuilder.Entity<RotationFailure>(failure =>
        {
            failure.HasKey(row => new { row.RotationId, row.RowId });
            failure.Property(row => row.Kind).HasMaxLength(20);
            failure.Property(row => row.RowId).HasMaxLength(60);
            failure.Property(row => row.Detail).HasMaxLength(500);
        });
    }
}

internal sealed class SqliteVaultDbContext(DbContextOptions<SqliteVaultDbContext> options) : VaultDbContext(options);

internal sealed class PostgresVaultDbContext(DbContextOptions<PostgresVaultDbContext> options) : VaultDbContext(options);
