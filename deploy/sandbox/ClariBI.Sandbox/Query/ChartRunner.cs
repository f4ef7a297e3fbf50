using System.Text.Json.Nodes;
using ClariBI.Sandbox.Data;

namespace ClariBI.Sandbox.Query;

/// <summary>How many groups come back, how many of them with a series, and whether running intervals are left out.</summary>
internal sealed record ChartLimits(int Groups, int TimeSeries, bool OnlyComplete);

internal sealed class ChartRunner(Workspace workspace)
{
    public JsonObject Run(Project project, ChartQuery query, ChartLimits limits)
    {
        var data = query switch
        {
            SegmentationQuery segmentation => ChartRendering.Csv(query, new Segmentation(workspace, project).Run(segmentation), limits),
            SessionsQuery sessions => ChartRendering.Csv(query, new Sessions(workspace, project).Run(sessions), limits),
            FunnelQuery funnel => ChartRendering.Funnel(funnel, new Funnel(workspace, project).Run(funnel, limits.Groups)),
            RetentionQuery retention => ChartRendering.Retention(retention, new Retention(workspace, project).Run(retention, limits.Groups)),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        data["definition"] = RawEmission.Definition(project, query);
        return data;
    }
}
