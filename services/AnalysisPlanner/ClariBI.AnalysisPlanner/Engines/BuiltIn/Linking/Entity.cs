using ClariBI.AnalysisPlanner.Taxonomies;

namespace ClariBI.AnalysisPlanner.Engines.BuiltIn.Linking;

/// <summary>Something of the taxonomy that words of a question can mean.</summary>
internal abstract record Entity
{
    private Entity()
    {
    }

    /// <summary>The name shown to people.</summary>
    public abstract string Label { get; }

    internal sealed record Event(EventInfo Info) : Entity
    {
        public override string Label => Info.DisplayName ?? Info.Name;
    }

    internal sealed record Property(PropertyInfo Info) : Entity
    {
        public override string Label => Info.Name;
    }

    /// <param name="Values">More than one where a word covers several: "paid" is paid_search and paid_social.</param>
    /// <param name="Excluded">True where the words mean every value but these: "paying" is any plan but free.</param>
    internal sealed record Value(PropertyInfo Of, IReadOnlyList<string> Values, bool Excluded = false) : Entity
    {
        public override string Label => $"{Of.Name}: {(Excluded ? "not " : "")}{string.Join(", ", Values)}";

        public bool Equals(Value? other) => other is not null && Of == other.Of && Excluded == other.Excluded && Values.SequenceEqual(other.Values);

        public override int GetHashCode() => HashCode.Combine(Of, Values.Count, Excluded);
    }

    internal sealed record Cohort(CohortInfo Info) : Entity
    {
        public override string Label => Info.Name;
    }

    internal sealed record Chart(SavedChartInfo Info) : Entity
    {
        public override string Label => Info.Name;
    }
}

/// <param name="Score">1 for the very name, less for parts of it, synonyms and corrected spelling.</param>
internal sealed record Candidate(Entity Entity, double Score);

/// <summary>Words of the question together with what they may mean, the likeliest first.</summary>
internal sealed record Link(int Start, int End, IReadOnlyList<Candidate> Candidates)
{
    public Entity Best => Candidates[0].Entity;

    public Link With(Entity entity) => this with { Candidates = [new Candidate(entity, 1)] };
}
