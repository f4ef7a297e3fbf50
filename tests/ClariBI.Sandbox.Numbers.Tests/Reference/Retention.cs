namespace ClariBI.Sandbox.Numbers.Tests.Reference;

/// <summary>A cell: how many of how many came back. The first of a row is the size of the cohort.</summary>
internal sealed record Returned(int Count, int OutOf, bool IsIncomplete);

/// <summary>Charts of who comes back.</summary>
internal sealed class Retention(EventFile file, Chart chart, Segments segments, DateTime now)
{
    private readonly DateTime[] cohorts = chart.Intervals;

    /// <summary>By group: of each cohort the users, each with the intervals of their returns counted from the start.</summary>
    public Dictionary<string, List<int[]>[]> Groups(Segment segment)
    {
        var groups = new Dictionary<string, List<int[]>[]>();
        foreach (var user in file.ByUser)
        {
            var starts = user.Where(item => chart.Range.Has(item) && chart.Start.Matches(item, file) && segments.Has(segment, item))
                .GroupBy(item => chart.Calendar.Start(item.Time, chart.Interval)).Select(cohort => cohort.First());
            foreach (var start in starts)
            {
                var key = Grouping.Key(start, chart.GroupBy);
                if (!groups.TryGetValue(key, out var users))
                {
                    groups[key] = users = [.. cohorts.Select(_ => new List<int[]>())];
                }

                var begin = chart.Calendar.Start(start.Time, chart.Interval);
                users[Array.IndexOf(cohorts, begin)].Add([.. user.Where(item => item.Order > start.Order && item.Time <= now && chart.Returns.Any(spec => spec.Matches(item, file)))
                    .Select(item => Between(begin, chart.Calendar.Start(item.Time, chart.Interval))).Distinct()]);
            }
        }

        return groups;
    }

    /// <summary>By group: of each user who started in the range the distinct intervals of the returns after the first start.</summary>
    public Dictionary<string, List<int[]>> Returns(Segment segment) =>
        file.ByUser.Select(user => (User: user, Start: user.FirstOrDefault(item => chart.Range.Has(item) && chart.Start.Matches(item, file) && segments.Has(segment, item))))
            .Where(pair => pair.Start is not null)
            .GroupBy(pair => Grouping.Key(pair.Start!, chart.GroupBy))
            .ToDictionary(group => group.Key, group => group.Select(pair => pair.User.Where(item => item.Order > pair.Start!.Order && item.Time <= now && chart.Returns.Any(spec => spec.Matches(item, file)))
                .Select(item => Between(cohorts[0], chart.Calendar.Start(item.Time, chart.Interval))).Distinct().ToArray()).ToList());

    public Returned[] Row(int cohort, List<int[]> users) =>
        [new(users.Count, users.Count, false), .. Columns(cohort).Select(column => new Returned(users.Count(returns => Came(returns, column)), users.Count, IsOpen(cohort, column)))];

    /// <summary>Adds up the cohorts whose column is over; where there is none, the open ones.</summary>
    public static Returned[] Combined(Returned[][] rows) =>
    [
        .. Enumerable.Range(0, rows.Max(row => row.Length)).Select(column =>
        {
            var cells = rows.Where(row => row.Length > column).Select(row => row[column]).ToArray();
            var over = cells.Where(cell => !cell.IsIncomplete).ToArray();
            var chosen = over.Length > 0 ? over : cells;
            return new Returned(chosen.Sum(cell => cell.Count), chosen.Sum(cell => cell.OutOf), over.Length == 0);
        }),
    ];

    public int Cohorts => cohorts.Length;

    private IEnumerable<int> Columns(int cohort) =>
        Enumerable.Range(0, chart.Metric == "bracket" ? chart.Brackets.Length : Math.Max(0, Between(cohorts[cohort], chart.Calendar.Start(now, chart.Interval)) + 1));

    private bool Came(int[] returns, int column) => chart.Metric switch
    {
        "nday" => returns.Contains(column),
        "rolling" => returns.Any(at => at >= column),
        "nday_or_before" => returns.Any(at => at <= column),
        _ => returns.Any(at => at >= chart.Brackets[column].From && at < chart.Brackets[column].Until),
    };

    private bool IsOpen(int cohort, int column) =>
        chart.Calendar.Utc(Calendar.Move(cohorts[cohort], chart.Interval, chart.Metric == "bracket" ? chart.Brackets[column].Until : column + 1)) > now;

    private int Between(DateTime from, DateTime to) => chart.Interval switch
    {
        "hour" => (int)(to - from).TotalHours,
        "day" => (to - from).Days,
        "week" => (to - from).Days / 7,
        "month" => ((to.Year - from.Year) * 12) + to.Month - from.Month,
        _ => (((to.Year - from.Year) * 12) + to.Month - from.Month) / 3,
    };
}
