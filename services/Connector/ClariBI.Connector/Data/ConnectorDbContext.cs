using ClariBI.Connector.Authorizations;
using ClariBI.Connector.Authorizations.Registration;
using ClariBI.Connector.Calls;
using ClariBI.Connector.DataSources;
using ClariBI.Data;
using ClariBI.Messaging.Outbox;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.Connector.Data;

internal class ConnectorDbContext(DbContextOptions options) : DbContext(options)
{
    public DbSet<Authorization> Authorizations => Set<Authorization>();

    public DbSet<ClientRegistration> ClientRegistrations => Set<ClientRegistration>();

    public DbSet<DataSource> DataSources => Set<DataSource>();

    public DbSet<LoggedCall> Calls => Set<LoggedCall>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.UseServiceConventions(this);
        configurationBuilder.Properties<AuthorizationStatus>().HaveConversion<string>().HaveMaxLength(20);
        configurationBuilder.Properties<AuthorizationStep>().HaveConversion<string>().HaveMaxLength(20);
        configurationBuilder.Properties<Contracts.Connector.DataSourceState>().HaveConversion<string>().HaveMaxLength(30);
        configurationBuilder.Properties<CallOutcome>().HaveConversion<string>().HaveMaxLength(20);
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddOutbox();
        modelBuilder.Entity<Authorization>(authorization =>
        {
            authorization.HasKey(row => row.Id);
            authorization.Property(row => row.Id).ValueGeneratedNever();
            authorization.Property(row => row.Status).IsConcurrencyToken();
            authorization.Property(row => row.StateHash).HasMaxLength(64);
            authorization.Property(row => row.BrowserHash).HasMaxLength(64);
            authorization.HasIndex(row => row.StateHash).IsUnique();
            authorization.HasIndex(row => row.CreatedAt);
        });
        modelBuilder.AddClientRegistrations();
        modelBuilder.Entity<DataSource>(source =>
        {
            source.HasKey(row => row.Id);
            source.Property(row => row.Id).ValueGeneratedNever();
            source.Property(row => row.Version).IsConcurrencyToken();
            source.Property(row => row.Name).HasMaxLength(80);
            source.HasIndex(row => row.WorkspaceId);
            source.HasIndex(row => row.GrantId).IsUnique();
        });
        modelBuilder.Entity<LoggedCall>(call =>
        {
            call.ToTable("Calls");
            call.HasKey(row => row.Id);
            call.Property(row => row.Tool).HasMaxLength(128);
            call.Property(row => row.RequestedBy).HasMaxLength(200);
            call.HasIndex(row => new { row.DataSourceId, row.At });
            call.HasIndex(row => new { row.WorkspaceId, row.Sent, row.Admitted });
        });
    }
}

internal sealed class SqliteConnectorDbContext(DbContextOptions<SqliteConnectorDbContext> options) : ConnectorDbContext(options);

internal sealed class PostgresConnectorDbContext(DbContextOptions<PostgresConnectorDbContext> options) : ConnectorDbContext(options);
