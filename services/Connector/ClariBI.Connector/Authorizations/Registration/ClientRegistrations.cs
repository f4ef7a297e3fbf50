using System.Security.Cryptography;
using ClariBI.Connector.Vendors;
using Microsoft.Extensions.Options;

namespace ClariBI.Connector.Authorizations.Registration;

/// <summary>
/// Decides as whom ClariBI goes to an authorization server: the client that the person gave, that the workspace gave before,
/// of the configuration, our metadata document, dynamic registration. Whatever it is belongs to the issuer: when a server
/// moves to another one, ClariBI registers there anew.
/// </summary>
internal sealed class ClientRegistrations(
    RegistrationStore store, DynamicRegistration dynamic, ClientProbe probe, ConnectorSecrets secrets, IOptions<ConnectorOptions> options)
{
    /// <exception cref="ConnectingException">There is no client to use, or the vendor refuses to register one.</exception>
    public async Task<ClientFound> GetAsync(ClientWanted wanted, CancellationToken cancellationToken)
    {
        if (wanted.Given is { } given)
        {
            return new(await KeepAsync(wanted, ClientKind.Given, RegistrationStore.Pending(wanted.WorkspaceId), given.Id, given.Secret, "", cancellationToken), Suspect: false);
        }

        var own = await store.FindAsync(wanted.Metadata.Issuer, wanted.RedirectUri, Own(wanted), cancellationToken);
        if (own is { Kind: ClientKind.Given })
        {
            var abandoned = await store.IsSuspectAsync(own, cancellationToken);
            if (!wanted.StartOver || !abandoned)
            {
                return new(own, abandoned);
            }

            // Not before there is another to go with: its secret would have to be typed again.
            var other = await OfClariBIAsync(wanted, own, cancellationToken);
            await store.ForgetAsync(own.Id, cancellationToken);
            return other;
        }

        return await OfClariBIAsync(wanted, own, cancellationToken);
    }

    /// <param name="own">The workspace's own; null: it has none.</param>
    private async Task<ClientFound> OfClariBIAsync(ClientWanted wanted, ClientRegistration? own, CancellationToken cancellationToken) =>
        options.Value.Clients.FirstOrDefault(client => client.IsFor(wanted)) is { } configured
            ? new(
                await KeepAsync(wanted, ClientKind.Configured, $"configured:{wanted.Vendor.Id}", configured.ClientId, configured.ClientSecret, configured.Method, cancellationToken),
                Suspect: false)
            : await RegisteredAsync(wanted, own, cancellationToken);

    /// <summary>
    /// The workspace's own registration, else the one that all share. Starting over makes one for the workspace alone, unless the
    /// vendor says that the shared one is gone: others may be working with it.
    /// </summary>
    private async Task<ClientFound> RegisteredAsync(ClientWanted wanted, ClientRegistration? own, CancellationToken cancellationToken)
    {
        var registered = own is { Kind: ClientKind.Given } ? null : own;
        var known = registered ?? await store.FindAsync(wanted.Metadata.Issuer, wanted.RedirectUri, "", cancellationToken);
        if (known is not null && IsUsable(known))
        {
            var suspect = await store.IsSuspectAsync(known, cancellationToken);
            var startOver = wanted.StartOver && (registered is null || !store.IsFresh(registered));
            if (!(startOver || (suspect && known.Kind == ClientKind.Dynamic)) || !await probe.IsGoneAsync(known, wanted.Metadata, cancellationToken))
            {
                return startOver ? new(await MakeAsync(wanted, Own(wanted), own, cancellationToken), Suspect: false) : new(known, suspect);
            }
        }

        return new(await MakeAsync(wanted, known?.Owner ?? "", known, cancellationToken), Suspect: false);
    }

    private static string Own(ClientWanted wanted) => $"{wanted.WorkspaceId:N}";

    /// <summary>The vendor no longer knows the client: the next authorization registers anew.</summary>
    public Task ForgetAsync(Guid registrationId, CancellationToken cancellationToken) => store.ForgetAsync(registrationId, cancellationToken);

    /// <summary>The vendor gave a token to the client.</summary>
    public Task ProveAsync(Guid registrationId, CancellationToken cancellationToken) => store.ProveAsync(registrationId, cancellationToken);

    /// <param name="replaced">Forgotten once there is another, and not before: it may still work. Null: none is.</param>
    private async Task<ClientRegistration> MakeAsync(
        ClientWanted wanted, string owner, ClientRegistration? replaced, CancellationToken cancellationToken)
    {
        var metadata = wanted.Metadata;
        var mayRegister = metadata.RegistrationEndpoint is not null && wanted.Vendor.Quirks.Registration != RegistrationKind.PreRegistered;

        // Starting over with the same document would be the same client again.
        if (metadata.ReadsClientMetadata && options.Value.ClientMetadataDocument is { } document && !(wanted.StartOver && mayRegister))
        {
            var kept = await KeepAsync(wanted, ClientKind.MetadataDocument, "", document, null, ClientMethods.None, cancellationToken);
            if (replaced is not null && replaced.Id != kept.Id)
            {
                await store.ForgetAsync(replaced.Id, cancellationToken);
            }

            return kept;
        }

        return mayRegister
            ? await store.RegisterOnceAsync(
                new(metadata.Issuer, wanted.RedirectUri, owner), replaced?.Id, () => dynamic.RegisterAsync(wanted, cancellationToken), cancellationToken)
            : throw ConnectingException.ClientNeeded(new Uri(metadata.Issuer), wanted.RedirectUri);
    }

    /// <summary>A client that exists already: stored as it is now, so that the exchange finds it.</summary>
    private async Task<ClientRegistration> KeepAsync(
        ClientWanted wanted, ClientKind kind, string owner, string clientId, string? secret, string method, CancellationToken cancellationToken)
    {
        var chosen = method.Length > 0 ? method : ClientMethods.For(secret, wanted.Metadata.AuthenticationMethods);
        var known = await store.FindAsync(wanted.Metadata.Issuer, wanted.RedirectUri, owner, cancellationToken);
        if (known is not null && known.Kind == kind && known.ClientId == clientId && known.AuthenticationMethod == chosen && SameSecret(known, secret, chosen))
        {
            return known;
        }

        if (known is not null)
        {
            await store.ForgetAsync(known.Id, cancellationToken);
        }

        return await store.AddAsync(
            wanted.Metadata.Issuer, wanted.RedirectUri, owner, kind,
            new RegisteredClient(clientId, chosen == ClientMethods.None ? null : secret, chosen, null), cancellationToken);
    }

    private bool SameSecret(ClientRegistration known, string? secret, string method)
    {
        if (known.SealedSecret is null || method == ClientMethods.None)
        {
            return known.SealedSecret is null && method == ClientMethods.None;
        }

        try
        {
            return secrets.Open(known.SealedSecret, known.SecretBinding) == secret;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    /// <summary>Its secret outlives the consent, it can be opened, and our document is still where it says.</summary>
    private bool IsUsable(ClientRegistration known)
    {
        try
        {
            _ = known.SealedSecret is null ? null : secrets.Open(known.SealedSecret, known.SecretBinding);
        }
        catch (CryptographicException)
        {
            return false;
        }

        return !store.ExpiresSoon(known) && (known.Kind != ClientKind.MetadataDocument || known.ClientId == options.Value.ClientMetadataDocument);
    }
}
