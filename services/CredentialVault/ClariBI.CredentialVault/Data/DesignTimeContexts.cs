using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace ClariBI.CredentialVault.Data;

internal sealed class SqliteDesignTime : IDesignTimeDbContextFactory<SqliteVaultDbContext>
{
    public SqliteVaultDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteVaultDbContext>().UseSqlite("Data Source=design.db").Options);
}

internal sealed class PostgresDesignTime : IDesignTimeDbContextFactory<PostgresVaultDbContext>
{
    public PostgresVaultDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgresVaultDbContext>().UseNpgsql("Host=localhost").Options);
}
