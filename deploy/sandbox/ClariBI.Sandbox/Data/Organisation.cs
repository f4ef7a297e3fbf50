using System.Text.Json.Nodes;

namespace ClariBI.Sandbox.Data;

/// <summary>The contents of org.json. Every project names the event file it reads.</summary>
internal sealed record OrganisationFile(Account User, Organisation[] Organisations);

internal sealed record Account(string Name, string Email);

internal sealed record Organisation(string Id, string Name, Project[] Projects);

internal sealed record Project(string Id, string Name, string TimeZone)
{
    public string Currency { get; init; } = "USD";

    /// <summary>Event file beside org.json; &lt;id&gt;.jsonl unless said.</summary>
    public string? Events { get; init; }

    public string? Description { get; init; }

    public SavedChart[] Charts { get; init; } = [];

    public Cohort[] Cohorts { get; init; } = [];

    public Taxonomy Taxonomy { get; init; } = new();

    public string EventFile => Events ?? Id + ".jsonl";

    public TimeZoneInfo Zone => TimeZoneInfo.FindSystemTimeZoneById(TimeZone);
}

/// <summary>A chart in typed form (Chart) or as a raw definition (Definition).</summary>
internal sealed record SavedChart(string Id, string Name)
{
    public string? Description { get; init; }

    public string Owner { get; init; } = "Sandbox";

    public bool IsOfficial { get; init; }

    public JsonObject? Chart { get; init; }

    public JsonObject? Definition { get; init; }
}

internal sealed record Cohort(string Id, string Name, JsonObject Definition)
{
    public string? Description { get; init; }
}

internal sealed record Taxonomy
{
    public Dictionary<string, TaxonomyEntry> Events { get; init; } = [];

    public Dictionary<string, TaxonomyEntry> EventProperties { get; init; } = [];

    public Dictionary<string, TaxonomyEntry> UserProperties { get; init; } = [];
}

internal sealed record TaxonomyEntry(string? Description, string? Category = null);
