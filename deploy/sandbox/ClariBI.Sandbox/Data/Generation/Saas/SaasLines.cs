using System.Globalization;

namespace ClariBI.Sandbox.Data.Generation.Saas;

/// <summary>What the lines of the SaaS sample say about who it was.</summary>
internal sealed class SaasLines(SampleCalendar calendar, EventLog log)
{
    private const long FirstAmplitudeId = 510_000_000_000;
    private readonly Dictionary<(int Device, bool SignedUp, int Plan, int Seats, string Role, int Release), int> people = [];
    private int current = -1;

    public void Add(DateTime time, long session, Company company, Member member, int device, SaasEvent kind, string properties, TimeSpan delay)
    {
        if (member.User != current)
        {
            people.Clear();
            current = member.User;
        }

        var release = (int)(time - calendar.FirstDay).TotalDays / 14;
        var key = (device, member.SignedUp, company.Plan, company.Seats, member.Role, release);
        if (!people.TryGetValue(key, out var who))
        {
            people[key] = who = Person(company, member, device, release);
        }

        log.Add(time, session, member.User, who, (int)kind, properties, delay);
    }

    /// <summary>Visitors of the website who never sign up: known by their device only.</summary>
    public int Visitor(int number, ref SplitMix random)
    {
        var place = SaasVocabulary.Places[random.Pick(SaasVocabulary.PlaceShares)];
        var device = SaasVocabulary.Devices[random.Pick([0.4, 0.25, 0.05, 0.18, 0.12])];
        var channel = random.Chance(0.4) ? "" : $"\"utm_source\":\"{SaasVocabulary.Channels[random.Pick(SaasVocabulary.ChannelShares)]}\"";
        return log.Person($"\"user_id\":null,\"device_id\":\"visitor-{number:x}\",\"amplitude_id\":null",
            $$""","user_properties":{{{channel}}},"country":"{{place.Country}}","region":"{{place.Region}}","city":"{{place.City}}","language":"{{place.Language}}","platform":"{{device.Platform}}","device_type":"{{device.Device}}","os_name":"{{device.Os}}","os_version":"{{device.OsVersion}}","version_name":null,"user_creation_time":null""");
    }

    private int Person(Company company, Member member, int device, int release)
    {
        var (platform, type, os, version) = SaasVocabulary.Devices[member.Devices[device]];
        var place = SaasVocabulary.Places[company.Place];
        var id = member.SignedUp ? $"\"u{member.User:d6}@{company.Number:d4}.example\"" : "null";
        var created = member.JoinedDay < 0 ? $"\"{calendar.Date(member.JoinedDay).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)} 09:00:00.000000\"" : "null";
        var channel = $"\"utm_source\":\"{SaasVocabulary.Channels[company.Channel]}\"";
        var properties = !member.SignedUp ? channel
            : $$"""
              {{(member.Role == "owner" ? channel + "," : "")}}"account_id":"acc-{{company.Number:d4}}","account_name":{{SaasVocabulary.Quote(company.Name)}},"plan":"{{SaasVocabulary.Plans[company.Plan]}}","is_paying":{{(company.Plan > 1 && !company.IsGone ? "true" : "false")}},"role":"{{member.Role}}","persona":"{{member.Persona}}","company_size":"{{SaasVocabulary.Sizes[company.Size]}}","industry":"{{SaasVocabulary.Industries[company.Industry]}}","seats":{{company.Seats}}
              """;
        return log.Person($"\"user_id\":{id},\"device_id\":\"dev-{member.User:x}-{device}\",\"amplitude_id\":{FirstAmplitudeId + member.User}",
            $$""","user_properties":{{{properties}}},"groups":{"account":["acc-{{company.Number:d4}}"]},"country":"{{place.Country}}","region":"{{place.Region}}","city":"{{place.City}}","language":"{{place.Language}}","platform":"{{platform}}","device_type":"{{type}}","os_name":"{{os}}","os_version":"{{version}}","version_name":"2026.{{release + 9}}","user_creation_time":{{created}}""");
    }
}
