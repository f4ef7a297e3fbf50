using ClariBI.AnalysisPlanner.Analyses;
using ClariBI.AnalysisPlanner.Analyses.Endpoints;
using ClariBI.AnalysisPlanner.Analyses.Running;
using ClariBI.AnalysisPlanner.Conversations;
using ClariBI.AnalysisPlanner.Data;
using ClariBI.AnalysisPlanner.DataSources;
using ClariBI.AnalysisPlanner.Engines;
using ClariBI.AnalysisPlanner.Engines.BuiltIn;
using ClariBI.AnalysisPlanner.Queries;
using ClariBI.AnalysisPlanner.Suggestions;
using ClariBI.AnalysisPlanner.Taxonomies;
using ClariBI.AnalysisPlanner.Vendors;
using ClariBI.Contracts.AnalysisPlanner;
using ClariBI.Data;
using ClariBI.Messaging;
using ClariBI.Messaging.Outbox;
using ClariBI.ServiceDefaults.OpenApi;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ClariBI.AnalysisPlanner;

/// <summary>The analysis planner: questions in plain words become queries, answers with evidence, and durable runs.</summary>
public static class PlannerModule
{
    private const string Service = "planner";

    public static WebApplicationBuilder AddPlanner(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<PlannerOptions>().BindConfiguration(PlannerOptions.SectionName)
            .ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<PlannerOptions>, FixedCalendarValidation>();
        builder.Services.AddKeyedSingleton(FixedCalendar.Key, (services, _) => FixedCalendar.Choose(services));
        builder.Services.AddValidation();
        builder.AddServiceDatabase<PlannerDbContext, SqlitePlannerDbContext, PostgresPlannerDbContext>(Service);
        builder.AddOutbox<PlannerDbContext>();
        builder.AddServiceDocument(Service);
        builder.Services.AddVendors().AddRuns();
        return builder;
    }

    public static void AddPlannerConsumers(this IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<SubmitAnalysisConsumer, SubmitAnalysisDefinition>();
        bus.AddConsumer<RunAnalysisConsumer, RunAnalysisDefinition>();
        bus.AddServiceResponder<RunQueryConsumer>(Service);
        bus.AddServiceConsumer<WarmTaxonomyConsumer>(Service);
        bus.AddServiceConsumer<ForgetTaxonomyConsumer>(Service);
        bus.AddPublishedEvent<AnalysisProgressed>();
        bus.AddPublishedEvent<AnalysisCompleted>();
        bus.AddPublishedEvent<AnalysisFailed>();
    }

    public static void MapPlanner(this IEndpointRouteBuilder endpoints)
    {
        var planner = endpoints.MapGroup("/api").WithGroupName(Service).RequireAuthorization();
        var analyses = planner.MapGroup("/analyses").WithTags("Analyses");
        analyses.MapAskQuestion();
        analyses.MapGetAnalysis();
        analyses.MapStreamAnalysis();
        analyses.MapStopAnalysis();
        planner.MapGroup("/conversations").WithTags("Conversations").MapConversations();
        planner.MapGroup("/suggestions").WithTags("Suggestions").MapSuggestQuestions();
    }

    private static IServiceCollection AddVendors(this IServiceCollection services) => services
        .AddSingleton<IVendorAdapter, Vendors.Amplitude.AmplitudeAdapter>()
        .AddSingleton<VendorAdapters>()
        .AddSingleton<TaxonomyCache>()
        .AddSingleton<ConnectorClient>()
        .AddSingleton<Projects>();

    private static void AddRuns(this IServiceCollection services) => services
        .AddSingleton<IEngine, BuiltInEngine>()
        .AddSingleton<AnalysisSignals>()
        .AddSingleton<RunningAnalyses>()
        .AddSingleton<LeaseKeeper>()
        .AddSingleton<RunGuard>()
        .AddScoped<Submission>()
        .AddScoped<StepLog>()
        .AddScoped<QuestionReader>()
        .AddScoped<ChartDrawing>()
        .AddScoped<AnalysisPipeline>()
        .AddScoped<RunCompletion>()
        .AddScoped<RunInterruption>()
        .AddHostedService<Recovery>();
}
