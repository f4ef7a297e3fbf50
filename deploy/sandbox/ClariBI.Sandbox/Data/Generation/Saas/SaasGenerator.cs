namespace ClariBI.Sandbox.Data.Generation.Saas;

/// <summary>A service in which teams plan their work. One organisation has production and staging, the other sells to schools.</summary>
internal sealed class SaasGenerator(DateTimeOffset now)
{
    private const ulong Seed = 20_260_201;
    private const double VisitorShare = 0.08;
    private readonly SaasCalendar calendar = new(new(now, "Europe/Berlin"));

    /// <returns>The text of org.json.</returns>
    public string Write(string folder, int users)
    {
        WriteEvents(Path.Combine(folder, "310001.jsonl"), users, Seed);
        WriteEvents(Path.Combine(folder, "310002.jsonl"), Math.Max(50, users / 50), Seed + 1);
        WriteEvents(Path.Combine(folder, "320001.jsonl"), Math.Max(60, users / 20), Seed + 2);
        return SampleTemplate.Read("Saas.org.json", calendar.Days);
    }

    private void WriteEvents(string path, int users, ulong seed)
    {
        var log = new EventLog(calendar.Days.Now, users * 57);
        var lines = new SaasLines(calendar.Days, log);
        var visitors = (int)(users * VisitorShare);
        for (int user = visitors, number = 0; user < users; number++)
        {
            var random = new SplitMix(seed + ((ulong)number * 0xD1342543DE82EF95));
            var company = Company.Make(number, user, users - user, calendar, ref random);
            new CompanyHistory(calendar, company, random, lines).Live();
            user += company.Members.Length;
        }

        for (var number = 0; number < visitors; number++)
        {
            Browse(number, new SplitMix(seed + 7 + ((ulong)number * 0x9FB21C651E98DF25)), log, lines);
        }

        log.Write(path, SaasVocabulary.EventNames);
    }

    private void Browse(int number, SplitMix random, EventLog log, SaasLines lines)
    {
        var who = lines.Visitor(number, ref random);
        var day = calendar.StartDay(ref random);
        for (var visits = 1 + random.Pick([0.7, 0.2, 0.1]); visits > 0 && day < SampleCalendar.Days; visits--, day += random.Between(1, 9))
        {
            var clock = calendar.Days.At(day, 7 + random.Below(16)).AddSeconds(random.Below(3600));
            var session = new DateTimeOffset(clock, TimeSpan.Zero).ToUnixTimeMilliseconds();
            for (var pages = random.Between(1, 5); pages > 0; pages--)
            {
                clock = clock.AddSeconds(random.Between(5, 120));
                var isPricing = random.Chance(0.2);
                log.Add(clock, session, number, who, (int)(isPricing ? SaasEvent.PricingViewed : SaasEvent.PageViewed),
                    isPricing ? """{"billing":"monthly"}""" : $$"""{"path":"{{SaasVocabulary.Pages[random.Below(SaasVocabulary.Pages.Length)]}}"}""");
            }
        }
    }
}
