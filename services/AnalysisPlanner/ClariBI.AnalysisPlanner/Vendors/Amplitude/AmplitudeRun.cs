using System.Text.Json;
using ClariBI.AnalysisPlanner.Vendors.Amplitude.Compiling;
using ClariBI.AnalysisPlanner.Vendors.Amplitude.Reading;
using ClariBI.AnalysisPlanner.Vendors.Amplitude.Tables;
using ClariBI.Contracts.AnalysisPlanner;

namespace ClariBI.AnalysisPlanner.Vendors.Amplitude;

/// <summary>One query on its way through the project: compiles it and asks.</summary>
/// <param name="Now">The time of day in the project's time zone.</param>
internal sealed record AmplitudeRun(AmplitudeProject Project, AnalysisQuery Query, string TimeZone, DateOnly Today, DateTime Now)
{
    public async Task<JsonElement> AskAsync(Measure? measure, DateOnly start, DateOnly end, bool totalsOnly, CancellationToken cancellationToken)
    {
        var tool = AmplitudeTools.Require(Project.Tools.Query, "querying data");
        var ask = new ChartAsk(Query, measure, Project.Id, start, end, TimeZone, totalsOnly);
        return await Project.AskAsync(tool, CallCompiler.Compile(tool, ask), cancellationToken);
    }

    public async Task<SeriesSet> ReadAsync(Measure measure, (DateOnly Start, DateOnly End) range, bool totalsOnly, CancellationToken cancellationToken) =>
        Series(await AskAsync(measure, range.Start, range.End, totalsOnly, cancellationToken));

    public SeriesSet Series(JsonElement reply) => SegmentNames.Rename(SegmentationReader.Read(reply), reply, Query.Segments);
}
