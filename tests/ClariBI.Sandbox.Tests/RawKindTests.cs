using System.Globalization;
using System.Text.Json;

namespace ClariBI.Sandbox.Tests;

/// <summary>Revenue LTV, stickiness and composition, which have a raw form only.</summary>
public sealed class RawKindTests(SandboxServer server) : IAsyncLifetime
{
    private static readonly DateTime Today = SandboxServer.Now.Date;
    private static readonly int[] Days = [1, 2, 3, 4, 5, 6, 7, 14, 21, 28, 30, 60, 90];
    private Tools tools = null!;

    public async ValueTask InitializeAsync() => tools = await server.Account().ConnectAsync();

    public ValueTask DisposeAsync() => tools.DisposeAsync();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Revenue_is_that_of_the_first_days_of_new_users(int metric)
    {
        var reply = await RawAsync($$"""{"type":"revenueLtv","params":{"range":"Last 60 Days","metric":"{{metric}}","interval":7,"groupBy":[{"type":"user","value":"platform"}]} }""");

        var monday = new DateTime(2026, 9, 21);
        var revenue = server.Events.All.Where(item => item.Number("e:$revenue") is not null).ToLookup(item => item.User);
        var users = server.Events.All.Where(item => item.IsNew && item.Time >= Today.AddDays(-59)).ToArray();
        reply.GetProperty("series").GetArrayLength().ShouldBe(3);
        foreach (var (series, meta) in reply.GetProperty("series").EnumerateArray().Zip(reply.GetProperty("seriesMeta").EnumerateArray()))
        {
            foreach (var cohort in series.GetProperty("values").EnumerateObject())
            {
                var week = DateTime.Parse(cohort.Name, CultureInfo.InvariantCulture);
                var members = users.Where(user => user["platform"] == meta.GetProperty("groupValue").GetString() && monday.AddDays((int)(user.Time - monday).TotalDays / 7 * 7) == week).ToArray();
                cohort.Value.GetProperty("count").GetInt32().ShouldBe(members.Length);
                foreach (var days in Days)
                {
                    var paid = members.Select(user => revenue[user.User].Where(item => item.Time < user.Time.AddDays(days)).ToArray()).Where(items => items.Length > 0).ToArray();
                    cohort.Value.GetProperty($"r{days}d").GetDouble().ShouldBe(Ltv(metric, paid.Sum(items => items.Sum(item => item.Number("e:$revenue")!.Value)), members.Length, paid.Length), 0.0001, $"{cohort.Name} {days}");
                }

                cohort.Value.GetProperty("paid").GetInt32().ShouldBe(members.Count(user => revenue[user.User].Any()));
                cohort.Value.GetProperty("total_amount").GetDouble().ShouldBe(members.Sum(user => revenue[user.User].Sum(item => item.Number("e:$revenue")!.Value)), 0.0001);
            }

            series.GetProperty("values").EnumerateObject().Sum(cohort => cohort.Value.GetProperty("paid").GetInt32()).ShouldBeGreaterThan(0);
            series.GetProperty("dates").EnumerateArray().Select(date => date.GetString()).First().ShouldBe("2026-11-16");
        }
    }

    [Theory]
    [InlineData(7, "Last 4 Weeks")]
    [InlineData(30, "Last 2 Months")]
    public async Task Stickiness_counts_users_by_the_days_they_did_it_on(int interval, string range)
    {
        var reply = await RawAsync($$"""{"type":"stickiness","params":{"range":"{{range}}","interval":{{interval}},"events":[{"event_type":"_active"},{"event_type":"Search","filters":[{"subprop_type":"event","subprop_key":"search_term_category","subprop_op":"is","subprop_value":["artist"]}]}]} }""");

        var from = interval == 7 ? new DateTime(2026, 10, 26) : new DateTime(2026, 10, 1);
        reply.GetProperty("series").GetArrayLength().ShouldBe(2);
        foreach (var (series, fits) in reply.GetProperty("series").EnumerateArray().Zip(new Func<ExportedEvent, bool>[] { _ => true, item => item.Type == "Search" && item["e:search_term_category"] == "artist" }))
        {
            var users = server.Events.All.Where(item => item.Time >= from && fits(item)).GroupBy(item => (item.User, Start: interval == 7 ? from.AddDays((int)(item.Time - from).TotalDays / 7 * 7) : new DateTime(item.Time.Year, item.Time.Month, 1)))
                .Select(group => (group.Key.Start, Days: group.Select(item => item.Time.Date).Distinct().Count())).ToArray();
            foreach (var (label, date) in series.GetProperty("dates").EnumerateArray().Zip(series.GetProperty("xValues").EnumerateArray()))
            {
                var counts = Counts(series.GetProperty("values").GetProperty(label.GetString()!));
                counts.ShouldBe(Enumerable.Range(1, interval == 7 ? 7 : 31).Select(days => users.Count(user => Tools.Date(user.Start) == date.GetString() && user.Days == days)));
            }

            Counts(series.GetProperty("combined")).Sum().ShouldBe(users.Length);
        }
    }

    [Theory]
    [InlineData("\"property\":\"gp:plan\"", "u:plan")]
    [InlineData("\"groupBy\":[{\"type\":\"user\",\"value\":\"platform\"}]", "platform")]
    public async Task Composition_takes_active_users_apart(string property, string field)
    {
        var reply = await RawAsync($$"""{"type":"composition","params":{"range":"Last 14 Days",{{property}} } }""");

        var expected = server.Events.All.Where(item => item.Time >= Today.AddDays(-13)).GroupBy(item => item[field]).Select(group => (group.Key, Users: group.Select(item => item.User).Distinct().Count())).OrderByDescending(value => value.Users).ThenBy(value => value.Key, StringComparer.Ordinal).ToArray();
        reply.GetProperty("xValues").EnumerateArray().Select(value => value.GetString()).ShouldBe(expected.Select(value => value.Key));
        reply.GetProperty("series")[0].EnumerateArray().Select(value => value.GetInt32()).ShouldBe(expected.Select(value => value.Users));
        expected.Length.ShouldBeGreaterThan(1);
    }

    private static double Ltv(int metric, double revenue, int users, int payers) => metric switch
    {
        0 => users == 0 ? 0 : revenue / users,
        1 => payers == 0 ? 0 : revenue / payers,
        2 => revenue,
        _ => payers,
    };

    private static int[] Counts(JsonElement days) => [.. days.EnumerateArray().Select(day => day.GetProperty("count").GetInt32())];

    private async Task<JsonElement> RawAsync(string definition) =>
        (await tools.ReadAsync("query_amplitude_data", $$"""{"projectId":"100001","definition":{{definition}} }""")).GetProperty("data").GetProperty("jsonResponse");
}
