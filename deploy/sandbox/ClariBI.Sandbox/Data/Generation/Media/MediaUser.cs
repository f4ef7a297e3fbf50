namespace ClariBI.Sandbox.Data.Generation.Media;

/// <summary>What stays the same about a person of the sample app. Days count from the first day of the data; older users have negative ones.</summary>
internal sealed record MediaUser(
    int Number, int CreatedDay, int Channel, int FirstPlan, int Country, int AgeGroup, int FavouriteGenre, Device[] Devices, double Eagerness, int UpdateLag)
{
    public int Platform => Devices[0].Platform;

    public static MediaUser Make(int number, MediaCalendar calendar, ref SplitMix random)
    {
        var createdDay = random.Chance(0.46) ? SignUpDay(calendar, ref random) : -1 - (int)(400 * Math.Pow(random.Unit(), 1.4));
        var channel = createdDay == MediaCalendar.CampaignDay && random.Chance(0.5) ? 2 : random.Pick(MediaVocabulary.ChannelShares);
        var plan = createdDay >= 0 ? 0 : random.Pick(MediaVocabulary.PlanShares);
        var devices = new Device[random.Pick([0.76, 0.20, 0.04]) + 1];
        for (var index = 0; index < devices.Length; index++)
        {
            var platform = random.Pick(MediaVocabulary.PlatformShares);
            devices[index] = new(platform, random.Below(MediaVocabulary.DeviceTypes[platform].Length));
        }

        return new(number, createdDay, channel, plan, random.Pick(MediaVocabulary.CountryShares), random.Pick(MediaVocabulary.AgeShares), random.Pick(MediaVocabulary.GenreShares), devices,
            Math.Exp(0.45 * random.Normal()), random.Below(15));
    }

    /// <summary>More people sign up every week, most at weekends, and many on the day of a campaign.</summary>
    private static int SignUpDay(MediaCalendar calendar, ref SplitMix random)
    {
        while (true)
        {
            var day = random.Below(SampleCalendar.Days);
            var weight = (1 + (0.7 * day / SampleCalendar.Days)) * calendar.Season(day) * (day == MediaCalendar.CampaignDay ? 2.4 : 1);
            if (random.Chance(weight / 4.8))
            {
                return day;
            }
        }
    }
}

internal sealed record Device(int Platform, int Type);
