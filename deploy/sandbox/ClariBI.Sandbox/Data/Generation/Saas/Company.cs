namespace ClariBI.Sandbox.Data.Generation.Saas;

/// <summary>A customer with the people who use the service there. Days count from the first day of the data; older ones are negative.</summary>
internal sealed class Company
{
    public required int Number { get; init; }

    public required string Name { get; init; }

    public required int CreatedDay { get; init; }

    public required int Size { get; init; }

    public required int Industry { get; init; }

    public required int Place { get; init; }

    public required int Channel { get; init; }

    public required Member[] Members { get; init; }

    /// <summary>Index of the plan; changes as the company lives.</summary>
    public int Plan { get; set; }

    public int Seats { get; set; }

    public bool IsGone { get; set; }

    public static Company Make(int number, int firstUser, int most, SaasCalendar calendar, ref SplitMix random)
    {
        var created = random.Chance(0.3) ? calendar.StartDay(ref random) : -1 - (int)(700 * Math.Pow(random.Unit(), 1.3));
        var size = random.Pick(SaasVocabulary.SizeShares);
        var (from, to) = SaasVocabulary.Teams[size];
        var members = new Member[Math.Min(most, random.Between(from, to))];
        for (var index = 0; index < members.Length; index++)
        {
            members[index] = Member.Make(firstUser + index, index, created, ref random);
        }

        return new()
        {
            Number = number,
            Name = $"{SaasVocabulary.NameStarts[random.Below(SaasVocabulary.NameStarts.Length)]} {SaasVocabulary.NameEnds[random.Below(SaasVocabulary.NameEnds.Length)]}",
            CreatedDay = created,
            Size = size,
            Industry = random.Pick(SaasVocabulary.IndustryShares),
            Place = random.Pick(SaasVocabulary.PlaceShares),
            Channel = random.Pick(SaasVocabulary.ChannelShares),
            Members = members,
            Plan = created < 0 ? random.Pick(SaasVocabulary.PlansBySize[size]) : 0,
            Seats = Math.Max(1, members.Count(member => member.JoinedDay < 0)),
        };
    }
}

/// <summary>Someone at a customer: the first is the owner; some run the workspace, others build plans or look on.</summary>
internal sealed class Member
{
    public required int User { get; init; }

    public required string Role { get; set; }

    public required bool IsAdmin { get; init; }

    public required string Persona { get; init; }

    public required int JoinedDay { get; init; }

    public required int[] Devices { get; init; }

    public required double Eagerness { get; init; }

    public bool SignedUp { get; set; }

    public int StepsDone { get; set; }

    public bool SawChecklist { get; set; }

    public bool SawNavigation { get; set; }

    public static Member Make(int user, int index, int created, ref SplitMix random)
    {
        var role = index == 0 ? 0 : 1 + random.Pick([0.1, 0.8, 0.1]);
        var joined = index == 0 ? created : created < 0 && random.Chance(0.82) ? created : Math.Max(0, created) + (int)(Math.Max(1, SampleCalendar.Days - Math.Max(0, created)) * Math.Pow(random.Unit(), created < 0 ? 1 : 2.2));
        int[] devices = random.Chance(0.3) ? [random.Pick([0.55, 0.37, 0.08]), 3 + random.Below(2)] : [random.Pick([0.55, 0.37, 0.08])];
        return new()
        {
            User = user,
            Role = role switch { 0 => "owner", 1 => "admin", 2 => "member", _ => "guest" },
            IsAdmin = role < 2,
            Persona = role < 2 ? "admin" : random.Chance(role == 3 ? 0.1 : 0.62) ? "builder" : "viewer",
            JoinedDay = joined,
            Devices = devices,
            Eagerness = Math.Exp(0.4 * random.Normal()),
            SignedUp = joined < 0,
            StepsDone = joined < 0 ? SaasVocabulary.Steps.Length : 0,
        };
    }
}
