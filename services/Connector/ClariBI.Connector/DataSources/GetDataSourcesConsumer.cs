using ClariBI.Connector.Data;
using ClariBI.Connector.Vendors;
using ClariBI.Contracts.Connector;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.Connector.DataSources;

internal sealed class GetDataSourcesConsumer(ConnectorDbContext db, VendorCatalogue catalogue) : IConsumer<GetDataSources>
{
    public async Task Consume(ConsumeContext<GetDataSources> context)
    {
        var sources = await db.DataSources.AsNoTracking()
            .Where(row => row.WorkspaceId == context.Message.WorkspaceId).OrderBy(row => row.CreatedAt)
            .ToListAsync(context.CancellationToken);
        await context.RespondAsync(new DataSourceList(sources.ConvertAll(source => source.ToInfo(catalogue.Find(source.Vendor)))));
    }
}
