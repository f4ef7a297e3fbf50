namespace ClariBI.Sandbox.Data.Generation.Media;

/// <summary>Lives one user's 90 days and writes the events down.</summary>
internal sealed class MediaHistory(MediaCalendar calendar, MediaUser user, SplitMix random, List<MediaEvent> events)
{
    private SplitMix random = random;
    private int plan = user.FirstPlan;
    private bool signedUp = user.CreatedDay < 0;
    private bool hasProfile = user.CreatedDay < 0;
    private bool onboarded = user.CreatedDay < 0;
    private int trialEnds = -1;
    private int nextBill = -1;
    private DateTime clock;
    private long session;
    private byte device;
    private int day;

    public void Live()
    {
        nextBill = plan == 0 ? -1 : random.Below(30);
        for (day = Math.Max(0, user.CreatedDay); day < SampleCalendar.Days; day++)
        {
            Bill();
            if (day == user.CreatedDay || random.Chance(ChanceOfVisit()))
            {
                LiveDay();
            }
        }
    }

    /// <summary>Falls with age towards a floor; who pays, came by a friend or uses the iOS app stays longer.</summary>
    private double ChanceOfVisit()
    {
        var age = day - user.CreatedDay;
        var habit = 0.415 * Math.Pow(age + 1, -0.44);
        var loyalty = MediaVocabulary.ChannelLoyalty[user.Channel] * MediaVocabulary.PlanLoyalty[plan] * MediaVocabulary.PlatformLoyalty[user.Platform];
        return Math.Min(0.93, habit * loyalty * (onboarded ? 1.12 : 0.68) * user.Eagerness * calendar.Season(day));
    }

    private void LiveDay()
    {
        var sessions = 1 + random.Pick([0.66, 0.26, 0.08]);
        clock = calendar.FirstDay.AddDays(day).AddHours(StartHour()).AddSeconds(random.Below(3600));
        for (var index = 0; index < sessions; index++)
        {
            device = (byte)(random.Chance(0.8) ? 0 : random.Below(user.Devices.Length));
            session = new DateTimeOffset(clock, TimeSpan.Zero).ToUnixTimeMilliseconds();
            Visit();
            clock = clock.AddMinutes(random.Between(35, 240));
        }
    }

    /// <summary>Mornings and evenings of the user's own part of the world, seen from UTC.</summary>
    private int StartHour()
    {
        var local = random.Chance(0.35) ? 7 + random.Below(4) : 15 + random.Below(7);
        var shift = user.Country switch { 0 or 6 or 7 => 5, 3 => 3, 4 => -5, 8 => -9, 9 => -10, _ => 0 };
        return (local + shift + 24) % 24;
    }

    private void Visit()
    {
        Write(EventKind.OpenApp, random.Pick([0.72, 0.19, 0.09]));
        if (!signedUp || !hasProfile || !onboarded)
        {
            Activate();
        }

        if (!signedUp)
        {
            return;
        }

        if (random.Chance(0.46))
        {
            Write(EventKind.Search, random.Pick([0.36, 0.28, 0.16, 0.12, 0.08]), 0, random.Below(60));
        }

        var plays = 1 + random.Pick([0.25, 0.24, 0.2, 0.14, 0.1, 0.07]);
        for (var play = random.Chance(0.88) ? 0 : plays; play < plays; play++)
        {
            Listen();
        }

        Spread();
        Pay();
    }

    private void Activate()
    {
        var ease = user.Platform switch { 0 => 1.05, 1 => 0.98, _ => 0.84 } * (user.Channel == 2 ? 0.86 : user.Channel == 3 ? 1.08 : 1);
        if (!signedUp && random.Chance(0.84 * ease))
        {
            signedUp = true;
            Write(EventKind.SignUp, random.Pick([0.5, 0.32, 0.18]));
        }

        if (signedUp && !hasProfile && random.Chance(0.80 * ease))
        {
            hasProfile = true;
            Write(EventKind.CreateProfile, random.Chance(0.4) ? 1 : 0);
        }

        if (hasProfile && !onboarded && random.Chance(0.74 * ease))
        {
            onboarded = true;
            Write(EventKind.CompleteOnboarding, 0, 0, random.Between(3, 6));
        }
    }

    private void Listen()
    {
        var genre = random.Chance(0.45) ? user.FavouriteGenre : random.Pick(MediaVocabulary.GenreShares);
        var type = random.Pick(MediaVocabulary.ContentTypeShares);
        Write(EventKind.PlayContent, genre, type, random.Below(MediaVocabulary.PlaySources.Length));
        if (random.Chance(type == 0 ? 0.66 : 0.48))
        {
            var minutes = type == 0 ? random.Between(2, 6) : random.Between(15, 55);
            clock = clock.AddMinutes(Math.Min(minutes, 8));
            Write(EventKind.FinishContent, genre, type, minutes);
        }

        if (random.Chance(0.11))
        {
            Write(EventKind.AddToPlaylist, genre, type);
        }

        if (random.Chance(0.03))
        {
            Write(EventKind.RateContent, genre, type, 1 + random.Pick([0.05, 0.07, 0.18, 0.36, 0.34]));
        }
    }

    private void Spread()
    {
        if (random.Chance(user.Channel == 3 ? 0.035 : 0.014))
        {
            Write(EventKind.InviteFriend, random.Below(MediaVocabulary.InviteMethods.Length));
        }

        if (random.Chance(0.05))
        {
            Write(EventKind.ShareContent, random.Pick([0.4, 0.38, 0.22]));
        }
    }

    private void Pay()
    {
        if (plan > 0)
        {
            if (random.Chance(0.004))
            {
                Write(EventKind.CancelSubscription, random.Below(MediaVocabulary.CancelReasons.Length));
                (plan, nextBill) = (0, -1);
            }

            return;
        }

        if (trialEnds < 0 && random.Chance(0.10))
        {
            Write(EventKind.ViewPaywall);
            if (random.Chance(user.Channel == 2 ? 0.16 : 0.27))
            {
                Write(EventKind.StartTrial, random.Chance(0.78) ? 1 : 2);
                trialEnds = day + 7;
            }
        }
    }

    /// <summary>A trial ends with the first bill or nothing; plans are billed every 30 days, whether the app is opened or not.</summary>
    private void Bill()
    {
        var firstBill = trialEnds == day && random.Chance(user.Channel == 2 ? 0.34 : 0.52);
        if (!firstBill && nextBill != day)
        {
            return;
        }

        clock = calendar.FirstDay.AddDays(day).AddHours(random.Below(24)).AddSeconds(random.Below(3600));
        session = -1;
        device = 0;
        plan = firstBill ? random.Chance(0.78) ? 1 : 2 : plan;
        var yearly = firstBill && plan == 1 && random.Chance(0.12);
        Write(EventKind.Purchase, yearly ? 2 : plan - 1);
        nextBill = yearly ? -1 : day + 30;
    }

    private void Write(EventKind kind, int a = 0, int b = 0, int number = 0)
    {
        clock = clock.AddMilliseconds(random.Between(4_000, 70_000));
        var isLost = day == MediaCalendar.LossDay && user.Devices[device].Platform == 1 && random.Chance(0.5);
        if (clock <= calendar.Now && !isLost)
        {
            events.Add(new(clock.Ticks, session, user.Number, kind, device, (byte)plan, signedUp, (short)a, (short)b, (short)number));
        }
    }
}
