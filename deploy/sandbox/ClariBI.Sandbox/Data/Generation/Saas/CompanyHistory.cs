namespace ClariBI.Sandbox.Data.Generation.Saas;

/// <summary>Lives a company's 90 days: member by member, so that what a member sees (plan, seats) is known day by day first.</summary>
internal sealed class CompanyHistory(SaasCalendar calendar, Company company, SplitMix random, SaasLines lines)
{
    private SplitMix random = random;

    public void Live()
    {
        var billing = new Subscription(calendar, company, ref random);
        foreach (var member in company.Members)
        {
            billing.Rewind();
            for (var day = Math.Max(0, company.CreatedDay); day < SampleCalendar.Days; day++)
            {
                billing.GoTo(day);
                if (day >= member.JoinedDay)
                {
                    LiveDay(billing, member, day);
                }
            }
        }
    }

    private void LiveDay(Subscription billing, Member member, int day)
    {
        var visit = new Visit(calendar, company, member, lines, day);
        visit.PickDevice(ref random);
        var isFirst = !member.SignedUp;
        if (isFirst && (company.IsGone || random.Chance(0.12)))
        {
            return;
        }

        if (isFirst || (!company.IsGone && random.Chance(ChanceOfVisit(member, day))))
        {
            visit.Work(isFirst, Invitees(member, day), ref random);
        }

        if (member == company.Members[0])
        {
            visit.Bill(billing.EventsOf(day), ref random);
        }

        if (!isFirst && !company.IsGone && random.Chance(0.22 * ChanceOfVisit(member, day)))
        {
            visit.Work(false, 0, ref random);
        }
    }

    /// <summary>The owner invites everyone who joins later, on the day they do.</summary>
    private int Invitees(Member member, int day) =>
        member == company.Members[0] ? company.Members.Count(other => other != member && other.JoinedDay >= Math.Max(0, company.CreatedDay) && other.JoinedDay - day is >= 0 and < 5) : 0;

    private double ChanceOfVisit(Member member, int day)
    {
        var persona = member.Persona switch { "admin" => 0.4, "builder" => 0.54, _ => 0.2 };
        var plan = company.Plan switch { 0 => 0.35, 1 => 0.85, 2 => 0.9, _ => 1.1 };
        var settled = member.StepsDone >= 3 ? 1.1 : 0.6;
        var age = Math.Pow(Math.Max(1, day - member.JoinedDay), -0.07);
        return Math.Min(0.95, persona * plan * settled * age * 0.85 * member.Eagerness * calendar.Season(day));
    }
}
