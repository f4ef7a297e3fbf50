using System.Globalization;

namespace ClariBI.Sandbox.Data.Generation.Media;

/// <summary>What the lines of the media sample say.</summary>
internal sealed class MediaLines(MediaCalendar calendar, MediaUser[] users, EventLog log)
{
    private const long FirstAmplitudeId = 400_000_000_000;
    private readonly Dictionary<(int User, byte Device, byte Plan, bool SignedUp, int Release), int> people = [];

    public void Add(in MediaEvent item) => log.Add(new(item.Ticks), item.Session, item.User, Person(item, users[item.User]), (int)item.Kind, Properties(item));

    private int Person(in MediaEvent item, MediaUser user)
    {
        var key = (item.User, item.Device, item.Plan, item.SignedUp, Release(item, user));
        if (people.TryGetValue(key, out var known))
        {
            return known;
        }

        var id = item.SignedUp ? $"\"user-{item.User:d6}\"" : "null";
        var device = user.Devices[item.Device];
        var created = calendar.Days.Date(user.CreatedDay).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var creation = user.CreatedDay < 0 ? $"\"{created} 12:00:00.000000\"" : "null";
        return people[key] = log.Person(
            $$"""
            "user_id":{{id}},"device_id":"device-{{item.User:x}}-{{item.Device}}","amplitude_id":{{FirstAmplitudeId + item.User}}
            """,
            $$"""
            ,"user_properties":{"channel":"{{MediaVocabulary.Channels[user.Channel]}}","plan":"{{MediaVocabulary.Plans[item.Plan]}}","age_group":"{{MediaVocabulary.AgeGroups[user.AgeGroup]}}","favourite_genre":"{{MediaVocabulary.Genres[user.FavouriteGenre]}}"},"country":"{{MediaVocabulary.Countries[user.Country]}}","language":"{{MediaVocabulary.Languages[user.Country]}}","platform":"{{MediaVocabulary.Platforms[device.Platform]}}","device_type":"{{MediaVocabulary.DeviceTypes[device.Platform][device.Type]}}","version_name":"4.{{key.Item5}}.0","user_creation_time":{{creation}}
            """);
    }

    /// <summary>A release every 20 days, taken up within two weeks.</summary>
    private int Release(in MediaEvent item, MediaUser user)
    {
        var day = (int)(new DateTime(item.Ticks) - calendar.FirstDay).TotalDays;
        return Math.Max(0, (day + 20 - user.UpdateLag) / 20);
    }

    private static string Properties(in MediaEvent item) => item.Kind switch
    {
        EventKind.OpenApp => $$"""{"opened_from":"{{MediaVocabulary.OpenedFrom[item.A]}}"}""",
        EventKind.SignUp => $$"""{"method":"{{MediaVocabulary.SignUpMethods[item.A]}}"}""",
        EventKind.CreateProfile => $$"""{"has_avatar":{{(item.A == 1 ? "true" : "false")}}}""",
        EventKind.CompleteOnboarding => $$"""{"steps_completed":{{item.Number}}}""",
        EventKind.Search => $$"""{"search_term_category":"{{MediaVocabulary.SearchCategories[item.A]}}","results":{{item.Number}}}""",
        EventKind.PlayContent => $$"""{{{Content(item)}},"source":"{{MediaVocabulary.PlaySources[item.Number]}}"}""",
        EventKind.FinishContent => $$"""{{{Content(item)}},"listened_minutes":{{item.Number}}}""",
        EventKind.AddToPlaylist => $$"""{{{Content(item)}}}""",
        EventKind.RateContent => $$"""{{{Content(item)}},"rating":{{item.Number}}}""",
        EventKind.StartTrial => $$"""{"trial_plan":"{{MediaVocabulary.Plans[item.A]}}"}""",
        EventKind.Purchase => string.Create(CultureInfo.InvariantCulture, $$"""{"product":"{{MediaVocabulary.Products[item.A]}}","price":{{MediaVocabulary.Prices[item.A]:0.00}},"$revenue":{{MediaVocabulary.Prices[item.A]:0.00}},"currency":"USD"}"""),
        EventKind.CancelSubscription => $$"""{"reason":"{{MediaVocabulary.CancelReasons[item.A]}}"}""",
        EventKind.InviteFriend => $$"""{"invite_method":"{{MediaVocabulary.InviteMethods[item.A]}}"}""",
        EventKind.ShareContent => $$"""{"share_target":"{{MediaVocabulary.ShareTargets[item.A]}}"}""",
        EventKind.Exposure => MediaExperiments.Exposure(item.A, item.B),
        _ => "{}",
    };

    private static string Content(in MediaEvent item) => $"\"genre\":\"{MediaVocabulary.Genres[item.A]}\",\"content_type\":\"{MediaVocabulary.ContentTypes[item.B]}\"";
}
