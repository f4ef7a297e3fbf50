using System.Globalization;

namespace ClariBI.Sandbox.Data.Generation.Marketplace;

/// <summary>What the lines of the marketplace sample say about who it was.</summary>
internal sealed class MarketLines(SampleCalendar calendar, EventLog log)
{
    private const long FirstAmplitudeId = 620_000_000_000;
    private readonly Dictionary<(int Device, bool SignedUp, bool Sells, int Orders, int Release), int> people = [];
    private int current = -1;

    public void Add(DateTime time, long session, Shopper shopper, (int Device, bool SignedUp, bool Sells, int Orders) state, MarketEvent kind, string properties, TimeSpan delay)
    {
        if (shopper.Number != current)
        {
            people.Clear();
            current = shopper.Number;
        }

        var release = Math.Max(0, ((int)(time - calendar.FirstDay).TotalDays + 15 - (shopper.Number % 12)) / 15);
        var key = (state.Device, state.SignedUp, state.Sells, state.Orders, release);
        if (!people.TryGetValue(key, out var who))
        {
            people[key] = who = Person(shopper, state, release);
        }

        log.Add(time, session, shopper.Number, who, (int)kind, properties, delay);
    }

    private int Person(Shopper shopper, (int Device, bool SignedUp, bool Sells, int Orders) state, int release)
    {
        var device = MarketVocabulary.Devices[shopper.IsAnonymous ? shopper.Number % MarketVocabulary.Devices.Length : shopper.Devices[state.Device]];
        var id = state.SignedUp ? $"\"{100_000 + shopper.Number}\"" : "null";
        var amplitudeId = shopper.IsAnonymous ? "null" : (FirstAmplitudeId + shopper.Number).ToString(CultureInfo.InvariantCulture);
        var interests = shopper.Interests.Length == 0 ? "" : $",\"interests\":[{string.Join(',', shopper.Interests.Select(index => $"\"{MarketVocabulary.Categories[index]}\""))}]";
        var properties = !state.SignedUp ? $"\"first_channel\":\"{MarketVocabulary.Channels[shopper.Channel]}\""
            : $$"""
              "first_channel":"{{MarketVocabulary.Channels[shopper.Channel]}}","user_type":"{{(state.Sells ? "seller" : "buyer")}}"{{(shopper.IsMember ? ",\"membership\":\"plus\"" : "")}},"orders_placed":{{state.Orders}}{{(state.Sells ? $",\"is_verified_seller\":{(shopper.Number % 3 == 0 ? "false" : "true")}" : "")}}{{interests}}
              """;
        var created = shopper.CreatedDay < 0 ? $"\"{calendar.Date(shopper.CreatedDay).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)} 18:00:00.000000\"" : "null";
        var carrier = device.Carrier is null ? "null" : $"\"{device.Carrier}\"";
        return log.Person($"\"user_id\":{id},\"device_id\":\"{(shopper.IsAnonymous ? "guest" : "d")}-{shopper.Number:x}-{state.Device}\",\"amplitude_id\":{amplitudeId}",
            $$""","user_properties":{{{properties}}},{{Place(shopper)}},"platform":"{{device.Platform}}","device_type":"{{device.Device}}","device_carrier":{{carrier}},"os_name":"{{device.Os}}","os_version":"{{device.OsVersion}}","version_name":{{(device.Platform == "Web" ? "null" : $"\"7.{release}.1\"")}},"user_creation_time":{{created}}""");
    }

    private static string Place(Shopper shopper)
    {
        if (shopper.Place < MarketVocabulary.UsPlaces.Length)
        {
            var home = MarketVocabulary.UsPlaces[shopper.Place];
            return $"\"country\":\"United States\",\"region\":\"{home.Region}\",\"city\":\"{home.City}\",\"dma\":\"{home.Dma}\",\"language\":\"English\"";
        }

        var abroad = MarketVocabulary.OtherPlaces[shopper.Place - MarketVocabulary.UsPlaces.Length];
        return $"\"country\":\"{abroad.Country}\",\"region\":\"{abroad.Region}\",\"city\":\"{abroad.City}\",\"dma\":null,\"language\":\"{abroad.Language}\"";
    }
}
