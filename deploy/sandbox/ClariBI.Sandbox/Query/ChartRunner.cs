using System.Text.Json.Nodes;
using ClariBI.Sandbox.Data;

namespace ClariBI.Sandbox.Query;

/// <summary>How many groups come back, how many of them with a series, and whether running intervals are left out.</summary>
internal sealed record ChartLimits(int Groups, int TimeSeries, bool OnlyComplete)
{
    /// <summary>Series as plain JSON, not as CSV inside it.</summary>
    public bool AsJson { get; init; }
}

internal sealed class ChartRunner(ChartKinds kinds, SandboxOptions options)
{
    public JsonObject Run(Project project, ChartQuery query, ChartLimits limits)
    {
        var data = kinds.Of(query).Run(project, query, limits with { AsJson = options.Results == "json" });
        data["definition"] = kinds.Definition(project, query);
        return data;
    }
}
