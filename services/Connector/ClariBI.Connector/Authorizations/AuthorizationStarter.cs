using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using ClariBI.Connector.Authorizations.Discovery;
using ClariBI.Connector.Authorizations.Registration;
using Duende.IdentityModel.Client;
using Microsoft.AspNetCore.Http;

namespace ClariBI.Connector.Authorizations;

/// <summary>Discovers, finds the client, and makes the address of the consent page.</summary>
internal sealed class AuthorizationStarter(
    VendorDiscovery discovery, AsWhom asWhom, ConsentSecrets consent, AuthorizationCompletion completion, ConnectorStore store)
{
    /// <returns>Awaiting consent; or authorized or failed, where the server asks nobody to sign in.</returns>
    /// <exception cref="ConnectingException">With a sentence that says what the vendor lacks.</exception>
    public async Task<Authorization> StartAsync(
        ConnectingTarget target, StartAuthorizationRequest request, HttpContext context, CancellationToken cancellationToken)
    {
        var metadata = await discovery.FindAsync(target.Server, target.Vendor.Quirks, cancellationToken);
        if (metadata is null)
        {
            var open = Authorization.Enter(target, null, "", store.Clock.GetUtcNow());
            store.Db.Authorizations.Add(open);
            await store.Db.SaveChangesAsync(cancellationToken);
            await completion.EnterOpenAsync(open);
            return open;
        }

        var (scope, found) = await asWhom.FindAsync(target, metadata, request, cancellationToken);
        var id = Guid.CreateVersion7();
        var secrets = consent.Make(id, context);
        var extra = new Parameters();
        if (metadata.Resource is not null)
        {
            extra.Add("resource", metadata.Resource);
        }

        var authorizeUrl = new RequestUrl(metadata.AuthorizationEndpoint.OriginalString).CreateAuthorizeUrl(
            found.Client.ClientId, "code", scope.Length == 0 ? null : scope, found.Client.RedirectUri, secrets.State,
            codeChallenge: secrets.Challenge, codeChallengeMethod: "S256", extra: extra);
        var start = new AuthorizationStart(id, ConnectorSecrets.Hash(secrets.State), secrets.BrowserHash, secrets.SealedVerifier, scope, consent.SealAddress(id, authorizeUrl));
        var authorization = Authorization.Start(start, target, metadata, found, store.Clock.GetUtcNow());
        store.Db.Authorizations.Add(authorization);
        await store.Db.SaveChangesAsync(cancellationToken);
        return authorization;
    }

    public AuthorizationResponse Describe(Authorization authorization, ConnectingTarget target) =>
        AuthorizationResponse.Of(authorization, store.Clock.GetUtcNow(), consent.Address(authorization), target.Reconnected);
}

/// <summary>Which client asks, and for which scopes.</summary>
internal sealed class AsWhom(ClientRegistrations registrations, ScopeMemory memory, ConnectorStore store, SignInPlaces places)
{
    public async Task<(string Scope, ClientFound Found)> FindAsync(
        ConnectingTarget target, VendorMetadata metadata, StartAuthorizationRequest request, CancellationToken cancellationToken)
    {
        await places.CheckAsync(target, metadata, new SignInConsent(!string.IsNullOrEmpty(request.Client?.Secret), request.Confirm), cancellationToken);
        var lessons = await memory.LearnAsync(target.Server, target.Vendor.Id, target.Reconnected, target.Caller, cancellationToken);
        var scope = ScopeChoice.Choose(target.Vendor, metadata, lessons);
        var found = await registrations.GetAsync(
            new ClientWanted(metadata, target.Vendor, target.Caller.WorkspaceId, store.RedirectUri, scope, request.Client, request.StartOver,
                places.AreTheVendors(target, metadata)),
            cancellationToken);
        return (scope, found);
    }
}

/// <param name="Challenge">PKCE, S256 of the verifier.</param>
internal sealed record ConsentSecret(string State, string Challenge, string SealedVerifier, string BrowserHash);

/// <summary>Makes the secrets that tie a callback to the person, the browser and the attempt.</summary>
internal sealed class ConsentSecrets(BrowserBinding browser, ConnectorSecrets secrets)
{
    public string SealAddress(Guid authorizationId, string address) => secrets.Seal(address, $"consent:{authorizationId:N}");

    /// <returns>The consent page while it waits; null afterwards, and when the internal key changed meanwhile.</returns>
    public string? Address(Authorization authorization)
    {
        try
        {
            return authorization.SealedAuthorizeUrl is { } address ? secrets.Open(address, $"consent:{authorization.Id:N}") : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    public ConsentSecret Make(Guid authorizationId, HttpContext context)
    {
        var verifier = ConnectorSecrets.Random();
        return new ConsentSecret(
            ConnectorSecrets.Random(),
            Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))),
            secrets.Seal(verifier, $"verifier:{authorizationId:N}"),
            ConnectorSecrets.Hash(browser.Bind(context)));
    }
}
