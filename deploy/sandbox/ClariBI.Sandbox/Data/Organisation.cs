using System.Text.Json.Nodes;

namespace ClariBI.Sandbox.Data;

/// <summary>The contents of org.json. Every project names the event file it reads.</summary>
internal sealed record OrganisationFile(Account User, Organisation[] Organisations)
{
    /// <summary>Further people who can sign in; User comes first.</summary>
    public Account[] Accounts { get; init; } = [];
}

/// <summary>Someone who signs in on the consent page. Mcp holds what the role allows: "read", "write", both, or nothing.</summary>
internal sealed record Account(string Name, string Email)
{
    public string Role { get; init; } = "Manager";

    public string[] Mcp { get; init; } = ["read", "write"];

    /// <summary>Ids of the organisations the account belongs to; all of them unless said.</summary>
    public string[]? Organisations { get; init; }
}

/// <summary>Region is "us" or "eu"; an organisation without one can be chosen in both.</summary>
internal sealed record Organisation(string Id, string Name, Project[] Projects)
{
    public string? Region { get; init; }
}

internal sealed record Project(string Id, string Name, string TimeZone)
{
    public string Currency { get; init; } = "USD";

    /// <summary>Event file beside org.json; &lt;id&gt;.jsonl unless said.</summary>
    public string? Events { get; init; }

    public string? Description { get; init; }

    /// <summary>First day of a week: "monday" or "sunday".</summary>
    public string WeekStart { get; init; } = "monday";

    public SavedChart[] Charts { get; init; } = [];

    public Cohort[] Cohorts { get; init; } = [];

    public Dashboard[] Dashboards { get; init; } = [];

    public Notebook[] Notebooks { get; init; } = [];

    public SavedMetric[] Metrics { get; init; } = [];

    public Experiment[] Experiments { get; init; } = [];

    public Flag[] Flags { get; init; } = [];

    public Feedback Feedback { get; init; } = new();

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

/// <summary>Rows of items; an item of type "chart" names a saved chart, one of type "rich_text" has content.</summary>
internal sealed record Dashboard(string Id, string Name)
{
    public string? Description { get; init; }

    public string Owner { get; init; } = "Sandbox";

    public bool IsOfficial { get; init; }

    public BoardRow[] Rows { get; init; } = [];
}

/// <summary>Height in pixels: 375, 500, 625 or 750.</summary>
internal sealed record BoardRow(int Height, BoardItem[] Items);

/// <summary>Width in twelfths of the board, 3 to 12.</summary>
internal sealed record BoardItem(string Type, int Width)
{
    public string? ChartId { get; init; }

    public string? Content { get; init; }
}

internal sealed record Notebook(string Id, string Name)
{
    public string? Description { get; init; }

    public BoardRow[] Rows { get; init; } = [];
}

/// <summary>A named figure: a typed chart of kind segmentation or funnel.</summary>
internal sealed record SavedMetric(string Id, string Name, JsonObject Chart)
{
    public string? Description { get; init; }

    public bool IsOfficial { get; init; }
}

/// <summary>
/// Exposures are events named $exposure whose event properties flag_key and variant say who saw what; a user belongs to the variant
/// of the first exposure. The id is numeric. State is "running", "decision-made" or "planned"; dates are those of the project's zone, both included.
/// </summary>
internal sealed record Experiment(string Id, string Key, string Name, string Start, Variant[] Variants, ExperimentMetric[] Metrics)
{
    public string? Description { get; init; }

    public string State { get; init; } = "running";

    public string? End { get; init; }

    /// <summary>Key of the variant rolled out, once decided.</summary>
    public string? Decision { get; init; }
}

/// <summary>Weight is the share of the traffic planned, in any unit; the first variant is the control.</summary>
internal sealed record Variant(string Key, string Name, double Weight);

/// <summary>Goal is "success" (higher is better) or "guardrail"; the first metric is the primary one.</summary>
internal sealed record ExperimentMetric(string MetricId, string Goal);

internal sealed record Flag(string Key, string Name)
{
    public string? Description { get; init; }

    public bool Enabled { get; init; } = true;

    public string[] Deployments { get; init; } = [];
}

internal sealed record Feedback
{
    public FeedbackSource[] Sources { get; init; } = [];

    public FeedbackComment[] Comments { get; init; } = [];

    public FeedbackInsight[] Insights { get; init; } = [];
}

internal sealed record FeedbackSource(string Id, string Name, string Kind);

/// <summary>At is ISO 8601.</summary>
internal sealed record FeedbackComment(string Id, string SourceId, string At, string Text)
{
    public int? Rating { get; init; }
}

/// <summary>Type is request, complaint, lovedFeature, bug or painPoint; CommentIds are its mentions.</summary>
internal sealed record FeedbackInsight(string Id, string Type, string Title, string Summary, string[] CommentIds);

internal sealed record Taxonomy
{
    public Dictionary<string, TaxonomyEntry> Events { get; init; } = [];

    public Dictionary<string, TaxonomyEntry> EventProperties { get; init; } = [];

    public Dictionary<string, TaxonomyEntry> UserProperties { get; init; } = [];
}

internal sealed record TaxonomyEntry(string? Description, string? Category = null);
