using ClariBI.AnalysisPlanner.Answers;
using ClariBI.AnalysisPlanner.DataSources;
using ClariBI.AnalysisPlanner.Engines;
using ClariBI.AnalysisPlanner.Vendors;
using ClariBI.Contracts.Charts;

namespace ClariBI.AnalysisPlanner.Analyses.Running;

/// <summary>From the question to the answer: understand, check the names, ask the vendor, compute, draw.</summary>
internal sealed class AnalysisPipeline(
    StepLog steps, Projects projects, QuestionReader reader, ChartDrawing charts, TimeProvider clock)
{
    public async Task<AnalysisResult> RunAsync(Analysis analysis, CancellationToken cancellationToken)
    {
        await steps.OpenAsync(analysis, cancellationToken);
        await steps.BeginAsync(StepKey.Understand, "Reading the question", cancellationToken);
        if (analysis.DataSourceId is not { } dataSourceId)
        {
            return AnalysisResult.Failed(PlannerProblem.NoDataSource);
        }

        var requester = new Requester(analysis.WorkspaceId, analysis.RequestedBy, analysis.Id);
        var project = await projects.OpenAsync(requester, dataSourceId, cancellationToken);
        return await reader.ReadAsync(analysis, project, cancellationToken) switch
        {
            Understanding.Understood understood => await AnswerAsync(analysis, project, understood, cancellationToken),
            Understanding.NeedsClarification question => AnalysisResult.Asks(question),
            Understanding.CannotAnswer refusal => AnalysisResult.Declined(refusal.Text, refusal.Suggestions),
            _ => throw new InvalidOperationException("An engine understands, asks back or declines."),
        };
    }

    private async Task<AnalysisResult> AnswerAsync(
        Analysis analysis, Project project, Understanding.Understood understood, CancellationToken cancellationToken)
    {
        steps.Describe($"Understood as: {understood.Description}");
        await steps.BeginAsync(StepKey.CheckNames, "Checking the names against the project", cancellationToken);
        project.Check(understood.Query);

        await steps.BeginAsync(StepKey.AskVendor, $"Asking {project.Session.DataSource.VendorName}", cancellationToken);
        var callsBefore = project.Session.Calls.Count;
        var vendor = await project.RunAsync(understood.Query, cancellationToken);
        steps.Describe($"Asked {project.Session.DataSource.VendorName}: {vendor.Main.Tool}");

        await steps.BeginAsync(StepKey.Compute, "Computing the figures", cancellationToken);
        var evidence = Evidence(project, understood, vendor, callsBefore);
        var text = AnswerWriter.Write(
            understood.Query, vendor.Table, evidence.RangeStart, evidence.RangeEnd, evidence.TimeZone, project.Today);

        var caveats = text.Caveats.Concat(vendor.Caveats).ToList();
        Guid? chart = null;
        if (!text.IsEmpty)
        {
            await steps.BeginAsync(StepKey.Draw, "Drawing the chart", cancellationToken);
            chart = await charts.DrawAsync(Chart(analysis, understood, vendor, evidence), cancellationToken);
            caveats.AddRange(chart is null ? [ChartDrawing.Missing] : []);
        }

        return AnalysisResult.Answered(new AnswerResponse(
            text.Text, chart, text.IsEmpty ? vendor.Table with { Rows = [], IncompleteRows = [] } : vendor.Table, text.Facts, text.Checks,
            understood.Assumptions, caveats, text.FollowUps, evidence));
    }

    private static EvidenceResponse Evidence(
        Project project, Understanding.Understood understood, VendorAnswer vendor, int callsBefore)
    {
        var source = project.Session.DataSource;
        var calls = project.Session.Calls.Skip(callsBefore).ToList();
        var (start, end) = understood.Query.Range.Resolve(project.Today);
        return new EvidenceResponse(
            source.Id, source.Name, source.Organization, source.ProjectName, source.Sandbox,
            vendor.Main.Tool, vendor.Main.ArgumentsJson, understood.Query, understood.Description,
            start, end, project.Taxonomy.TimeZone, vendor.Table.TotalRows ?? vendor.Table.Rows.Count,
            calls.Sum(call => call.VendorTime.TotalMilliseconds), calls.Count, vendor.VendorUrl?.ToString());
    }

    private DrawChart Chart(Analysis analysis, Understanding.Understood understood, VendorAnswer vendor, EvidenceResponse evidence) => new(
        analysis.WorkspaceId, analysis.Id, analysis.Question, understood.Title, understood.Query, vendor.Table,
        new ChartSource(
            evidence.DataSourceId, evidence.DataSourceName, evidence.Organization, evidence.Project, evidence.Sandbox,
            evidence.Tool, evidence.RangeStart, evidence.RangeEnd, evidence.TimeZone),
        clock.GetUtcNow());
}
