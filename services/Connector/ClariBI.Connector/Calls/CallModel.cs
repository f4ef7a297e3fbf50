using Microsoft.EntityFrameworkCore;

namespace ClariBI.Connector.Calls;

internal static class CallModel
{
    public static void AddCalls(this ModelBuilder modelBuilder) => modelBuilder.Entity<LoggedCall>(call =>
    {
        call.ToTable("Calls");
        call.HasKey(row => row.Id);
        call.Ignore(row => row.IsKept);
        call.Property(row => row.Tool).HasMaxLength(128);
        call.Property(row => row.RequestedBy).HasMaxLength(200);
        call.Property(row => row.ArgumentsHash).HasMaxLength(64);
        call.Property(row => row.DefinitionHash).HasMaxLength(64);
        call.HasIndex(row => new { row.DataSourceId, row.At });
        call.HasIndex(row => new { row.WorkspaceId, row.Sent, row.Admitted });
        call.HasIndex(row => row.At);
    });
}
