namespace ClariBI.Sandbox.Data.Generation.Saas;

/// <summary>What a company pays, day by day: decided once, then played back for each of its members.</summary>
internal sealed class Subscription
{
    private readonly Company company;
    private readonly (int Plan, int Seats, bool IsGone)[] states = new (int, int, bool)[SampleCalendar.Days];
    private readonly Dictionary<int, List<(SaasEvent Kind, string Properties)>> events = [];
    private int plan;
    private int seats;
    private bool isGone;
    private int trialEnds = -1;
    private int nextBill = -1;

    public Subscription(SaasCalendar calendar, Company company, ref SplitMix random)
    {
        this.company = company;
        (plan, seats) = (company.Plan, company.Seats);
        nextBill = plan > 1 ? random.Below(30) : -1;
        for (var day = Math.Max(0, company.CreatedDay); day < SampleCalendar.Days; day++)
        {
            Advance(day, calendar, ref random);
            states[day] = (plan, seats, isGone);
        }
    }

    public void Rewind() => GoTo(Math.Max(0, company.CreatedDay));

    public void GoTo(int day) => (company.Plan, company.Seats, company.IsGone) = states[day];

    public List<(SaasEvent Kind, string Properties)> EventsOf(int day) => events.GetValueOrDefault(day, []);

    private void Advance(int day, SaasCalendar calendar, ref SplitMix random)
    {
        if (day == company.CreatedDay)
        {
            (plan, trialEnds) = (1, day + 14);
            Add(day, SaasEvent.TrialStarted, """{"trial_days":14}""");
        }

        if (plan == 1 && day == trialEnds)
        {
            EndTrial(day, ref random);
        }

        if (plan > 1 && !isGone)
        {
            Grow(day, calendar, ref random);
        }

        if (day == nextBill && !isGone)
        {
            Bill(day, ref random);
        }
    }

    private void EndTrial(int day, ref SplitMix random)
    {
        if (random.Chance(0.12))
        {
            trialEnds += 7;
            Add(day, SaasEvent.TrialExtended, """{"extra_days":7}""");
        }
        else if (random.Chance(0.3 + (0.09 * company.Size)))
        {
            var chosen = Math.Max(2, random.Pick(SaasVocabulary.PlansBySize[company.Size]));
            Add(day, SaasEvent.PlanUpgraded, $$"""{"from_plan":"trial","to_plan":"{{SaasVocabulary.Plans[chosen]}}","seats":{{seats}}}""");
            (plan, nextBill) = (chosen, day);
        }
        else
        {
            Add(day, SaasEvent.TrialExpired, "{}");
            plan = 0;
        }
    }

    private void Grow(int day, SaasCalendar calendar, ref SplitMix random)
    {
        var joined = company.Members.Count(member => member.JoinedDay <= day);
        if (joined > seats && calendar.Season(day) > 0.5)
        {
            Add(day, SaasEvent.SeatsAdded, $$"""{"seats_added":{{joined - seats}},"seats":{{joined}}}""");
            seats = joined;
        }

        if (plan < 4 && random.Chance(0.0016))
        {
            Add(day, SaasEvent.PlanUpgraded, $$"""{"from_plan":"{{SaasVocabulary.Plans[plan]}}","to_plan":"{{SaasVocabulary.Plans[plan + 1]}}","seats":{{seats}}}""");
            plan++;
        }
        else if (plan > 2 && random.Chance(0.0006))
        {
            Add(day, SaasEvent.PlanDowngraded, $$"""{"from_plan":"{{SaasVocabulary.Plans[plan]}}","to_plan":"{{SaasVocabulary.Plans[plan - 1]}}"}""");
            plan--;
        }
        else if (random.Chance(SaasVocabulary.MonthlyChurn[company.Size] / 30))
        {
            Add(day, SaasEvent.SubscriptionCancelled, $$"""{"reason":"{{SaasVocabulary.Reasons[random.Below(SaasVocabulary.Reasons.Length)]}}","seats":{{seats}},"months_as_customer":{{Math.Max(0, (day - company.CreatedDay) / 30)}}}""");
            (isGone, plan) = (true, 0);
        }
    }

    private void Bill(int day, ref SplitMix random)
    {
        var amount = SaasVocabulary.SeatPrices[plan] * seats;
        if (random.Chance(0.035))
        {
            Add(day, SaasEvent.PaymentFailed, $$"""{"amount":{{amount}},"currency":"EUR","attempt":1}""");
            nextBill = day + 3;
            return;
        }

        Add(day, SaasEvent.InvoicePaid, $$"""{"$revenue":{{amount}}.00,"currency":"EUR","seats":{{seats}},"invoice_plan":"{{SaasVocabulary.Plans[plan]}}","with_discount":{{(seats >= 20 ? "true" : "false")}}}""");
        nextBill = day + 30;
    }

    private void Add(int day, SaasEvent kind, string properties)
    {
        if (!events.TryGetValue(day, out var list))
        {
            events[day] = list = [];
        }

        list.Add((kind, properties));
    }
}
