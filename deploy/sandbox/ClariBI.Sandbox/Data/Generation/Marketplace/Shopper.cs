namespace ClariBI.Sandbox.Data.Generation.Marketplace;

/// <summary>What stays the same about a person. Days count from the first day of the data; older users have negative ones.</summary>
internal sealed record Shopper(int Number, int CreatedDay, int Channel, int Place, int Favourite, int[] Devices, double Eagerness, bool IsSeller, bool IsMember)
{
    /// <summary>Visitors who never sign up: known by their device only.</summary>
    public bool IsAnonymous => Devices.Length == 0;

    public int[] Interests { get; init; } = [];

    public static Shopper Make(int number, MarketCalendar calendar, ref SplitMix random)
    {
        var created = random.Chance(0.42) ? calendar.StartDay(ref random) : -1 - (int)(600 * Math.Pow(random.Unit(), 1.3));
        int[] devices = created >= 0 && random.Chance(0.2) ? [] : random.Chance(0.28) ? [random.Pick(MarketVocabulary.DeviceShares), 4 + random.Below(2)] : [random.Pick(MarketVocabulary.DeviceShares)];
        var favourite = random.Pick(MarketVocabulary.CategoryShares);
        var places = MarketVocabulary.UsPlaces.Select(place => (double)place.Weight).Concat(MarketVocabulary.OtherPlaces.Select(place => (double)place.Weight)).ToArray();
        return new(number, created, random.Pick(MarketVocabulary.ChannelShares), random.Pick(places), favourite, devices, Math.Exp(0.5 * random.Normal()), devices.Length > 0 && random.Chance(0.11), random.Chance(0.14))
        {
            Interests = random.Chance(0.6) ? [favourite, (favourite + 1 + random.Below(7)) % 8] : [],
        };
    }
}
