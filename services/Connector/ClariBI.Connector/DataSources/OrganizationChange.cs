using ClariBI.Connector.Authorizations;

namespace ClariBI.Connector.DataSources;

/// <summary>A reconnect came back as another organization: its numbers would stand under the old labels.</summary>
internal sealed record OrganizationChange(string From, string To)
{
    /// <returns>Null when it is the same one, or nobody can tell.</returns>
    public static OrganizationChange? Between(DataSource source, VendorAccount? account)
    {
        var (from, to) = (source.Organization ?? source.OrganizationId, account?.Organization ?? account?.OrganizationId);
        if (from is null || to is null)
        {
            return null;
        }

        var same = source.OrganizationId is { } known && account!.OrganizationId is { } returned
            ? known == returned
            : source.Organization is null || account!.Organization is null
                || string.Equals(source.Organization.Trim(), account.Organization.Trim(), StringComparison.OrdinalIgnoreCase);
        return same ? null : new OrganizationChange(from, to);
    }
}
