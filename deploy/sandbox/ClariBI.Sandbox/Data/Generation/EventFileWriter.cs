using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace ClariBI.Sandbox.Data.Generation;

/// <summary>Writes events as Amplitude's Export API does: one JSON object per line.</summary>
internal sealed class EventFileWriter(SampleCalendar calendar, SampleUser[] users)
{
    private const long FirstAmplitudeId = 400_000_000_000;
    private readonly byte[] line = new byte[2048];
    private readonly Dictionary<(int User, byte Device, byte Plan, int Release), byte[]> tails = [];

    public void Write(Stream stream, ReadOnlySpan<SampleEvent> events)
    {
        var number = 0;
        foreach (ref readonly var item in events)
        {
            var time = new DateTime(item.Ticks);
            var id = item.SignedUp ? $"\"user-{item.User:d6}\"" : "null";
            if (!Utf8.TryWrite(line, CultureInfo.InvariantCulture,
                $$"""{"event_type":"{{Vocabulary.EventNames[(int)item.Kind]}}","event_time":"{{time:yyyy-MM-dd HH:mm:ss.ffffff}}","user_id":{{id}},"device_id":"device-{{item.User:x}}-{{item.Device}}","amplitude_id":{{FirstAmplitudeId + item.User}},"session_id":{{item.Session}},"$insert_id":"{{item.User:x}}-{{number++:x}}","event_properties":{{Properties(item)}}""",
                out var written))
            {
                throw new InvalidOperationException("An event line outgrew its buffer.");
            }

            stream.Write(line.AsSpan(0, written));
            stream.Write(Tail(item, users[item.User]));
        }
    }

    /// <summary>Most of a line describes the user, and changes with the device, the plan and the release only.</summary>
    private byte[] Tail(in SampleEvent item, SampleUser user)
    {
        var key = (item.User, item.Device, item.Plan, Release(item, user));
        if (tails.TryGetValue(key, out var known))
        {
            return known;
        }

        var device = user.Devices[item.Device];
        var created = calendar.FirstDay.AddDays(user.CreatedDay).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var creation = user.CreatedDay < 0 ? $"\"{created} 12:00:00.000000\"" : "null";
        return tails[key] = Encoding.UTF8.GetBytes(
            $$""","user_properties":{"channel":"{{Vocabulary.Channels[user.Channel]}}","plan":"{{Vocabulary.Plans[item.Plan]}}","age_group":"{{Vocabulary.AgeGroups[user.AgeGroup]}}","favourite_genre":"{{Vocabulary.Genres[user.FavouriteGenre]}}"},"country":"{{Vocabulary.Countries[user.Country]}}","language":"{{Vocabulary.Languages[user.Country]}}","platform":"{{Vocabulary.Platforms[device.Platform]}}","device_type":"{{Vocabulary.DeviceTypes[device.Platform][device.Type]}}","version_name":"4.{{key.Item4}}.0","user_creation_time":{{creation}}}"""
            + "\n");
    }

    /// <summary>A release every 20 days, taken up within two weeks.</summary>
    private int Release(in SampleEvent item, SampleUser user)
    {
        var day = (int)(new DateTime(item.Ticks) - calendar.FirstDay).TotalDays;
        return Math.Max(0, (day + 20 - user.UpdateLag) / 20);
    }

    private static string Properties(in SampleEvent item) => item.Kind switch
    {
        EventKind.OpenApp => $$"""{"opened_from":"{{Vocabulary.OpenedFrom[item.A]}}"}""",
        EventKind.SignUp => $$"""{"method":"{{Vocabulary.SignUpMethods[item.A]}}"}""",
        EventKind.CreateProfile => $$"""{"has_avatar":{{(item.A == 1 ? "true" : "false")}}}""",
        EventKind.CompleteOnboarding => $$"""{"steps_completed":{{item.Number}}}""",
        EventKind.Search => $$"""{"search_term_category":"{{Vocabulary.SearchCategories[item.A]}}","results":{{item.Number}}}""",
        EventKind.PlayContent => $$"""{{{Content(item)}},"source":"{{Vocabulary.PlaySources[item.Number]}}"}""",
        EventKind.FinishContent => $$"""{{{Content(item)}},"listened_minutes":{{item.Number}}}""",
        EventKind.AddToPlaylist => $$"""{{{Content(item)}}}""",
        EventKind.RateContent => $$"""{{{Content(item)}},"rating":{{item.Number}}}""",
        EventKind.StartTrial => $$"""{"trial_plan":"{{Vocabulary.Plans[item.A]}}"}""",
        EventKind.Purchase => string.Create(CultureInfo.InvariantCulture, $$"""{"product":"{{Vocabulary.Products[item.A]}}","price":{{Vocabulary.Prices[item.A]:0.00}},"$revenue":{{Vocabulary.Prices[item.A]:0.00}},"currency":"USD"}"""),
        EventKind.CancelSubscription => $$"""{"reason":"{{Vocabulary.CancelReasons[item.A]}}"}""",
        EventKind.InviteFriend => $$"""{"invite_method":"{{Vocabulary.InviteMethods[item.A]}}"}""",
        EventKind.ShareContent => $$"""{"share_target":"{{Vocabulary.ShareTargets[item.A]}}"}""",
        _ => "{}",
    };

    private static string Content(in SampleEvent item) => $"\"genre\":\"{Vocabulary.Genres[item.A]}\",\"content_type\":\"{Vocabulary.ContentTypes[item.B]}\"";
}
