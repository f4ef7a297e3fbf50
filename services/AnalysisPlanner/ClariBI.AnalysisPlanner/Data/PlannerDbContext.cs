using ClariBI.AnalysisPlanner.Analyses;
using ClariBI.AnalysisPlanner.Conversations;
using ClariBI.Data;
using ClariBI.Messaging.Outbox;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.AnalysisPlanner.Data;

internal class PlannerDbContext(DbContextOptions options) : DbContext(options)
{
    public DbSet<Conversation> Conversations => Set<Conversation>();

    public DbSet<Analysis> Analyses => Set<Analysis>();

    public DbSet<Step> Steps => Set<Step>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.UseServiceConventions(this);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddOutbox();
        modelBuilder.Entity<Conversation>(conversation =>
        {
            conversation.Property(row => row.Title).HasMaxLength(Conversation.TitleLength);
            conversation.HasIndex(row => new { row.WorkspaceId, row.UpdatedAt });
        });
        modelBuilder.Entity<Analysis>(analysis =>
        {
            analysis.Property(row => row.Question).HasMaxLength(Analysis.QuestionLength);
            analysis.Property(row => row.RequestedBy).HasMaxLength(Analysis.RequestedByLength);
            analysis.Property(row => row.Status).HasConversion<string>().HasMaxLength(20);
            analysis.Property(row => row.Version).IsConcurrencyToken();
            analysis.HasIndex(row => new { row.ConversationId, row.CreatedAt });
            analysis.HasIndex(row => new { row.Status, row.LeaseUntil });
            analysis.HasOne<Conversation>().WithMany().HasForeignKey(row => row.ConversationId);
        });
        modelBuilder.Entity<Step>(step =>
        {
            step.HasKey(row => new { row.AnalysisId, row.Sequence });
            step.Property(row => row.Sequence).ValueGeneratedNever();
            step.Property(row => row.Key).HasConversion<string>().HasMaxLength(20);
            step.HasOne<Analysis>().WithMany().HasForeignKey(row => row.AnalysisId);
        });
    }
}

internal sealed class SqlitePlannerDbContext(DbContextOptions<SqlitePlannerDbContext> options) : PlannerDbContext(options);

internal sealed class PostgresPlannerDbContext(DbContextOptions<PostgresPlannerDbContext> options) : PlannerDbContext(options);
