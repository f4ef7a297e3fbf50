using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting.Internal;

namespace ClariBI.AnalysisPlanner.Tests.Hosting;

public sealed class FixedCalendarTests
{
    private static readonly DateTimeOffset Day = new(2026, 5, 13, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Questions_are_read_by_the_fixed_day_and_nothing_else_is()
    {
        await using var host = new PlannerHost { Now = Day };
        await host.InitializeAsync();
        var (client, _, _) = host.Workspace();

        var accepted = await client.AskAsync("How many users did Purchase in the last 7 days?").JsonAsync(HttpStatusCode.Accepted);
        var analysis = await PlannerHost.EndedAsync(client, accepted.Id());

        var evidence = analysis["answer"]!["evidence"]!;
        evidence.Text("rangeStart").ShouldBe("2026-05-07");
        evidence.Text("rangeEnd").ShouldBe("2026-05-13");
        (TimeProvider.System.GetUtcNow() - analysis["finishedAt"]!.GetValue<DateTimeOffset>()).ShouldBeLessThan(TimeSpan.FromMinutes(5));
        host.Services.GetRequiredService<TimeProvider>().ShouldBe(TimeProvider.System);
    }

    [Fact]
    public async Task Without_a_fixed_day_the_calendar_is_the_clock()
    {
        await using var host = new PlannerHost();

        host.Services.GetRequiredKeyedService<TimeProvider>(FixedCalendar.Key).ShouldBe(TimeProvider.System);
    }

    [Theory]
    [InlineData("Production", false, false)]
    [InlineData("Production", true, true)]
    [InlineData("Development", false, true)]
    public void In_production_a_fixed_day_has_to_be_meant(string environment, bool allowed, bool starts)
    {
        var options = new PlannerOptions { Now = Day, AllowFixedCalendar = allowed };

        var result = Validation(environment).Validate(null, options);

        result.Succeeded.ShouldBe(starts, result.FailureMessage);
        (result.FailureMessage?.Contains("Planner__AllowFixedCalendar", StringComparison.Ordinal) ?? false).ShouldBe(!starts);
    }

    [Fact]
    public void In_production_the_switch_alone_changes_nothing() =>
        Validation("Production").Validate(null, new PlannerOptions { AllowFixedCalendar = true }).Succeeded.ShouldBeTrue();

    private static FixedCalendarValidation Validation(string environment) => new(new HostingEnvironment { EnvironmentName = environment });
}
