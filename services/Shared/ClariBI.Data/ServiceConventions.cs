using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace ClariBI.Data;

public static class ServiceConventions
{
    /// <summary>
    /// Call from every context's <c>ConfigureConventions</c>: SQLite has no type for an instant and could neither sort nor
    /// compare one, so it is stored there as UTC ticks.
    /// </summary>
    public static void UseServiceConventions(this ModelConfigurationBuilder conventions, DbContext context)
    {
        if (context.Database.ProviderName?.EndsWith("Sqlite", StringComparison.Ordinal) == true)
        {
            conventions.Properties<DateTimeOffset>().HaveConversion<UtcTicksConverter>();
        }
    }

    private sealed class UtcTicksConverter() : ValueConverter<DateTimeOffset, long>(
        instant => instant.UtcTicks, ticks => new DateTimeOffset(ticks, TimeSpan.Zero));
}
