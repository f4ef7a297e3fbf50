using ClariBI.Connector.Data;
using Microsoft.Extensions.Options;

namespace ClariBI.Connector.Authorizations;

/// <summary>The database, the clock and the address that vendors send people back to.</summary>
internal sealed class ConnectorStore(ConnectorDbContext db, TimeProvider clock, IOptions<ConnectorOptions> options)
{
    public ConnectorDbContext Db => db;

    public TimeProvider Clock => clock;

    public string RedirectUri { get; } = options.Value.RedirectUri;
}
