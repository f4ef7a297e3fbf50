using ClariBI.Connector.Calls;
using ClariBI.Connector.Data;
using ClariBI.Connector.Vendors;
using ClariBI.Contracts.Connector;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ClariBI.Connector.Tools;

internal sealed class ListToolsConsumer(
    ConnectorDbContext db, DataSourceTools tools, DataSourceHealth health, VendorCatalogue catalogue, IOptions<ConnectorOptions> options) : IConsumer<ListTools>
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

        var vendor = catalogue.Find(source.Vendor);
        using var open = tools.Open(source);
        var session = open.Session;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Value.SessionTimeout);
        try
        {
            var judged = await tools.ListAsync(source, session, limit.Token);
            await health.NoteListAsync(source, session, null, CancellationToken.None);
            return new ToolList(source.ToInfo(vendor), [.. judged.Where(tool => tool.Verdict.IsAdmitted).Select(Describe)]);
        }
        catch (Exception exception) when (CallFailures.Describe(exception, vendor?.Name ?? source.Vendor) is not null)
        {
            var failure = CallFailures.Describe(exception, vendor?.Name ?? source.Vendor)!;
            await health.NoteListAsync(source, session, failure, CancellationToken.None);
            return failure;
        }
    }

    private static ToolInfo Describe(JudgedTool judged)
    {
        var schema = judged.Verdict.Admission is { } admission
            ? ToolSchemas.Narrow(judged.Tool.InputSchema, admission)
            : judged.Tool.InputSchema;
        return new ToolInfo(judged.Tool.Name, judged.Tool.Title, judged.Tool.Description, schema.GetRawText());
    }
}
