namespace ClariBI.Connector.Mcp;

/// <summary>
/// What an MCP session and everything read through it belong to. Never shared more widely: two accounts that look alike are
/// still two, and a new grant starts a new session.
/// </summary>
/// <param name="OwnerId">The data source, or the authorization before there is one.</param>
/// <param name="Generation">Counts the grants that the data source has had.</param>
/// <param name="Open">The server asks nobody to sign in: there is no credential, and none is sent.</param>
internal sealed record SessionKey(Guid WorkspaceId, Guid OwnerId, Guid GrantId, int Generation, string Vendor = "", bool Open = false);
