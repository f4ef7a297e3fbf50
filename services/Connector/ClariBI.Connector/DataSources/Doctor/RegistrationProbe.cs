using ClariBI.Connector.Authorizations;
using ClariBI.Connector.Authorizations.Discovery;
using ClariBI.Connector.Authorizations.Registration;
using ClariBI.Connector.DataSources.States;
using ClariBI.Connector.Vendors;
using Microsoft.EntityFrameworkCore;

namespace ClariBI.Connector.DataSources.Doctor;

/// <summary>Whether a vendor still knows the client that the access was given to, else the one that would be used.</summary>
internal sealed class RegistrationProbe(ConnectorStore store, ClientProbe probe, ConnectorSecrets secrets)
{
    /// <exception cref="DoctorFinding">The client is dead, or none can be had.</exception>
    /// <param name="workspaceId">Another workspace's own client is never used.</param>
    public async Task<string> ProbeAsync(VendorMetadata metadata, Vendor vendor, Guid workspaceId, DataSource? source, CancellationToken cancellationToken)
    {
        var issuedTo = source?.RegistrationId ?? Guid.Empty;
        var (own, configured) = ($"{workspaceId:N}", $"configured:{vendor.Id}");
        var client = await store.Db.ClientRegistrations.AsNoTracking()
            .Where(row => row.Issuer == metadata.Issuer && row.RedirectUri == store.RedirectUri && row.ClientId != ""
                && (row.Owner == own || row.Owner == configured || row.Owner == ""))
            .OrderByDescending(row => row.Id == issuedTo).ThenByDescending(row => row.Owner == own).ThenByDescending(row => row.Owner == configured).ThenByDescending(row => row.RegisteredAt)
            .FirstOrDefaultAsync(cancellationToken);
        if (client is null)
        {
            return WouldRegister(metadata, vendor);
        }

        DoctorTrace.Current?.KeepOut(client.SealedSecret is null ? null : secrets.Open(client.SealedSecret, client.SecretBinding));
        var answer = await probe.AskAsync(client, metadata, cancellationToken)
            ?? throw new HttpRequestException($"{metadata.TokenEndpoint.Host} gave no usable answer.");
        return answer == ClientProbe.Gone
            ? throw new DoctorFinding(
                $"{vendor.Name} no longer knows ClariBI's registration ({answer}).",
                source is not null ? $"The access that was given works until it has to be renewed. {StateCodes.Fix(StateCodes.ClientGone, vendor.Name)}" : "Start over: ClariBI registers anew.")
            {
                // A living connection is not ended for it: the vendor decides that at the next renewal.
                GoesOn = source is not null,
            }
            : $"{vendor.Name} knows ClariBI (registered {SpokenTime.Day(client.RegisteredAt)}).";
    }

    private static string WouldRegister(VendorMetadata metadata, Vendor vendor)
    {
        if (vendor.Quirks.Registration == RegistrationKind.PreRegistered)
        {
            return $"{vendor.Name} registers no clients by itself: the client that was given is used.";
        }

        return metadata.RegistrationEndpoint is not null || metadata.ReadsClientMetadata
            ? "ClariBI is not registered there yet; it makes itself known when an account is connected."
            : throw new DoctorFinding(
                $"{vendor.Name} offers no way for ClariBI to register by itself.", $"Register a client at {vendor.Name} by hand and give its id when connecting.");
    }
}
