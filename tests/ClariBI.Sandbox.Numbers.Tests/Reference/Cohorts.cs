using System.Text.Json.Nodes;

namespace ClariBI.Sandbox.Numbers.Tests.Reference;

/// <summary>Who is in a cohort: every clause has to hold, by any of its conditions.</summary>
internal static class Cohorts
{
    public static HashSet<string> Members(EventFile file, JsonNode definition, Calendar calendar, DateTime now)
    {
        var members = file.ByUser.Select(user => user.Key).ToHashSet();
        foreach (var clause in definition["andClauses"]!.AsArray())
        {
            var holding = members.Where(user => clause!["orClauses"]!.AsArray().Any(condition => Did(file, user, condition!, calendar, now))).ToHashSet();
            members = members.Where(user => holding.Contains(user) != (clause!["negated"]?.GetValue<bool>() ?? false)).ToHashSet();
        }

        return members;
    }

    private static bool Did(EventFile file, string user, JsonNode condition, Calendar calendar, DateTime now)
    {
        var from = calendar.Utc(calendar.Local(now).Date.AddDays(1 - condition["time_value"]!.GetValue<int>()));
        var spec = new EventSpec(condition["type_value"]!.GetValue<string>(), [], []);
        var count = file.ByUser[user].Count(item => item.Time >= from && item.Time <= now && spec.Matches(item, file));
        return Segments.Compare(condition["operator"]!.GetValue<string>(), count, condition["operator_value"]!.GetValue<double>());
    }
}
