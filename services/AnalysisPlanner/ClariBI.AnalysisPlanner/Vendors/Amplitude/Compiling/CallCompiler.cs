using System.Text.Json.Nodes;

namespace ClariBI.AnalysisPlanner.Vendors.Amplitude.Compiling;

/// <summary>The arguments of one call to the query tool, in the form that the published tool takes.</summary>
internal static class CallCompiler
{
    /// <summary>Amplitude's own bound on groups and series.</summary>
    private const int MaximumGroups = 1000;

    private const int MaximumSeries = 100;

    public static JsonObject Compile(AmplitudeTool tool, ChartAsk ask)
    {
        var arguments = new JsonObject { ["projectId"] = ask.ProjectId };
        if (tool.Declares("chart"))
        {
            arguments["chart"] = TypedChart.Compile(ask);
        }
        else
        {
            arguments["definition"] = RawDefinition.Compile(ask);
        }

        Add(arguments, tool, "groupByLimit", MaximumGroups);
        Add(arguments, tool, "timeSeriesLimit", ask.TotalsOnly ? 0 : MaximumSeries);
        Add(arguments, tool, "excludeIncompleteDatapoints", false);
        return arguments;
    }

    private static void Add(JsonObject arguments, AmplitudeTool tool, string name, JsonNode value)
    {
        if (tool.Takes(name))
        {
            arguments[name] = value;
        }
    }
}
