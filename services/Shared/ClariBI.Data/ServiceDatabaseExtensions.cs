using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace ClariBI.Data;

public static class ServiceDatabaseExtensions
{
    /// <summary>
    /// Registers a service's database under <typeparamref name="TContext"/>. The two derived contexts exist only because EF Core
    /// keeps one migrations folder per context: <c>Migrations/Sqlite</c> and <c>Migrations/Postgres</c>.
    /// </summary>
    /// <param name="service">Names the SQLite file and the PostgreSQL database, for example <c>connector</c>.</param>
    public static WebApplicationBuilder AddServiceDatabase<TContext, TSqlite, TPostgres>(this WebApplicationBuilder builder, string service)
        where TContext : DbContext
        where TSqlite : TContext
        where TPostgres : TContext
    {
        builder.Services.AddOptions<DatabaseOptions>().BindConfiguration(DatabaseOptions.SectionName).ValidateDataAnnotations().ValidateOnStart();
        var options = builder.Configuration.GetSection(DatabaseOptions.SectionName).Get<DatabaseOptions>() ?? new DatabaseOptions();
        if (options.Provider == DatabaseProvider.Postgres)
        {
            builder.Services.AddDbContext<TContext, TPostgres>((provider, db) => db
                .UseNpgsql(PostgresConnection(options, service)).AddRegisteredInterceptors(provider));
        }
        else
        {
            builder.Services.AddDbContext<TContext, TSqlite>((provider, db) => db
                .UseSqlite(SqliteConnection(options, service)).AddRegisteredInterceptors(provider));
        }

        // Before the services registered later, so that their hosted services find the schema.
        builder.Services.AddHostedService<MigrateOnStart<TContext>>();
        builder.Services.AddHealthChecks().AddCheck<DatabaseHealth<TContext>>($"{service}-database");
        return builder;
    }

    private static string SqliteConnection(DatabaseOptions options, string service)
    {
        Directory.CreateDirectory(options.Folder);
        return $"Data Source={Path.Combine(options.Folder, service + ".db")};Default Timeout=30";
    }

    private static string PostgresConnection(DatabaseOptions options, string service) =>
        options.Postgres.Length > 0
            ? new NpgsqlConnectionStringBuilder(options.Postgres) { Database = $"claribi_{service.Replace('-', '_')}" }.ConnectionString
            : throw new InvalidOperationException("Database__Provider is Postgres, but Database__Postgres holds no connection string.");

    private static DbContextOptionsBuilder AddRegisteredInterceptors(this DbContextOptionsBuilder db, IServiceProvider provider) =>
        db.AddInterceptors(provider.GetServices<Microsoft.EntityFrameworkCore.Diagnostics.IInterceptor>());
}
