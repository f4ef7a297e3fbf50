using System.Net;
using ClariBI.Connector.Vendors;
using ClariBI.ServiceDefaults.Outbound;
using Microsoft.Extensions.Options;

namespace ClariBI.Connector.Authorizations.Discovery;

/// <summary>
/// Finds out how a server is authorized: its 401 challenge, the protected-resource metadata (RFC 9728), the metadata of its
/// authorization server (RFC 8414).
/// </summary>
internal sealed class VendorDiscovery(
    ServerProbe probe, MetadataReader documents, AuthorizationServers authorizationServers, IOptions<ConnectorOptions> options)
{
    /// <exception cref="ConnectingException">With a sentence that says what the vendor lacks.</exception>
    public async Task<VendorMetadata> DiscoverAsync(Uri server, CancellationToken cancellationToken, VendorQuirks? quirks = null) =>
        await FindAsync(server, quirks ?? VendorQuirks.None, cancellationToken)
        ?? throw ConnectingException.Discovery(server, "It serves everybody and asks nobody to sign in.");

    /// <returns>Null when the server asks nobody to sign in.</returns>
    /// <exception cref="ConnectingException">With a sentence that says what the vendor lacks.</exception>
    public async Task<VendorMetadata?> FindAsync(Uri server, VendorQuirks quirks, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Value.OAuthTimeout);
        try
        {
            var answer = await AskAsync(server, limit.Token);
            if (answer is ProbeAnswer.Unclear { Status: { } status } && (status >= HttpStatusCode.InternalServerError || status == HttpStatusCode.TooManyRequests))
            {
                throw ConnectingException.Unreachable(server, AuthorizationStep.Discover, $"It answered HTTP {(int)status}.");
            }

            var challenge = (answer as ProbeAnswer.Refused)?.Parameters ?? new Dictionary<string, string>();
            var resource = await FindResourceAsync(server, challenge.GetValueOrDefault("resource_metadata"), limit.Token);
            if (resource is null && answer is ProbeAnswer.Served)
            {
                return null;
            }

            var metadata = resource is not null
                ? await authorizationServers.ChooseAsync(server, resource, limit.Token)
                : quirks.OriginIsIssuer
                    ? await authorizationServers.AtOriginAsync(server, limit.Token)
                    : answer is ProbeAnswer.Unusable unusable
                    ? throw ConnectingException.Unusable(server, unusable.Cause)
                    : throw ConnectingException.Discovery(server, "It publishes no protected-resource metadata (RFC 9728).");
            return metadata with
            {
                Resource = quirks.SendResource ? metadata.Resource : null,
                ChallengedScope = challenge.GetValueOrDefault("scope") is { Length: > 0 } scope ? scope : null,
            };
        }
        catch (OutboundRefusedException refused)
        {
            throw ConnectingException.Discovery(server, $"Its metadata names an address that may not be reached. {refused.Message}");
        }
        catch (Exception exception) when (ResponseTooLargeException.In(exception) is { } large)
        {
            throw ConnectingException.Unusable(server, $"It sends an answer that is larger than {large.Limit / 1024 / 1024:N0} MB, which was not read. Tell the vendor.");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw ConnectingException.Unreachable(
                server, AuthorizationStep.Discover,
                exception is HttpRequestException { StatusCode: not null } ? exception.Message : "The connection failed.");
        }
        catch (Exception exception) when (exception is OperationCanceledException or TimeoutException && !cancellationToken.IsCancellationRequested)
        {
            throw ConnectingException.Unreachable(server, AuthorizationStep.Discover, $"It did not answer within {options.Value.OAuthTimeout.TotalSeconds:0} seconds.");
        }
    }

    private async Task<ProbeAnswer> AskAsync(Uri server, CancellationToken cancellationToken)
    {
        try
        {
            return await probe.AskAsync(server, cancellationToken);
        }
        catch (OutboundRefusedException refused)
        {
            throw ConnectingException.Refused(server, refused);
        }
    }

    /// <returns>Null when the server publishes no metadata.</returns>
    private async Task<ProtectedResource?> FindResourceAsync(Uri server, string? announced, CancellationToken cancellationToken)
    {
        var candidates = Uri.TryCreate(announced, UriKind.Absolute, out var address)
            ? [address, .. WellKnown.ProtectedResource(server)]
            : WellKnown.ProtectedResource(server);
        foreach (var candidate in candidates.Distinct())
        {
            if (await documents.GetAsync(candidate, cancellationToken) is not { } metadata)
            {
                continue;
            }

            // RFC 9728 section 3.3. A token for another resource must not be sent here.
            if (MetadataReader.Text(metadata, "resource") is not { } resource || !WellKnown.Covers(resource, server))
            {
                throw ConnectingException.Discovery(
                    server, $"Its metadata at {candidate} is for another resource than {server}. A token for it must not be sent here.");
            }

            return MetadataReader.Texts(metadata, "authorization_servers") is { Count: > 0 } issuers
                ? new ProtectedResource(resource, issuers, MetadataReader.ListedTexts(metadata, "scopes_supported"))
                : throw ConnectingException.Discovery(server, $"Its metadata at {candidate} names no authorization server.");
        }

        return null;
    }
}
