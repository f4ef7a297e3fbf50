using ClariBI.Connector.Calls;
using ClariBI.Connector.Data;
using ClariBI.Connector.DataSources.States;
using ClariBI.Connector.Tools.Definitions;
using ClariBI.Contracts.Connector;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.Connector.Tools;

internal sealed class ListToolsConsumer(
    ConnectorDbContext db, DataSourceTools tools, DataSourceHealth health, ToolChanges changes) : IConsumer<ListTools>
{
    public async Task Consume(ConsumeContext<ListTools> context)
    {
        var answer = await AnswerAsync(context.Message, context.CancellationToken);
        await context.RespondAsync(answer, answer.GetType());
    }

    private async Task<object> AnswerAsync(ListTools request, CancellationToken cancellationToken)
    {
        var source = await db.DataSources.AsNoTracking().SingleOrDefaultAsync(
            row => row.Id == request.DataSourceId && row.WorkspaceId == request.WorkspaceId, cancellationToken);
        if (source is null || Unusable.Of(source) is not null)
        {
            return source is null ? Unusable.NotFound : Unusable.Of(source)!;
        }

        var vendor = tools.VendorOf(source);
        using var open = tools.Open(source);
        var session = open.Session;
        using var limit = tools.Limit(cancellationToken);
        try
        {
            var judged = await tools.ListAsync(source, session, limit.Token);
            await health.NoteListAsync(source, session.Bearer.Latest, null, CancellationToken.None);
            await changes.NoteAsync(source, judged, CancellationToken.None);
            return new ToolList(source.ToInfo(vendor), Describe(judged));
        }
        catch (Exception exception) when (CallFailures.Describe(exception, vendor?.Name ?? source.Vendor) is not null)
        {
            var failure = CallFailures.Describe(exception, vendor?.Name ?? source.Vendor)!;
            await health.NoteListAsync(source, session.Bearer.Latest, failure, CancellationToken.None);
            return failure;
        }
    }

    /// <summary>Admitted, approved and switched on, with the texts cleaned and the schemas narrowed.</summary>
    private static List<ToolInfo> Describe(IReadOnlyList<JudgedTool> judged)
    {
        var admitted = judged.Where(tool => tool.Verdict.IsAdmitted).ToList();
        var names = ModelNames.Of(admitted.Select(tool => tool.Tool.Name));
        return admitted.ConvertAll(tool =>
        {
            var clean = CleanTool.Of(tool.Tool);
            var schema = tool.Verdict.Admission is { } admission ? ToolSchemas.Narrow(clean.InputSchema, admission) : clean.InputSchema;
            return new ToolInfo(tool.Tool.Name, clean.Title, clean.Description, schema.GetRawText()) { ModelName = names[tool.Tool.Name] };
        });
    }
}
