namespace ClariBI.Sandbox.Data.Generation.Marketplace;

/// <summary>A marketplace for handmade and vintage things, and a small one for vinyl records.</summary>
internal sealed class MarketplaceGenerator(DateTimeOffset now)
{
    private const ulong Seed = 20_260_301;
    private readonly MarketCalendar calendar = new(new(now, "America/Los_Angeles"));

    /// <returns>The text of org.json.</returns>
    public string Write(string folder, int users)
    {
        WriteEvents(Path.Combine(folder, "410001.jsonl"), users, Seed);
        WriteEvents(Path.Combine(folder, "410002.jsonl"), Math.Max(50, users / 50), Seed + 1);
        WriteEvents(Path.Combine(folder, "420001.jsonl"), Math.Max(60, users / 20), Seed + 2);
        return SampleTemplate.Read("Marketplace.org.json", calendar.Days);
    }

    private void WriteEvents(string path, int users, ulong seed)
    {
        var log = new EventLog(calendar.Days.Now, users * 57);
        var lines = new MarketLines(calendar.Days, log);
        for (var number = 0; number < users; number++)
        {
            var random = new SplitMix(seed + ((ulong)number * 0xD1342543DE82EF95));
            var shopper = Shopper.Make(number, calendar, ref random);
            new ShopperHistory(calendar, shopper, random, lines).Live();
        }

        log.Write(path, MarketVocabulary.EventNames);
    }
}
