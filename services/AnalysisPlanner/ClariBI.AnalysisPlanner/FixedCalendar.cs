using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace ClariBI.AnalysisPlanner;

/// <summary>A calendar that stands still. Nothing waits or expires by it.</summary>
internal sealed class FixedCalendar(DateTimeOffset now) : TimeProvider
{
    /// <summary>Which day it is for questions: <see cref="PlannerOptions.Now"/>, else the clock that everything else follows.</summary>
    public const string Key = "planner-calendar";

    public override DateTimeOffset GetUtcNow() => now.ToUniversalTime();

    public static TimeProvider Choose(IServiceProvider services) =>
        services.GetRequiredService<IOptions<PlannerOptions>>().Value.Now is { } now ? new FixedCalendar(now) : services.GetRequiredService<TimeProvider>();
}

/// <summary>Stops the process at start where a fixed calendar would mislead people.</summary>
internal sealed class FixedCalendarValidation(IHostEnvironment environment) : IValidateOptions<PlannerOptions>
{
    public ValidateOptionsResult Validate(string? name, PlannerOptions options) =>
        options is { Now: not null, AllowFixedCalendar: false } && environment.IsProduction()
            ? ValidateOptionsResult.Fail(
                "Planner__Now fixes the day by which questions are read, and this is Production. Remove it, or set Planner__AllowFixedCalendar to true as well.")
            : ValidateOptionsResult.Success;
}
