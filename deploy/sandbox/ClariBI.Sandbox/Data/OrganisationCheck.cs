using System.Globalization;

namespace ClariBI.Sandbox.Data;

/// <summary>What no type can say about org.json: ids that are unique, names that exist, values of a list. Messages name the place as organisations[0].projects[1].field.</summary>
internal static class OrganisationCheck
{
    public static List<string> Problems(OrganisationFile file)
    {
        var problems = new Problems();
        problems.Require(file.Organisations.Length > 0, "organisations", "at least one is needed");
        problems.RequireUnique(file.Organisations, organisation => organisation.Id, "organisations", "id");
        problems.RequireUnique(file.Accounts.Prepend(file.User), account => account.Email, "user and accounts", "email");
        foreach (var (account, place) in file.Accounts.Select((account, index) => (account, $"accounts[{index}]")).Prepend((file.User, "user")))
        {
            problems.Require(Array.TrueForAll(account.Mcp, right => right is "read" or "write"), $"{place}.mcp", "takes read and write");
            foreach (var id in (account.Organisations ?? []).Where(id => !Array.Exists(file.Organisations, organisation => organisation.Id == id)))
            {
                problems.Add($"{place}.organisations", $"there is no organisation {id}");
            }
        }

        var projects = file.Organisations.SelectMany(organisation => organisation.Projects).ToArray();
        problems.RequireUnique(projects, project => project.Id, "projects", "id");
        problems.RequireUnique(projects.SelectMany(project => project.Charts), chart => chart.Id, "charts", "id");
        problems.RequireUnique(projects.SelectMany(project => project.Cohorts), cohort => cohort.Id, "cohorts", "id");
        problems.RequireUnique(projects.SelectMany(project => project.Dashboards), board => board.Id, "dashboards", "id");
        problems.RequireUnique(projects.SelectMany(project => project.Notebooks), board => board.Id, "notebooks", "id");
        problems.RequireUnique(projects.SelectMany(project => project.Metrics), metric => metric.Id, "metrics", "id");
        problems.RequireUnique(projects.SelectMany(project => project.Experiments), experiment => experiment.Id, "experiments", "id");
        for (var at = 0; at < file.Organisations.Length; at++)
        {
            Check(problems, file.Organisations[at], $"organisations[{at}]");
        }

        return problems.Found;
    }

    private static void Check(Problems problems, Organisation organisation, string place)
    {
        problems.Require(organisation.Region is null or "us" or "eu", $"{place}.region", "takes us or eu");
        problems.Require(organisation.Projects.Length > 0, $"{place}.projects", "at least one is needed");
        for (var at = 0; at < organisation.Projects.Length; at++)
        {
            var (project, here) = (organisation.Projects[at], $"{place}.projects[{at}]");
            problems.Require(project.Id.Length > 0 && project.Id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_'), $"{here}.id", "takes letters, digits, - and _");
            problems.Require(TimeZoneInfo.TryFindSystemTimeZoneById(project.TimeZone, out _), $"{here}.timeZone", $"{project.TimeZone} is not an IANA time zone such as Europe/Berlin");
            problems.Require(project.WeekStart is "monday" or "sunday", $"{here}.weekStart", "takes monday or sunday");
            ProjectContentCheck.Check(problems, project, here);
        }
    }
}

/// <summary>Mistakes found, as "place: what".</summary>
internal sealed class Problems
{
    public List<string> Found { get; } = [];

    public void Add(string place, string what) => Found.Add($"  {place}: {what}");

    public void Require(bool holds, string place, string what)
    {
        if (!holds)
        {
            Add(place, what);
        }
    }

    public void RequireUnique<T>(IEnumerable<T> items, Func<T, string> key, string place, string field)
    {
        foreach (var group in items.GroupBy(key).Where(group => group.Count() > 1 || group.Key.Length == 0))
        {
            Add(place, group.Key.Length == 0 ? $"an {field} is empty" : $"the {field} {group.Key} is there {group.Count()} times");
        }
    }

    public void RequireDate(string? text, string place) =>
        Require(text is null || DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _), place, "takes a date such as 2026-11-21");
}
