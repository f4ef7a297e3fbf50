using System.Runtime.InteropServices;

namespace ClariBI.Sandbox.Data.Generation.Media;

/// <summary>
/// Two tests laid over the events of the sample, which stay what they are: an exposure is added before the first visit of a user after the start.
/// Sharing differs between the variants of the first because those who shared are more often in its treatment; the second divides at random.
/// </summary>
internal static class MediaExperiments
{
    private const double TreatmentShareOfSharers = 0.56;
    private static readonly SampleExperiment ShareSheet = new("share-sheet", 60, 89, [("control", 0.5), ("new-sheet", 0.5)], 71);
    private static readonly SampleExperiment HomeLayout = new("home-layout", 50, 70, [("control", 0.5), ("compact", 0.5)], 72);

    public static string Exposure(int experiment, int variant) => (experiment == 0 ? ShareSheet : HomeLayout).Exposure(variant);

    public static void AddTo(List<MediaEvent> events, MediaCalendar calendar, int users)
    {
        var (sheet, home) = (FirstVisits(events, calendar, ShareSheet, users), FirstVisits(events, calendar, HomeLayout, users));
        var sharers = Sharers(events, sheet);
        var seen = sheet.Count(visit => visit is not null);
        var share = seen == 0 ? 0 : (double)sharers.Count(shared => shared) / seen;
        var others = (0.5 - (share * TreatmentShareOfSharers)) / Math.Max(1 - share, 0.001);
        for (var user = 0; user < users; user++)
        {
            var treated = new SplitMix(73 + ((ulong)user * 0x9FB21C651E98DF25)).Chance(sharers[user] ? TreatmentShareOfSharers : others);
            Expose(events, sheet[user], 0, treated ? 1 : 0);
            Expose(events, home[user], 1, HomeLayout.VariantOf(user));
        }
    }

    private static void Expose(List<MediaEvent> events, MediaEvent? visit, short experiment, int variant)
    {
        if (visit is { } first)
        {
            events.Add(first with { Ticks = first.Ticks - TimeSpan.TicksPerSecond, Kind = EventKind.Exposure, A = experiment, B = (short)variant, Number = 0 });
        }
    }

    private static MediaEvent?[] FirstVisits(List<MediaEvent> events, MediaCalendar calendar, SampleExperiment experiment, int users)
    {
        var first = new MediaEvent?[users];
        foreach (ref readonly var item in CollectionsMarshal.AsSpan(events))
        {
            if (item.Kind == EventKind.OpenApp && experiment.RunsOn((new DateTime(item.Ticks - TimeSpan.TicksPerSecond) - calendar.FirstDay).Days) && (first[item.User] is not { } known || item.Ticks < known.Ticks))
            {
                first[item.User] = item;
            }
        }

        return first;
    }

    private static bool[] Sharers(List<MediaEvent> events, MediaEvent?[] exposed)
    {
        var shared = new bool[exposed.Length];
        foreach (ref readonly var item in CollectionsMarshal.AsSpan(events))
        {
            shared[item.User] |= item.Kind == EventKind.ShareContent && exposed[item.User] is { } visit && item.Ticks >= visit.Ticks;
        }

        return shared;
    }
}
