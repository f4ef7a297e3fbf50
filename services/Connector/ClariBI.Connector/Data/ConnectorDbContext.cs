using ClariBI.Connector.Authorizations;
using ClariBI.Connector.Authorizations.Registration;
using ClariBI.Connector.Calls;
using ClariBI.Connector.DataSources;
using ClariBI.Connector.DataSources.History;
using ClariBI.Connector.Tools.Pins;
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

    public DbSet<HistoryEntry> History => Set<HistoryEntry>();

    public DbSet<ToolPin> ToolPins => Set<ToolPin>();

    public DbSet<ToolBaseline> ToolBaselines => Set<ToolBaseline>();

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
        modelBuilder.AddHistory();
        modelBuilder.AddPins();
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
        modelBuilder.AddCalls();
    }
}

internal sealed class SqliteConnectorDbContext(DbContextOptions<SqliteConnectorDbContext> options) : ConnectorDbContext(options);

internal sealed class PostgresConnectorDbContext(DbContextOptions<PostgresConnectorDbContext> options) : ConnectorDbContext(options);
