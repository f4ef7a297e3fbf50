using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace ClariBI.Connector.Data;

internal sealed class SqliteDesignTime : IDesignTimeDbContextFactory<SqliteConnectorDbContext>
{
    public SqliteConnectorDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteConnectorDbContext>().UseSqlite("Data Source=design.db").Options);
}

internal sealed class PostgresDesignTime : IDesignTimeDbContextFactory<PostgresConnectorDbContext>
{
    public PostgresConnectorDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgresConnectorDbContext>().UseNpgsql("Host=localhost").Options);
}
