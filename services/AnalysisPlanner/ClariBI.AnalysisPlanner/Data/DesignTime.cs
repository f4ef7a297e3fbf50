using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace ClariBI.AnalysisPlanner.Data;

// Only `dotnet ef migrations add` uses these; neither opens a database.
internal sealed class SqliteDesignTime : IDesignTimeDbContextFactory<SqlitePlannerDbContext>
{
    public SqlitePlannerDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqlitePlannerDbContext>().UseSqlite("Data Source=planner.db").Options);
}

internal sealed class PostgresDesignTime : IDesignTimeDbContextFactory<PostgresPlannerDbContext>
{
    public PostgresPlannerDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgresPlannerDbContext>().UseNpgsql("Host=localhost").Options);
}
