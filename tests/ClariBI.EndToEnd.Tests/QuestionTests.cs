using System.Globalization;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace ClariBI.EndToEnd.Tests;

/// <summary>Somebody who connected the sandbox once, for many questions.</summary>
public sealed class Analyst : IAsyncLifetime
{
    private Person? person;

    public async ValueTask InitializeAsync()
    {
        person = await Person.RegisterAsync(CancellationToken.None);
        await person.ConnectSandboxAsync(CancellationToken.None);
    }

    public async Task<JsonElement> AskAsync(string question, CancellationToken ct) => (await person!.AskAsync(question, ct)).ShouldBeAnswered();

    public ValueTask DisposeAsync()
    {
        person?.Dispose();
        return ValueTask.CompletedTask;
    }
}

/// <summary>Numbers of answers against plain SQL over the events file. The range is checked against what the question says, then used.</summary>
[Collection("product")]
public sealed class QuestionTests(Analyst analyst, EventsFile events) : IClassFixture<Analyst>, IClassFixture<EventsFile>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static DateOnly Today => DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);

    [Fact]
    public async Task Which_segment_has_the_highest_7_day_retention()
    {
        var answer = await analyst.AskAsync("Which segment has the highest 7-day retention?", Ct);

        var (start, end) = answer.Range();
        var property = answer.GetProperty("evidence").GetProperty("query").GetProperty("groupBy")[0].GetProperty("property").GetString()!;
        var expected = RetentionBy($"(up->>'{property}')", start, end, 7);
        var row = answer.Shares(7);
        row.ShouldMatch(expected, "share back on day 7");
        var best = expected.MaxBy(item => item.Value).Key;
        FirstSentence(answer).ShouldContain(best, Case.Insensitive, $"the best of {string.Join(", ", expected)}");
    }

    [Fact]
    public async Task Compare_engagement_between_paid_and_organic_users()
    {
        var answer = await analyst.AskAsync("Compare engagement between paid and organic users", Ct);

        var (start, end) = answer.Range();
        var measure = answer.GetProperty("evidence").GetProperty("query").GetProperty("measures")[0];
        measure.GetProperty("aggregation").GetString().ShouldBe("average_per_user", "the assumption that the answer names");
        var name = measure.GetProperty("event").GetString();
        var filter = name == "_active" ? "true" : $"n = '{name}'";
        var expected = events.Map($"""
            select case when channel like 'paid%' then 'paid' else 'organic' end, count(*)::double / count(distinct u)
            from e where d between '{start}' and '{end}' and ({filter}) and (channel like 'paid%' or channel = 'organic') group by 1
            """);
        var actual = answer.ByLabel().ToDictionary(item => item.Key.Contains("organic", StringComparison.OrdinalIgnoreCase) ? "organic" : "paid", item => item.Value);
        actual.ShouldMatch(expected, "events per user");
        answer.GetProperty("assumptions").GetArrayLength().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Show_conversion_in_the_activation_funnel()
    {
        var answer = await analyst.AskAsync("Show conversion in the activation funnel", Ct);

        var (start, end) = answer.Range();
        var expected = Funnel(["Sign Up", "Create Profile", "Complete Onboarding", "Play Content"], start, end, 7);
        answer.Column("users").ShouldBe(expected);
        answer.Column("share").Last().ShouldBeClose(expected[^1] / expected[0], "overall conversion");
    }

    [Fact]
    public async Task How_many_users_signed_up_last_week()
    {
        var answer = await analyst.AskAsync("How many users signed up last week?", Ct);

        var monday = Today.AddDays(-((((int)Today.DayOfWeek) + 6) % 7) - 7);
        answer.Range().ShouldBe((Iso(monday), Iso(monday.AddDays(6))));
        answer.Column("value")[0].ShouldBe(events.Number($"select count(distinct u) from e where n='Sign Up' and d between '{Iso(monday)}' and '{Iso(monday.AddDays(6))}'"));
    }

    [Fact]
    public async Task Daily_active_users_over_the_last_30_days()
    {
        var answer = await analyst.AskAsync("Daily active users over the last 30 days", Ct);

        answer.Range().ShouldBe((Iso(Today.AddDays(-29)), Iso(Today)));
        answer.ByDate().ShouldMatch(events.Map($"select d, count(distinct u) from e where d between '{Iso(Today.AddDays(-29))}' and '{Iso(Today)}' group by d"), "users a day");
    }

    [Fact]
    public async Task Weekly_active_users()
    {
        var answer = await analyst.AskAsync("Show weekly active users", Ct);

        var (start, end) = answer.Range();
        answer.ByDate().ShouldMatch(events.Map($"select date_trunc('week', d)::date, count(distinct u) from e where d between '{start}' and '{end}' group by 1"), "users a week");
    }

    [Fact]
    public async Task Top_5_countries_by_purchases()
    {
        var answer = await analyst.AskAsync("Top 5 countries by purchases", Ct);

        var (start, end) = answer.Range();
        answer.ByLabel().ShouldMatch(events.Map($"select country, count(*) from e where n='Purchase' and d between '{start}' and '{end}' group by 1 order by 2 desc, 1 limit 5"), "purchases");
    }

    [Fact]
    public async Task Purchases_by_plan()
    {
        var answer = await analyst.AskAsync("Purchases by plan", Ct);

        var (start, end) = answer.Range();
        answer.ByLabel().ShouldMatch(events.Map($"select plan, count(*) from e where n='Purchase' and d between '{start}' and '{end}' group by 1"), "purchases");
    }

    [Fact]
    public async Task Revenue_by_platform_last_month()
    {
        var answer = await analyst.AskAsync("Revenue by platform last month", Ct);

        var first = new DateOnly(Today.Year, Today.Month, 1).AddMonths(-1);
        answer.Range().ShouldBe((Iso(first), Iso(first.AddMonths(1).AddDays(-1))));
        answer.ByLabel().ShouldMatch(
            events.Map($"select platform, sum((ep->>'$.\"$revenue\"')::double) from e where n='Purchase' and d between '{Iso(first)}' and '{Iso(first.AddMonths(1).AddDays(-1))}' group by 1"), "revenue");
    }

    [Fact]
    public async Task Average_plays_per_user_by_plan()
    {
        var answer = await analyst.AskAsync("Average number of plays per user by plan", Ct);

        var (start, end) = answer.Range();
        answer.ByLabel().ShouldMatch(events.Map($"select plan, count(*)::double / count(distinct u) from e where n='Play Content' and d between '{start}' and '{end}' group by 1"), "plays per user");
    }

    [Fact]
    public async Task Conversion_from_search_to_purchase_by_platform()
    {
        var answer = await analyst.AskAsync("Conversion from search to purchase by platform", Ct);

        var (start, end) = answer.Range();
        var days = answer.GetProperty("evidence").GetProperty("query").GetProperty("conversionWindowDays").GetInt32();
        foreach (var platform in (string[])["iOS", "Android", "Web"])
        {
            // A user counts for the platform of the first step; the purchase may happen on another.
            var expected = Funnel(["Search", "Purchase"], start, end, days, $"platform = '{platform}'");
            answer.Column($"{platform.ToLowerInvariant()}_users").ShouldBe(expected, platform);
        }
    }

    [Fact]
    public async Task Retention_of_one_channels_users_after_14_days()
    {
        var answer = await analyst.AskAsync("What is the 14-day retention of referral users?", Ct);

        var (start, end) = answer.Range();
        answer.Shares(14).Single().Value
            .ShouldBeClose(Retention("channel = 'referral'", start, end, 14), "share back on day 14");
    }

    [Fact]
    public async Task New_users_by_channel_per_week()
    {
        var answer = await analyst.AskAsync("New users by channel per week", Ct);

        var (start, end) = answer.Range();
        var expected = events.Map($"""
            with first as (select u, min_by(channel, t) channel, min(d) d from e group by u having min(born) is null or min(born) >= min(t))
            select date_trunc('week', d)::date, channel, count(*) from first where d between '{start}' and '{end}' group by 1, 2
            """);
        var actual = answer.ByDate().Where(item => item.Value != 0).ToDictionary();
        actual.ShouldMatch(expected, "new users");
    }

    [Fact]
    public async Task How_many_people_invited_a_friend_in_a_named_month()
    {
        var first = new DateOnly(Today.Year, Today.Month, 1).AddMonths(-1);
        var month = first.ToString("MMMM", CultureInfo.InvariantCulture);
        var answer = await analyst.AskAsync($"How many people invited a friend in {month}?", Ct);

        answer.Range().ShouldBe((Iso(first), Iso(first.AddMonths(1).AddDays(-1))));
        answer.Column("value")[0].ShouldBe(events.Number(
            $"select count(distinct u) from e where n='Invite Friend' and d between '{Iso(first)}' and '{Iso(first.AddMonths(1).AddDays(-1))}'"));
    }

    [Fact]
    public async Task Searches_of_the_last_7_days_against_the_7_days_before()
    {
        var answer = await analyst.AskAsync("How many searches in the last 7 days compared to the previous 7 days?", Ct);

        answer.Range().ShouldBe((Iso(Today.AddDays(-6)), Iso(Today)));
        answer.Column("value")[0].ShouldBe(events.Number($"select count(*) from e where n='Search' and d between '{Iso(Today.AddDays(-6))}' and '{Iso(Today)}'"));
        answer.Column("previous")[0].ShouldBe(events.Number($"select count(*) from e where n='Search' and d between '{Iso(Today.AddDays(-13))}' and '{Iso(Today.AddDays(-7))}'"));
    }

    [Fact]
    public async Task Plays_per_day_on_one_platform()
    {
        var answer = await analyst.AskAsync("Play Content per day on iOS in the last 14 days", Ct);

        answer.Range().ShouldBe((Iso(Today.AddDays(-13)), Iso(Today)));
        answer.ByDate().ShouldMatch(
            events.Map($"select d, count(*) from e where n='Play Content' and platform='iOS' and d between '{Iso(Today.AddDays(-13))}' and '{Iso(Today)}' group by d"), "plays a day");
    }

    [Fact]
    public async Task Active_users_except_on_one_platform()
    {
        var answer = await analyst.AskAsync("How many active users were there yesterday except on Web?", Ct);

        answer.Range().ShouldBe((Iso(Today.AddDays(-1)), Iso(Today.AddDays(-1))));
        answer.Column("value")[0].ShouldBe(events.Number($"select count(distinct u) from e where platform <> 'Web' and d = '{Iso(Today.AddDays(-1))}'"));
    }

    [Fact]
    public async Task Compare_the_retention_of_two_platforms()
    {
        var answer = await analyst.AskAsync("Compare 7-day retention of iOS and Android users", Ct);

        var (start, end) = answer.Range();
        var expected = new Dictionary<string, double>
        {
            ["iOS"] = Retention("platform = 'iOS'", start, end, 7),
            ["Android"] = Retention("platform = 'Android'", start, end, 7),
        };
        var row = answer.Shares(7);
        row.ShouldMatch(expected, "share back on day 7");
    }

    [Fact]
    public async Task What_events_do_we_track()
    {
        var answer = await analyst.AskAsync("What events do we track?", Ct);

        answer.GetProperty("table").GetProperty("rows").EnumerateArray().Select(row => row[0].GetString()!)
            .ShouldBe(events.Rows("select distinct n from e").Select(row => (string)row[0]), ignoreOrder: true);
    }

    private Dictionary<string, double> RetentionBy(string group, string start, string end, int day) => events.Map($"""
        with first as (select u, min_by({group}, t) g, min(d) d0 from e group by u having min(born) is null or min(born) >= min(t)),
             cohort as (select * from first where d0 between '{start}' and '{end}' and d0 + {day} < '{Iso(Today)}'::date)
        select g, avg(case when exists (select 1 from e where e.u = cohort.u and e.d = cohort.d0 + {day}) then 1.0 else 0 end) from cohort group by g
        """);

    /// <summary>Of the users whose first event satisfies the condition, the share with any event exactly N days later; whole days only.</summary>
    private double Retention(string condition, string start, string end, int day) => RetentionBy($"case when {condition} then 'in' else 'out' end", start, end, day)["in"];

    private double[] Funnel(string[] steps, string start, string end, int days, string condition = "true")
    {
        // Every occurrence of the first step is a try of its own; the one that gets furthest within the window counts.
        var user = events.Rows($"select u, n, epoch_us(t) from e where (n <> '{steps[0]}' or {condition}) and n in ({string.Join(",", steps.Select(step => $"'{step}'"))}) and d between '{start}' and ('{end}'::date + {days}) order by u, t");
        var last = DateTimeOffset.Parse(end + "T23:59:59.999999Z", CultureInfo.InvariantCulture).ToUnixTimeMilliseconds() * 1000.0;
        var reached = new double[steps.Length];
        foreach (var history in user.GroupBy(row => (string)row[0]))
        {
            var list = history.Select(row => (Name: (string)row[1], At: (double)row[2])).ToArray();
            var furthest = 0;
            for (var from = 0; from < list.Length; from++)
            {
                if (list[from].Name != steps[0] || list[from].At > last)
                {
                    continue;
                }

                var step = 1;
                for (var next = from + 1; next < list.Length && step < steps.Length && list[next].At - list[from].At <= days * 86_400e6; next++)
                {
                    step += list[next].Name == steps[step] ? 1 : 0;
                }

                furthest = Math.Max(furthest, step);
            }

            for (var step = 0; step < furthest; step++)
            {
                reached[step]++;
            }
        }

        return reached;
    }

    private static string FirstSentence(JsonElement answer) => answer.GetProperty("text").GetString()!.Split(". ")[0];

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
