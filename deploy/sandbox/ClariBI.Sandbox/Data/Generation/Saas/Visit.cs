namespace ClariBI.Sandbox.Data.Generation.Saas;

/// <summary>A session of a member. Phones now and then hand their events over hours later.</summary>
internal sealed class Visit
{
    private static readonly SaasEvent[] Actions =
    [
        SaasEvent.TaskCreated, SaasEvent.TaskCompleted, SaasEvent.CommentAdded, SaasEvent.DashboardViewed, SaasEvent.SearchPerformed, SaasEvent.FileUploaded, SaasEvent.AutomationRan, SaasEvent.ReportExported,
        SaasEvent.ProjectCreated, SaasEvent.IntegrationConnected, SaasEvent.IntegrationFailed, SaasEvent.AutomationCreated, SaasEvent.ApiKeyCreated, SaasEvent.RoleChanged, SaasEvent.TicketOpened,
    ];

    private static readonly double[] Builder = [26, 22, 16, 14, 8, 6, 5, 2, 2.4, 0.3, 0.2, 0.6, 0, 0, 0.3];
    private static readonly double[] Viewer = [3, 5, 18, 46, 14, 2, 1, 8, 0.2, 0, 0, 0, 0, 0, 0.4];
    private static readonly double[] Admin = [12, 10, 12, 24, 8, 4, 6, 9, 4, 3, 1.4, 2.2, 0.8, 0.9, 0.7];

    private readonly SaasCalendar calendar;
    private readonly Company company;
    private readonly Member member;
    private readonly SaasLines lines;
    private readonly int day;
    private int device;
    private TimeSpan delay;
    private DateTime clock;
    private long session;

    public Visit(SaasCalendar calendar, Company company, Member member, SaasLines lines, int day) =>
        (this.calendar, this.company, this.member, this.lines, this.day) = (calendar, company, member, lines, day);

    public void PickDevice(ref SplitMix random) => device = member.SignedUp && random.Chance(0.2) ? member.Devices.Length - 1 : 0;

    public void Work(bool isFirst, int invitees, ref SplitMix random)
    {
        clock = calendar.Days.At(day, random.Chance(0.86) ? 8 + random.Pick([0.6, 1.3, 1.4, 1.1, 0.6, 0.8, 1.2, 1.1, 0.9, 0.5]) : random.Below(24)).AddSeconds(random.Below(3600));
        session = new DateTimeOffset(clock, TimeSpan.Zero).ToUnixTimeMilliseconds();
        delay = member.Devices[device] >= 3 && random.Chance(0.12) ? TimeSpan.FromMinutes(random.Between(20, 1800)) : TimeSpan.Zero;
        if (isFirst)
        {
            Join(ref random);
        }
        else if (random.Chance(0.4))
        {
            Write(SaasEvent.LoggedIn, $$"""{"method":"{{(company.Size > 2 ? "sso" : random.Chance(0.5) ? "password" : "google")}}"}""", ref random);
        }

        Expose(ref random);
        Onboard(ref random);
        for (var invitee = 0; invitee < invitees && random.Chance(0.3); invitee++)
        {
            Write(SaasEvent.InvitationSent, $$"""{"invited_role":"{{(random.Chance(0.85) ? "member" : "guest")}}"}""", ref random);
        }

        if (!isFirst && random.Chance(0.16))
        {
            Write(SaasEvent.NotificationClicked, $$"""{"channel":"{{(random.Chance(0.6) ? "email" : "push")}}","hours_old":{{random.Below(48)}}}""", ref random);
        }

        var weights = member.Persona switch { "admin" => Admin, "builder" => Builder, _ => Viewer };
        for (var left = 1 + random.Pick([0.3, 0.22, 0.18, 0.12, 0.08, 0.06, 0.04]); left > 0; left--)
        {
            var action = Actions[random.Pick(weights)];
            Write(action, SaasProperties.Of(action, ref random), ref random);
        }
    }

    /// <summary>Billing happens at night, to whoever owns the workspace.</summary>
    public void Bill(List<(SaasEvent Kind, string Properties)> events, ref SplitMix random)
    {
        if (events.Count > 0)
        {
            (clock, session, delay) = (calendar.Days.At(day, events[0].Kind == SaasEvent.TrialStarted ? 20 : 3).AddSeconds(random.Below(3600)), -1, TimeSpan.Zero);
            foreach (var (kind, properties) in events)
            {
                Write(kind, properties, ref random);
            }
        }
    }

    private void Join(ref SplitMix random)
    {
        if (member.Role != "owner")
        {
            member.SignedUp = true;
            Write(SaasEvent.InvitationAccepted, $$"""{"invited_role":"{{member.Role}}","days_to_accept":{{random.Pick([0.5, 0.2, 0.15, 0.1, 0.05])}}}""", ref random);
            return;
        }

        for (var page = random.Between(1, 3); page > 0; page--)
        {
            Write(SaasEvent.PageViewed, $$"""{"path":"{{SaasVocabulary.Pages[random.Below(SaasVocabulary.Pages.Length)]}}"}""", ref random);
        }

        if (random.Chance(0.7))
        {
            Write(SaasEvent.PricingViewed, $$"""{"billing":"{{(random.Chance(0.6) ? "monthly" : "yearly")}}"}""", ref random);
        }

        member.SignedUp = true;
        Write(SaasEvent.SignedUp, $$"""{"method":"{{(random.Chance(0.55) ? "google" : "password")}}","newsletter":{{(random.Chance(0.3) ? "true" : "false")}}}""", ref random);
        Write(SaasEvent.WorkspaceCreated, $$"""{"template":{{(random.Chance(0.25) ? "null" : "\"kanban\"")}},"workspace_name":{{SaasVocabulary.Quote(company.Name)}}}""", ref random);
    }

    private void Expose(ref SplitMix random)
    {
        if (!member.SawChecklist && member.JoinedDay >= 0 && member.StepsDone < SaasVocabulary.Steps.Length && SaasExperiments.Onboarding.RunsOn(day))
        {
            member.SawChecklist = true;
            Write(SaasEvent.Exposure, SaasExperiments.Onboarding.Exposure(SaasExperiments.Onboarding.VariantOf(member.User)), ref random);
        }

        if (!member.SawNavigation && SaasExperiments.Navigation.RunsOn(day))
        {
            member.SawNavigation = true;
            Write(SaasEvent.Exposure, SaasExperiments.Navigation.Exposure(SaasExperiments.Navigation.VariantOf(member.User)), ref random);
        }
    }

    private void Onboard(ref SplitMix random)
    {
        var helps = member.SawChecklist && SaasExperiments.Onboarding.VariantOf(member.User) == SaasExperiments.Checklist;
        while (member.StepsDone < SaasVocabulary.Steps.Length && random.Chance(helps ? 0.72 : 0.6))
        {
            Write(SaasEvent.OnboardingStep, $$"""{"step":{{member.StepsDone + 1}},"step_name":"{{SaasVocabulary.Steps[member.StepsDone]}}","is_last":{{(member.StepsDone == SaasVocabulary.Steps.Length - 1 ? "true" : "false")}}}""", ref random);
            member.StepsDone++;
        }
    }

    private void Write(SaasEvent kind, string properties, ref SplitMix random)
    {
        clock = clock.AddMilliseconds(random.Between(5_000, 150_000));
        lines.Add(clock, session, company, member, device, kind, properties, delay);
    }
}
