using System.Security.Cryptography;
using ClariBI.Connector.Authorizations;
using ClariBI.Connector.Authorizations.Discovery;
using ClariBI.Connector.Authorizations.Registration;
using ClariBI.Connector.DataSources.States;
using ClariBI.Connector.Vendors;
using ClariBI.ServiceDefaults.OAuth;
using Duende.IdentityModel.Client;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ClariBI.Connector.DataSources.Doctor;

/// <summary>
/// Whether a vendor still knows ClariBI. A code that nobody issued is spent with the client's authentication: a vendor that
/// knows the client complains of the code, one that does not complains of the client (RFC 6749 section 5.2).
/// </summary>
internal sealed class RegistrationProbe(
    ConnectorStore store, IHttpClientFactory clients, ConnectorSecrets secrets, IOptions<ConnectorOptions> options)
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

        var answer = await SpendNothingAsync(metadata, client, cancellationToken);
        if (answer is null)
        {
            throw new HttpRequestException($"{metadata.TokenEndpoint.Host} gave no usable answer.");
        }

        return answer is "invalid_client" or "unauthorized_client"
            ? throw new DoctorFinding(
                $"{vendor.Name} no longer knows ClariBI's registration ({answer}).",
                source is not null ? $"The access that was given works until it has to be renewed. {StateCodes.Fix(StateCodes.ClientGone, vendor.Name)}" : "Start over: ClariBI registers anew.")
            {
                // A living connection is not ended for it: the vendor decides that at the next renewal.
                GoesOn = source is not null,
            }
            : $"{vendor.Name} knows ClariBI (registered {client.RegisteredAt.UtcDateTime:yyyy-MM-dd}).";
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

    /// <returns>The error code; null when there was none to read.</returns>
    private async Task<string?> SpendNothingAsync(VendorMetadata metadata, ClientRegistration client, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Value.OAuthTimeout);
        using var http = clients.CreateClient(ConnectorModule.OAuthHttpClient);
        var secret = client.SealedSecret is null ? null : secrets.Open(client.SealedSecret, client.SecretBinding);
        DoctorTrace.Current?.KeepOut(secret);
        using var request = new AuthorizationCodeTokenRequest
        {
            Address = metadata.TokenEndpoint.OriginalString,
            ClientId = client.ClientId,
            ClientSecret = secret,
            ClientCredentialStyle = TokenEndpointAnswers.Style(client.AuthenticationMethod),
            Code = $"doctor-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12))}",
            CodeVerifier = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)),
            RedirectUri = client.RedirectUri,
        };
        if (metadata.Resource is { Length: > 0 } resource)
        {
            request.Parameters.Add("resource", resource);
        }

        return TokenEndpointAnswers.ErrorCode(await http.RequestAuthorizationCodeTokenAsync(request, limit.Token));
    }
}
