using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace ClariBI.Charts.Data;

/// <summary>For <c>dotnet ef migrations add</c> only; neither database has to exist.</summary>
internal sealed class SqliteDesign : IDesignTimeDbContextFactory<SqliteChartsDbContext>
{
    public SqliteChartsDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteChartsDbContext>().UseSqlite("Data Source=design.db").Options);
}

internal sealed class PostgresDesign : IDesignTimeDbContextFactory<PostgresChartsDbContext>
{
    public PostgresChartsDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgresChartsDbContext>().UseNpgsql("Host=localhost;Database=design").Options);
}
