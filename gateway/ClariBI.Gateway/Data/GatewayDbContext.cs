using ClariBI.Data;
using ClariBI.Gateway.Accounts;
using ClariBI.Gateway.Sessions;
using ClariBI.Gateway.Workspaces;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.Gateway.Data;

internal class GatewayDbContext(DbContextOptions options) : IdentityUserContext<Account, Guid>(options), IDataProtectionKeyContext
{
    public DbSet<Workspace> Workspaces => Set<Workspace>();

    public DbSet<Membership> Memberships => Set<Membership>();

    public DbSet<FirstAccount> FirstAccounts => Set<FirstAccount>();

    public DbSet<OpenSession> OpenSessions => Set<OpenSession>();

    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.UseServiceConventions(this);

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<Account>(account =>
        {
            account.ToTable("Accounts");
            account.Property(row => row.DisplayName).HasMaxLength(80);
        });
        builder.Entity<FirstAccount>().Property(row => row.Id).ValueGeneratedNever();
        builder.Entity<OpenSession>().HasOne<Account>().WithMany().HasForeignKey(row => row.AccountId);
        builder.Entity<Workspace>().Property(row => row.Name).HasMaxLength(80);
        builder.Entity<Membership>(membership =>
        {
            membership.HasKey(row => new { row.WorkspaceId, row.AccountId });
            membership.HasIndex(row => row.AccountId);
            membership.HasOne(row => row.Workspace).WithMany(workspace => workspace.Members).HasForeignKey(row => row.WorkspaceId);
            membership.HasOne<Account>().WithMany().HasForeignKey(row => row.AccountId);
        });
    }
}

internal sealed class SqliteGatewayDbContext(DbContextOptions<SqliteGatewayDbContext> options) : GatewayDbContext(options);

internal sealed class PostgresGatewayDbContext(DbContextOptions<PostgresGatewayDbContext> options) : GatewayDbContext(options);
