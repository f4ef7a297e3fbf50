using System.Text.Json.Nodes;
using ClariBI.Sandbox.Numbers.Tests.Reference;

namespace ClariBI.Sandbox.Numbers.Tests.Reading;

/// <summary>A project as the reference sees it: its events, its zone, its cohorts, and the moment it is.</summary>
internal sealed record World(EventFile File, TimeZoneInfo Zone, DayOfWeek WeekStart, JsonArray Cohorts, DateTime Now)
{
    public Calendar Calendar(string? zone) => new(zone is null ? Zone : TimeZoneInfo.FindSystemTimeZoneById(zone), WeekStart);

    public HashSet<string> Members(string cohort) => Numbers.Tests.Reference.Cohorts.Members(File, Cohorts.Single(item => item!["id"]!.GetValue<string>() == cohort)!["definition"]!, Calendar(null), Now);

    public Property Find(string name, string? scope) => new(scope ?? (File.UserProperties.Contains(name) ? "user" : "event"), name);
}
